import { TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { describeError } from '../api/describe-error.ts'
import { Button } from '../components/Button.tsx'
import { EmptyState } from '../components/EmptyState.tsx'

interface ErrorBoundaryProps {
  readonly children: ReactNode
  /** A change of this value, such as another screen, tries again. */
  readonly resetKey?: string
}

interface ErrorBoundaryState {
  readonly failure: { readonly error: unknown } | null
}

/** Catches what a screen throws while it draws, says so, and leaves the rest of the window usable. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failure: null }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { failure: { error } }
  }

  override componentDidUpdate(previous: ErrorBoundaryProps): void {
    if (this.state.failure !== null && previous.resetKey !== this.props.resetKey) {
      this.setState({ failure: null })
    }
  }

  override render(): ReactNode {
    if (this.state.failure === null) return this.props.children
    const { title, text, advice } = describeError(this.state.failure.error)
    return (
      <EmptyState
        icon={TriangleAlert}
        tone="error"
        title={title}
        actions={
          <>
            <Button
              variant="primary"
              onClick={() => {
                this.setState({ failure: null })
              }}
            >
              Try again
            </Button>
            <Button
              onClick={() => {
                window.location.reload()
              }}
            >
              Reload the window
            </Button>
          </>
        }
      >
        {text !== '' && <p>{text}</p>}
        <p>{advice}</p>
        <p>Everything that you typed up to the last pause is saved.</p>
      </EmptyState>
    )
  }
}
