import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import type { ReviewItem } from '../../../../shared/contract/review.ts'
import { previewUrl } from '../../api/media-url.ts'

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** The picture that the caption is about, and whose it is. */
export function ReviewPicture({ item }: { readonly item: ReviewItem }) {
  const [isBroken, setBroken] = useState(false)
  return (
    <figure className="review-picture">
      {isBroken ? (
        <p className="review-no-picture">
          <ImageOff className="icon" aria-hidden />
          The picture cannot be shown. Open it in Align to see why.
        </p>
      ) : (
        <img
          src={previewUrl({ id: item.imageId, hash: item.hash }, 1600)}
          alt={`The picture ${item.name}`}
          onError={() => {
            setBroken(true)
          }}
        />
      )}
      <figcaption>
        <bdi>{item.name}</bdi>
        <span>
          <bdi>{item.author}</bdi>, round {item.round},{' '}
          <time dateTime={new Date(item.submittedAt).toISOString()}>
            {WHEN.format(item.submittedAt)}
          </time>
        </span>
      </figcaption>
    </figure>
  )
}
