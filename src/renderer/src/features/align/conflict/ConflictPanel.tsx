import { GitMerge } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { findAnchor } from '../../../../../shared/domain/alt-origin.ts'
import type { RevisionId } from '../../../../../shared/domain/ids.ts'
import { mergeThreeWay } from '../../../../../shared/domain/three-way-merge.ts'
import { keysOf } from '../../../commands/key-bindings.ts'
import { useRun } from '../../../commands/CommandProvider.tsx'
import { Button } from '../../../components/Button.tsx'
import { formatCounted } from '../../../components/quantities.ts'
import type { Announcer } from '../announcer.ts'
import type { Conflict } from '../autosave/autosave-controller.ts'
import { useAutosave } from '../autosave/use-autosave.ts'
import { usePausedText, type OpenCaption } from '../open-caption.ts'
import type { SettledImage } from '../settled-image.ts'
import { MergedText } from './MergedText.tsx'
import { useMergeChoices } from './use-merge-choices.ts'
import './ConflictPanel.css'

interface ConflictPanelProps {
  readonly image: SettledImage
  readonly conflict: Conflict
  readonly caption: OpenCaption
  readonly announcer: Announcer
  readonly onKeepMerged: (text: string) => void
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
}

/**
 * Somebody else saved this caption meanwhile: what only one of the two changed is merged, and where both
 * did, a person chooses. Nothing is written before that.
 */
export function ConflictPanel(props: ConflictPanelProps) {
  const { image, conflict, caption, announcer, onKeepMerged, onKeepMine, onTakeTheirs } = props
  const run = useRun()
  const baseRevisionId = useAutosave().baseRevisionId(image.id)
  const base = textOfBase(image, baseRevisionId)
  const mine = useDeferredValue(usePausedText(caption)) ?? ''
  const theirs = conflict.headText
  const chunks = useMemo(() => mergeThreeWay({ base, mine, theirs }), [base, mine, theirs])
  const merge = useMergeChoices({
    chunks,
    announcer,
    onTake: (merged) => {
      if (merged === theirs) onTakeTheirs()
      else onKeepMerged(merged)
    },
  })
  const author = conflict.authorName === '' ? 'Somebody else' : conflict.authorName
  return (
    <section className="conflict" role="alert" aria-label="Two texts">
      <h2>
        <GitMerge className="icon" aria-hidden />
        {author} saved another text meanwhile
      </h2>
      <p className="side-hint">
        Nothing is overwritten until you choose.{' '}
        {merge.conflicts.length === 0
          ? 'The two texts fit together.'
          : `You both changed ${formatCounted(merge.conflicts.length, 'place')}, ${merge.open} open.`}{' '}
        <span className="merge-key merge-key-mine">only yours</span>{' '}
        <span className="merge-key merge-key-theirs">only theirs</span>
      </p>
      <MergedText
        chunks={chunks}
        choices={merge.choices}
        current={merge.current}
        onChoose={merge.choose}
      />
      <div className="conflict-actions">
        <Button
          variant="primary"
          size="small"
          keys={keysOf('align.takeWhole')[0]}
          disabled={merge.merged === null}
          onClick={() => run('align.takeWhole')}
        >
          Use the merged text
        </Button>
        <Button size="small" onClick={onKeepMine}>
          Keep mine, on top of theirs
        </Button>
        <Button size="small" onClick={onTakeTheirs}>
          Take theirs
        </Button>
      </div>
    </section>
  )
}

/** What both texts were made from: the revision that was open here, or the anchor before the first. */
function textOfBase({ revisions, altTexts }: SettledImage, id: RevisionId | null): string {
  const revision = revisions.find((candidate) => candidate.id === id)
  return revision?.text ?? findAnchor(altTexts)?.text ?? ''
}
