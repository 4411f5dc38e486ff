import { ClipboardCheck, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { client } from '../../api/client.ts'
import { previewUrl } from '../../api/media-url.ts'
import { useCommandHandlers, useRun } from '../../commands/CommandProvider.tsx'
import { keysOf } from '../../commands/key-bindings.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { showNotice } from '../../notices/notice-store.ts'
import { QueueList } from './QueueList.tsx'
import { ReviewItemView } from './ReviewItemView.tsx'
import { useReviewQueue } from './use-review-queue.ts'
import './ReviewScreen.css'

interface Decided {
  readonly imageId: ImageId
  readonly name: string
}

/** Submitted captions, the longest waiting first: accept them, or send them back with a remark. */
export function ReviewScreen() {
  const run = useRun()
  const queue = useReviewQueue()
  // What was decided in this window, so that the newest decision can be taken back from here.
  const [decided, setDecided] = useState<readonly Decided[]>([])
  const { items, shown } = queue
  usePreload(queue)

  async function undo(): Promise<void> {
    const newest = decided.at(-1)
    if (newest === undefined) return
    const { label } = await client.align.undo({ imageId: newest.imageId })
    setDecided((all) => all.filter((one) => one !== newest))
    await queue.refresh()
    queue.choose(newest.imageId)
    showNotice({ title: `Taken back: ${label}, ${newest.name}` })
  }

  useCommandHandlers({
    'review.next': {
      run: () => {
        queue.step(1)
      },
    },
    'review.previous': {
      run: () => {
        queue.step(-1)
      },
    },
    'review.undo': { isEnabled: () => decided.length > 0, run: undo },
  })

  if (items === undefined) return <LoadingReview />
  if (shown === undefined) {
    return (
      <>
        <h1 className="visually-hidden">Review</h1>
        <EmptyState
          icon={ClipboardCheck}
          title="Nothing waits for a decision"
          actions={
            <>
              <Button onClick={() => run('app.goToAlign')}>Go to Align</Button>
              {decided.length > 0 && (
                <Button
                  icon={Undo2}
                  keys={keysOf('review.undo')[0]}
                  onClick={() => run('review.undo')}
                >
                  Undo the last decision
                </Button>
              )}
            </>
          }
        >
          Captions appear here when they are submitted.
        </EmptyState>
      </>
    )
  }
  return (
    <div className="review">
      <h1 className="visually-hidden">Review</h1>
      <QueueList
        items={items}
        total={queue.total}
        current={shown.imageId}
        onChoose={queue.choose}
      />
      <ReviewItemView
        key={shown.imageId}
        item={shown}
        isGone={queue.isGone}
        onDecided={() => {
          setDecided((all) => [...all, { imageId: shown.imageId, name: shown.name }])
          queue.close(shown.imageId)
        }}
        onStale={queue.refresh}
      />
    </div>
  )
}

/** Fetches the picture that comes next, so that it is there when its turn comes. */
function usePreload({ items = [], shown }: ReturnType<typeof useReviewQueue>): void {
  const next = items[items.findIndex((item) => item.imageId === shown?.imageId) + 1]
  const url =
    next === undefined ? undefined : previewUrl({ id: next.imageId, hash: next.hash }, 1600)
  useEffect(() => {
    if (url !== undefined) new Image().src = url
  }, [url])
}

function LoadingReview() {
  return (
    <div className="review" aria-busy>
      <div className="review-queue">
        <Skeleton width="70%" />
      </div>
      <div className="review-item">
        <div className="review-picture">
          <Skeleton height="60%" />
        </div>
        <div className="review-texts">
          <div className="review-scroll">
            <Skeleton width="60%" />
            <Skeleton />
            <Skeleton width="80%" />
          </div>
        </div>
      </div>
    </div>
  )
}
