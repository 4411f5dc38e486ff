import { useEffect, useMemo, useRef } from 'react'
import type { ReviewItem } from '../../../../shared/contract/review.ts'
import { diffWords } from '../../../../shared/domain/word-diff.ts'
import { AlignGuideline } from '../align/AlignGuideline.tsx'
import { SideBySideDiff } from '../align/diff/SideBySideDiff.tsx'
import { DecisionBar } from './DecisionBar.tsx'
import { EarlierRemark, GoneNotice, NewerNotice } from './ReviewNotices.tsx'
import { ReturnForm } from './ReturnForm.tsx'
import { ReviewPicture } from './ReviewPicture.tsx'
import { useDecision } from './use-decision.ts'

interface ReviewItemViewProps {
  readonly item: ReviewItem
  readonly isGone: boolean
  /** The decision is stored; what waits next may come up. */
  readonly onDecided: () => void
  /** Somebody else was faster: what waits has to be asked for again. */
  readonly onStale: () => Promise<void>
}

/** One caption beside its picture and the text that it was made from, with the decision about it. */
export function ReviewItemView({ item, isGone, onDecided, onStale }: ReviewItemViewProps) {
  const decision = useDecision({ item, isGone, onDecided, onStale })
  const { seen, text, mode } = decision
  const field = useRef<HTMLTextAreaElement>(null)
  const frame = useRef<HTMLElement>(null)
  const diff = useMemo(() => diffWords(seen.before, text), [seen.before, text])

  // What had the focus may be gone, with the caption before or with its button; reading and keys go on here.
  useEffect(() => {
    if (mode === 'edit') field.current?.focus()
    else if (frame.current?.contains(document.activeElement) !== true) {
      frame.current?.focus({ preventScroll: true })
    }
  }, [mode, seen])

  return (
    <section
      ref={frame}
      className="review-item"
      tabIndex={-1}
      aria-label={`${seen.name}, by ${seen.author}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || mode === 'read') return
        event.stopPropagation()
        decision.stop()
      }}
    >
      <ReviewPicture item={seen} />
      <div className="review-texts">
        <div className="review-scroll" tabIndex={0} role="group" aria-label="Texts">
          {decision.isGone && <GoneNotice imageId={seen.imageId} />}
          {decision.isOutdated && <NewerNotice seen={seen} newer={item} />}
          {seen.returns > 0 && <EarlierRemark imageId={seen.imageId} round={seen.round} />}
          <SideBySideDiff
            diff={diff}
            beforeLabel={seen.round === 1 ? 'the anchor' : `round ${seen.round - 1}`}
          />
          {mode === 'edit' && (
            <label className="review-edit">
              <span>Your correction</span>
              <textarea
                ref={field}
                className="field-input"
                dir="auto"
                value={text}
                rows={6}
                onChange={(event) => {
                  decision.correct(event.target.value)
                }}
              />
            </label>
          )}
          {mode === 'return' && (
            <ReturnForm
              text={seen.text}
              author={seen.author}
              value={decision.remark}
              onChange={decision.setRemark}
              onSubmit={decision.giveBack}
            />
          )}
          <AlignGuideline round={seen.round} />
        </div>
        <DecisionBar decision={decision} />
      </div>
    </section>
  )
}
