import { CornerUpLeft } from 'lucide-react'
import type { SettledImage } from '../settled-image.ts'
import './ReturnedRemark.css'

/** Why a returned caption came back, in sight of the text that it is about. */
export function ReturnedRemark({ image }: { readonly image: SettledImage }) {
  const review = image.reviews.findLast(({ isWithdrawn }) => !isWithdrawn)
  if (image.status !== 'returned' || review?.decision !== 'returned') return null
  const { revisionId, quote, remark, reviewer } = review
  const text = image.revisions.find(({ id }) => id === revisionId)?.text ?? ''
  return (
    <div className="returned-remark" role="note" aria-label="Remark of the review">
      <CornerUpLeft className="icon" aria-hidden />
      <p>
        <strong>Returned by {reviewer}</strong>{' '}
        {quote !== null && <q dir="auto">{text.slice(quote.start, quote.end)}</q>}{' '}
        <span dir="auto">{remark}</span>
      </p>
    </div>
  )
}
