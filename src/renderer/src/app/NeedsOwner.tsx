import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useIsOwner } from '../api/use-is-owner.ts'
import { useRun } from '../commands/CommandProvider.tsx'
import { Button } from '../components/Button.tsx'
import { EmptyState } from '../components/EmptyState.tsx'

interface NeedsOwnerProps {
  /** What happens on the screen, as the end of “Only the owner …”. */
  readonly does: string
  readonly children: ReactNode
}

/** Says to invited people that a screen is the owner's, instead of one whose every step is refused. */
export function NeedsOwner({ does, children }: NeedsOwnerProps) {
  const run = useRun()
  const isOwner = useIsOwner()
  if (isOwner === undefined) return null
  if (isOwner) return children
  return (
    <EmptyState
      icon={Lock}
      title={`Only the owner ${does}`}
      actions={<Button onClick={() => run('app.goToLibrary')}>Go to the library</Button>}
    >
      You came in by an invitation: images, texts, rounds and reviews are yours to work on. Ask the
      person who invited you for the rest.
    </EmptyState>
  )
}
