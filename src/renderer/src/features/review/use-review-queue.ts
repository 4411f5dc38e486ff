import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ReviewItem, ReviewOrder } from '../../../../shared/contract/review.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { api } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { hasNothingToShow } from '../../api/query-client.ts'

const PAGE = 100
/** So many captions before the last one that is known, the next ones are asked for. */
const AHEAD = 20

export interface ReviewQueue {
  /** What is known of it from its start on; undefined until the first answer. */
  readonly items: readonly ReviewItem[] | undefined
  readonly total: number
  /** What is wrong with the query, in a sentence. */
  readonly mistake: string | null
  /** The caption on screen. It stays there when it leaves the queue, so that nothing jumps under the reader. */
  readonly shown: ReviewItem | undefined
  /** The caption on screen does not wait any more, by somebody else's doing. */
  readonly isGone: boolean
  readonly choose: (imageId: ImageId) => void
  readonly step: (by: 1 | -1) => void
  /** Asks for the captions that follow those that are known. */
  readonly loadMore: () => void
  /** Takes a decided caption out and goes on with the one that follows it. */
  readonly close: (imageId: ImageId) => void
  readonly refresh: () => Promise<void>
}

/** What waits for a decision, in an order, and which of it is on screen. */
export function useReviewQueue(query: string, order: ReviewOrder): ReviewQueue {
  const queryClient = useQueryClient()
  const [lastChosen, setChosen] = useState<ImageId | null>(null)
  const [asked, setAsked] = useState({ query, order })
  const isAnother = asked.query !== query || asked.order !== order
  // What the other query leaves out still waits; its own first caption comes up, as in another order. The rest of this
  // very drawing must go by that too: it may have the other answer at hand already.
  const chosen = isAnother ? null : lastChosen
  if (isAnother) {
    setAsked({ query, order })
    setChosen(null)
  }
  const [last, setLast] = useState<{ readonly item: ReviewItem; readonly index: number }>()
  const options = api.review.queue.infiniteOptions({
    input: (after: ImageId | null) => ({ query, order, after, limit: PAGE }),
    initialPageParam: null as ImageId | null,
    getNextPageParam: ({ items: page }) =>
      page.length < PAGE ? undefined : (page.at(-1)?.imageId ?? undefined),
  })
  const queue = useInfiniteQuery({
    ...options,
    placeholderData: keepPreviousData,
    throwOnError: (error, asked) => !isMistake(error) && hasNothingToShow(error, asked),
  })
  const { hasNextPage, isFetching, fetchNextPage } = queue
  const pages = queue.data?.pages ?? []
  // A check between two pages may move a caption from one into the other.
  const items = [
    ...new Map(pages.flatMap((page) => page.items.map((item) => [item.imageId, item]))).values(),
  ]

  const index = items.findIndex((item) => item.imageId === chosen)
  const isGone = index < 0 && chosen !== null && last?.item.imageId === chosen
  const fresh = isGone ? undefined : (items[index] ?? items[0])
  // What is on screen is remembered while it is drawn: the next answer may not have it any more.
  if (fresh !== undefined && fresh !== last?.item && !queue.isPlaceholderData) {
    setLast({ item: fresh, index: Math.max(0, index) })
    setChosen(fresh.imageId)
  }

  const isNearEnd = index >= items.length - AHEAD
  const loadMore = () => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetching) void fetchNextPage()
  }, [isNearEnd, hasNextPage, isFetching, fetchNextPage])

  function goTo(place: number): void {
    const next = items[Math.min(place, items.length - 1)]
    setChosen(next?.imageId ?? null)
  }

  return {
    items: queue.data === undefined && !queue.isError ? undefined : items,
    total: pages.at(-1)?.total ?? 0,
    mistake: queue.isError && isMistake(queue.error) ? describeError(queue.error).text : null,
    loadMore,
    shown: isGone ? last.item : fresh,
    isGone,
    choose: setChosen,
    step: (by) => {
      // Where it was, what followed stands now.
      if (isGone) goTo(by === 1 ? last.index : Math.max(0, last.index - 1))
      else if (items[index + by] !== undefined) goTo(index + by)
    },
    close: (imageId) => {
      const left = items.filter((item) => item.imageId !== imageId)
      setChosen((left[Math.max(0, index)] ?? left.at(-1))?.imageId ?? null)
      queryClient.setQueryData(options.queryKey, (before) => {
        // An answer that came before that of the decision has left it out, and counted it out, already.
        const isListed = before?.pages.some(({ items: page }) =>
          page.some((item) => item.imageId === imageId),
        )
        if (before === undefined || isListed !== true) return before
        const rest = before.pages.map((page) => ({
          items: page.items.filter((item) => item.imageId !== imageId),
          total: Math.max(0, page.total - 1),
        }))
        return { ...before, pages: rest }
      })
    },
    refresh: () => queryClient.invalidateQueries({ queryKey: api.review.key() }),
  }
}

function isMistake(error: unknown): boolean {
  return describeError(error).code === 'QUERY_INVALID'
}
