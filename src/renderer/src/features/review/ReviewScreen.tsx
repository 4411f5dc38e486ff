import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ClipboardCheck } from 'lucide-react'
import { useState } from 'react'
import type { ReviewItem } from '../../../../shared/contract/review.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { api } from '../../api/client.ts'
import { thumbnailUrl } from '../../api/media-url.ts'
import { useCommandHandlers, useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { formatCounted } from '../../components/quantities.ts'
import { Skeleton } from '../../components/Skeleton.tsx'
import { ReviewItemView } from './ReviewItemView.tsx'
import './ReviewScreen.css'

const PAGE = 100

/** Submitted captions, the longest waiting first: accept them, or send them back with a remark. */
export function ReviewScreen() {
  const run = useRun()
  const [chosen, setChosen] = useState<ImageId | null>(null)
  const queue = useQuery({
    ...api.review.queue.queryOptions({ input: { query: '', after: null, limit: PAGE } }),
    placeholderData: keepPreviousData,
    throwOnError: true,
  })
  const items = queue.data?.items ?? []
  const index = Math.max(
    0,
    items.findIndex((item) => item.imageId === chosen),
  )
  const item = items[index]

  function step(by: 1 | -1): void {
    const next = items[index + by]
    if (next !== undefined) setChosen(next.imageId)
  }

  useCommandHandlers({
    'review.next': {
      run: () => {
        step(1)
      },
    },
    'review.previous': {
      run: () => {
        step(-1)
      },
    },
  })

  if (queue.data === undefined) return <Skeleton height="320px" />
  if (item === undefined) {
    return (
      <EmptyState
        icon={ClipboardCheck}
        title="Nothing waits for a decision"
        actions={<Button onClick={() => run('app.goToAlign')}>Go to Align</Button>}
      >
        Captions appear here when they are submitted.
      </EmptyState>
    )
  }
  return (
    <div className="review">
      <ReviewQueue
        items={items}
        total={queue.data.total}
        current={item.imageId}
        onChoose={setChosen}
      />
      <ReviewItemView
        key={`${item.imageId}-${item.headRevisionId}`}
        item={item}
        onDecided={() => {
          // The list closes up: what follows moves to this place. At its end the one before comes up.
          setChosen(items[index + 1]?.imageId ?? items[index - 1]?.imageId ?? null)
        }}
      />
    </div>
  )
}

interface ReviewQueueProps {
  readonly items: readonly ReviewItem[]
  readonly total: number
  readonly current: ImageId
  readonly onChoose: (imageId: ImageId) => void
}

function ReviewQueue({ items, total, current, onChoose }: ReviewQueueProps) {
  return (
    <nav className="review-queue" aria-label="Waiting captions">
      <h2 className="side-title">
        {formatCounted(total, 'caption')} waiting
        {total > items.length && <span className="side-note">first {items.length}</span>}
      </h2>
      <ul>
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
                <bdi>{item.name}</bdi>
                <small>
                  {item.author}, round {item.round}
                  {item.returns > 0 && `, returned ${item.returns} times before`}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
