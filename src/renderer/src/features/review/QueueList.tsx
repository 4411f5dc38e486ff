import { useEffect, useRef, type ReactNode, type UIEvent } from 'react'
import type { ReviewItem, ReviewOrder } from '../../../../shared/contract/review.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { thumbnailUrl } from '../../api/media-url.ts'
import { formatCounted } from '../../components/quantities.ts'
import { usePeople } from '../people/people-here.ts'

interface QueueListProps {
  readonly items: readonly ReviewItem[]
  readonly total: number
  readonly current: ImageId | null
  readonly order: ReviewOrder
  readonly onChoose: (imageId: ImageId) => void
  /** The end of what is known came into sight. */
  readonly onEnd: () => void
  /** The field that narrows the queue. */
  readonly children: ReactNode
}

/** What waits, with the caption on screen marked and kept in sight. */
export function QueueList(props: QueueListProps) {
  const { items, total, current, order, onChoose, onEnd, children } = props
  const list = useRef<HTMLUListElement>(null)
  const isAlone = usePeople().every(({ isYou }) => isYou)
  useEffect(() => {
    list.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  function onScroll({ currentTarget }: UIEvent<HTMLElement>): void {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget
    if (scrollHeight - scrollTop < 2 * clientHeight) onEnd()
  }
  return (
    <nav className="review-queue" aria-label="Waiting captions" onScroll={onScroll}>
      {children}
      <h2 className="side-title" role="status">
        {formatCounted(total, 'caption')} waiting
      </h2>
      {!isAlone && items.length > 0 && items.every(({ isOwn }) => isOwn) && (
        <p className="side-hint">
          All of these are yours. You may decide on them yourself; a second pair of eyes is better.
        </p>
      )}
      {order === 'risk' && items.length > 0 && !items.some(({ isChecked }) => isChecked) && (
        <p className="side-hint">
          No check has looked at these, so the longest waiting come first.
        </p>
      )}
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
                  {item.isOwn ? 'yours' : item.author}, round {item.round}
                </small>
                {order === 'risk' && !item.isChecked && <small>not checked</small>}
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
