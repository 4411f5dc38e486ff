import { CornerUpLeft, CircleCheck, RotateCcw } from 'lucide-react'
import { useMemo } from 'react'
import type { Review, Revision } from '../../../../../shared/contract/align.ts'
import { countChangedWords, diffWords } from '../../../../../shared/domain/word-diff.ts'
import { keysOf } from '../../../commands/key-bindings.ts'
import { useRun } from '../../../commands/CommandProvider.tsx'
import { classNames } from '../../../components/class-names.ts'
import { IconButton } from '../../../components/IconButton.tsx'
import { formatAgo } from '../../../components/quantities.ts'
import { WordDiffView } from '../diff/WordDiffView.tsx'
import { useNow } from './use-now.ts'

interface RoundProps {
  readonly revision: Revision
  /** Decisions on this revision, oldest first. */
  readonly reviews: readonly Review[]
  /** The text that it was made from. */
  readonly before: string
  readonly isHead: boolean
  readonly isCompared: boolean
  readonly isInTabOrder: boolean
  readonly onCompare: () => void
}

/** One revision: who wrote it, when, by which guideline, how much it changed, and what reviewers said. */
export function Round(props: RoundProps) {
  const { revision, reviews, before, isHead, isCompared, isInTabOrder, onCompare } = props
  const run = useRun()
  const diff = useMemo(() => diffWords(before, revision.text), [before, revision.text])
  const { author, round, note, createdAt, isWithdrawn, guidelineVersion } = revision
  const { removed, added } = countChangedWords(diff)
  return (
    <li
      className={classNames(
        'round',
        isHead && 'round-is-head',
        isWithdrawn && 'round-is-withdrawn',
        isCompared && 'round-is-compared',
      )}
    >
      <span className="round-mark" aria-hidden />
      <button
        type="button"
        className="round-main"
        title="Compare the caption with this round"
        data-round={revision.id}
        tabIndex={isInTabOrder ? 0 : -1}
        aria-pressed={isCompared}
        onClick={onCompare}
      >
        <span className="round-head">
          <strong>Round {round}</strong> {author.name}
          {author.kind !== 'human' && ` (${author.kind})`}
          <Moment at={createdAt} />
          <span
            className="round-size numeric"
            title={`${removed} words less, ${added} words more than the text before`}
          >
            −{removed} +{added}
          </span>
          {guidelineVersion !== null && <span>guideline v{guidelineVersion}</span>}
          {isHead && <em>current</em>}
          {isWithdrawn && <em>withdrawn</em>}
        </span>
        <WordDiffView diff={diff} className="round-text" />
        {note !== '' && <span className="round-note">{note}</span>}
        {reviews.map((review) => (
          <ReviewLine key={review.createdAt} review={review} text={revision.text} />
        ))}
      </button>
      {!isHead && (
        <IconButton
          className="round-restore"
          icon={RotateCcw}
          label={`Restore the text of round ${round}, ${author.name}, as a new revision`}
          keys={keysOf('align.restoreRound')[0]}
          onClick={() => run('align.restore', { revisionId: revision.id })}
        />
      )}
    </li>
  )
}

function ReviewLine({ review, text }: { readonly review: Review; readonly text: string }) {
  const { decision, remark, quote, reviewer, createdAt, isWithdrawn } = review
  const Icon = decision === 'accepted' ? CircleCheck : CornerUpLeft
  return (
    <span className={classNames('round-review', `round-${decision}`)}>
      <Icon className="icon" aria-hidden />
      <span>
        <strong>
          {decision} by {reviewer}
        </strong>{' '}
        <Moment at={createdAt} />
        {isWithdrawn && <em>withdrawn</em>}
        {quote !== null && <q dir="auto">{text.slice(quote.start, quote.end)}</q>}
        {remark !== '' && (
          <span className="round-remark" dir="auto">
            {remark}
          </span>
        )}
      </span>
    </span>
  )
}

const FULL_TIME = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'medium' })

function Moment({ at }: { readonly at: number }) {
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={FULL_TIME.format(at)}>
      {formatAgo(at, now)}
    </time>
  )
}
