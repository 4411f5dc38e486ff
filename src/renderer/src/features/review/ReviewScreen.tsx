import { ClipboardCheck, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { previewUrl } from '../../api/media-url.ts'
import { useCommandHandlers, useRun } from '../../commands/CommandProvider.tsx'
import { keysOf } from '../../commands/key-bindings.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { showNotice } from '../../notices/notice-store.ts'
import { QueueList } from './QueueList.tsx'
import { QueueOrder } from './QueueOrder.tsx'
import { ReviewQuery } from './ReviewQuery.tsx'
import { ReviewItemView } from './ReviewItemView.tsx'
import { useReviewOrder } from './use-review-order.ts'
import { useReviewQueue } from './use-review-queue.ts'
import './ReviewScreen.css'

/** Submitted captions, the longest waiting or the most doubtful first: accept them, or send them back with a remark. */
export function ReviewScreen() {
  const run = useRun()
  const [query, setQuery] = useState('')
  const { order, setOrder, turnOrder } = useReviewOrder()
  const queue = useReviewQueue(query, order)
  const { items, shown } = queue
  usePreload(queue)

  async function undo(): Promise<void> {
    try {
      const { imageId, name, label } = await client.review.undo({})
      await queue.refresh()
      queue.choose(imageId)
      showNotice({ title: `Taken back: ${label}, ${name}` })
    } catch (error) {
      const { code, text } = describeError(error)
      if (code !== 'NOTHING_TO_UNDO') throw error
      showNotice({ title: 'Nothing was taken back', text })
    }
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
    'review.turnOrder': { run: turnOrder },
    'review.undo': { run: undo },
  })

  if (items === undefined) return <LoadingReview />
  const field = (
    <>
      <ReviewQuery query={query} mistake={queue.mistake} onQuery={setQuery} />
      <QueueOrder order={order} onOrder={setOrder} />
    </>
  )
  if (shown === undefined && query !== '') {
    return (
      <div className="review">
        <h1 className="visually-hidden">Review</h1>
        <QueueList
          items={[]}
          total={0}
          current={null}
          order={order}
          onChoose={queue.choose}
          onEnd={queue.loadMore}
        >
          {field}
        </QueueList>
        <EmptyState icon={ClipboardCheck} title="No waiting caption fits this query">
          Change the query on the left, or clear it.
        </EmptyState>
      </div>
    )
  }
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
              <Button
                icon={Undo2}
                keys={keysOf('review.undo')[0]}
                onClick={() => run('review.undo')}
              >
                Undo the last decision
              </Button>
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
        order={order}
        onChoose={queue.choose}
        onEnd={queue.loadMore}
      >
        {field}
      </QueueList>
      <ReviewItemView
        key={shown.imageId}
        item={shown}
        isGone={queue.isGone}
        onDecided={() => {
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
