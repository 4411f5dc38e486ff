import { ImageOff } from 'lucide-react'
import { describeError } from '../../api/describe-error.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'

/** Why there is no image at this address, with the way back. */
export function NoImage({ error }: { readonly error: unknown }) {
  const run = useRun()
  const { title, text, advice } = describeError(error)
  return (
    <EmptyState
      icon={ImageOff}
      title={title}
      tone="error"
      actions={
        <Button variant="primary" onClick={() => run('align.backToLibrary')}>
          Back to the library
        </Button>
      }
    >
      {[text, advice].filter(Boolean).join(' ')}
    </EmptyState>
  )
}
