import { useEffect, useRef } from 'react'
import type { ReviewItem } from '../../../../shared/contract/review.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { thumbnailUrl } from '../../api/media-url.ts'
import { formatCount, formatCounted } from '../../components/quantities.ts'

interface QueueListProps {
  readonly items: readonly ReviewItem[]
  readonly total: number
  readonly current: ImageId
  readonly onChoose: (imageId: ImageId) => void
}

/** What waits, with the caption on screen marked and kept in sight. */
export function QueueList({ items, total, current, onChoose }: QueueListProps) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <nav className="review-queue" aria-label="Waiting captions">
      <h2 className="side-title" role="status">
        {formatCounted(total, 'caption')} waiting
        {total > items.length && (
          <span className="side-note">first {formatCount(items.length)}</span>
        )}
      </h2>
      <ul ref={list}>
        {items.map((item) => (
          <li key={item.imageId}>
            <button
              type="button"
              className="review-entry"
              aria-current={item.imageId === current || undefined}
              onClick={() => {
                onChoose(item.imageId)
              }}
            >
              <img
                src={thumbnailUrl({ id: item.imageId, hash: item.hash }, 256)}
                alt=""
                loading="lazy"
                width={44}
                height={44}
              />
              <span>
                <bdi title={item.name}>{item.name}</bdi>
                <small dir="auto">
                  {item.author}, round {item.round}
                </small>
                {item.returns > 0 && (
                  <small className="review-again">
                    returned {item.returns === 1 ? 'once' : `${item.returns} times`}
                  </small>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
