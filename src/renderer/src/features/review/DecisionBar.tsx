import { Check, CornerUpLeft, PencilLine, RefreshCw } from 'lucide-react'
import { useRun } from '../../commands/CommandProvider.tsx'
import { keysOf } from '../../commands/key-bindings.ts'
import { Button } from '../../components/Button.tsx'
import type { Decision } from './use-decision.ts'

/** What can be done with the caption; stays in sight however long the texts are. */
export function DecisionBar({ decision }: { readonly decision: Decision }) {
  const run = useRun()
  const { mode } = decision
  if (decision.isGone) {
    return (
      <div className="review-actions">
        <Button
          variant="primary"
          keys={keysOf('review.next')[0]}
          onClick={() => run('review.next')}
        >
          Go on
        </Button>
        <OpenInAlign />
      </div>
    )
  }
  if (decision.isOutdated) {
    return (
      <div className="review-actions">
        <Button
          variant="primary"
          icon={RefreshCw}
          keys={keysOf('review.showNewer')[0]}
          onClick={() => run('review.showNewer')}
        >
          Go on with the newer text
        </Button>
        <OpenInAlign />
      </div>
    )
  }
  if (mode === 'return') return <ReturnActions decision={decision} />
  return (
    <div className="review-actions">
      <Button
        variant="primary"
        icon={Check}
        isBusy={decision.isBusy}
        keys={keysOf('review.accept')[0]}
        onClick={() => run('review.accept')}
      >
        {decision.text === decision.seen.text ? 'Accept' : 'Accept with your correction'}
      </Button>
      <Button
        icon={CornerUpLeft}
        keys={keysOf('review.return')[0]}
        disabled={!decision.canDecide}
        onClick={() => run('review.return')}
      >
        Return…
      </Button>
      {mode === 'read' && (
        <Button
          icon={PencilLine}
          keys={keysOf('review.edit')[0]}
          disabled={!decision.canEdit}
          onClick={() => run('review.edit')}
        >
          Correct
        </Button>
      )}
      {mode === 'edit' && (
        <Button keys="Escape" onClick={decision.stop}>
          Leave it as it was
        </Button>
      )}
      <OpenInAlign />
    </div>
  )
}

function ReturnActions({ decision }: { readonly decision: Decision }) {
  return (
    <div className="review-actions">
      <Button
        variant="primary"
        icon={CornerUpLeft}
        isBusy={decision.isBusy}
        disabled={decision.remark.remark.trim() === ''}
        keys="Mod+Enter"
        onClick={decision.giveBack}
      >
        Return to <bdi>{decision.seen.author}</bdi>
      </Button>
      <Button keys="Escape" onClick={decision.stop}>
        Back
      </Button>
    </div>
  )
}

function OpenInAlign() {
  const run = useRun()
  return (
    <Button
      variant="quiet"
      keys={keysOf('review.openInAlign')[0]}
      onClick={() => run('review.openInAlign')}
    >
      Open in Align
    </Button>
  )
}
