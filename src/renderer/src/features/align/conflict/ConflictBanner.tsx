import { GitMerge } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { diffWords } from '../../../../../shared/domain/word-diff.ts'
import { Button } from '../../../components/Button.tsx'
import type { Conflict } from '../autosave/autosave-controller.ts'
import { WordDiffView } from '../diff/WordDiffView.tsx'
import { usePausedText, type OpenCaption } from '../open-caption.ts'
import './ConflictBanner.css'

interface ConflictBannerProps {
  readonly conflict: Conflict
  readonly caption: OpenCaption
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
}

/** Somebody else saved this caption meanwhile: both texts as one diff, and the choice between them. */
export function ConflictBanner({
  conflict,
  caption,
  onKeepMine,
  onTakeTheirs,
}: ConflictBannerProps) {
  const mine = useDeferredValue(usePausedText(caption)) ?? ''
  const diff = useMemo(() => diffWords(conflict.headText, mine), [conflict.headText, mine])
  const author = conflict.authorName === '' ? 'Somebody else' : conflict.authorName
  return (
    <section className="conflict" role="alert" aria-label="Two texts">
      <h2>
        <GitMerge className="icon" aria-hidden />
        {author} saved another text meanwhile
      </h2>
      <p className="side-hint">
        Nothing is overwritten until you choose. Struck out: only theirs. Underlined: only yours.
      </p>
      <WordDiffView diff={diff} className="conflict-text" />
      <div className="conflict-actions">
        <Button variant="primary" size="small" onClick={onKeepMine}>
          Keep mine, on top of theirs
        </Button>
        <Button size="small" onClick={onTakeTheirs}>
          Take theirs
        </Button>
      </div>
    </section>
  )
}
