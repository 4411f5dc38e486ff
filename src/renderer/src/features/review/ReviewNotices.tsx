import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AlignImage } from '../../../../shared/contract/align.ts'
import type { ReviewItem } from '../../../../shared/contract/review.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { diffWords } from '../../../../shared/domain/word-diff.ts'
import { api } from '../../api/client.ts'
import { Callout } from '../../components/Page.tsx'
import { WordDiffView } from '../align/diff/WordDiffView.tsx'

/** Says that somebody changed the caption while it was read, and what. */
export function NewerNotice({
  seen,
  newer,
}: {
  readonly seen: ReviewItem
  readonly newer: ReviewItem
}) {
  const diff = useMemo(() => diffWords(seen.text, newer.text), [seen.text, newer.text])
  return (
    <section className="review-notice" role="alert">
      <p>
        <strong>
          <bdi>{newer.author}</bdi> changed this caption meanwhile.
        </strong>{' '}
        Nothing is decided on a text that you have not seen.
      </p>
      <WordDiffView diff={diff} />
    </section>
  )
}

/** Says what became of a caption that left the queue while it was read. */
export function GoneNotice({ imageId }: { readonly imageId: ImageId }) {
  const image = useQuery(api.align.get.queryOptions({ input: { imageId } })).data
  return (
    <section className="review-notice" role="alert">
      <p>
        <strong>This caption does not wait any more.</strong>{' '}
        {image !== undefined && describeFate(image)}
      </p>
    </section>
  )
}

function describeFate(image: AlignImage): string {
  const last = image.reviews.findLast((review) => !review.isWithdrawn)
  if (last !== undefined && last.decision === image.status) {
    return `${last.reviewer} ${last.decision} it.`
  }
  return `It is ${image.status} now.`
}

/** What the author was told when the caption was returned. */
export function EarlierRemark({
  imageId,
  round,
}: {
  readonly imageId: ImageId
  readonly round: number
}) {
  const image = useQuery(api.align.get.queryOptions({ input: { imageId } })).data
  const last = image?.reviews.findLast(
    (review) => review.round === round && review.decision === 'returned' && !review.isWithdrawn,
  )
  if (image === undefined || last === undefined) return null
  const quoted =
    last.quote === null
      ? ''
      : (image.revisions
          .find((revision) => revision.id === last.revisionId)
          ?.text.slice(last.quote.start, last.quote.end) ?? '')
  return (
    <Callout tone="info">
      Returned before by <bdi>{last.reviewer}</bdi>
      {quoted !== '' && (
        <>
          , about <q dir="auto">{quoted}</q>
        </>
      )}
      :{' '}
      <span className="review-earlier" dir="auto">
        {last.remark}
      </span>
    </Callout>
  )
}
