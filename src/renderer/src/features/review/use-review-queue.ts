import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReviewItem } from '../../../../shared/contract/review.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { api } from '../../api/client.ts'
import { hasNothingToShow } from '../../api/query-client.ts'

const PAGE = 100
const INPUT = { query: '', after: null, limit: PAGE }

export interface ReviewQueue {
  /** Undefined until the first answer. */
  readonly items: readonly ReviewItem[] | undefined
  readonly total: number
  /** The caption on screen. It stays there when it leaves the queue, so that nothing jumps under the reader. */
  readonly shown: ReviewItem | undefined
  /** The caption on screen does not wait any more, by somebody else's doing. */
  readonly isGone: boolean
  readonly choose: (imageId: ImageId) => void
  readonly step: (by: 1 | -1) => void
  /** Takes a decided caption out and goes on with the one that follows it. */
  readonly close: (imageId: ImageId) => void
  readonly refresh: () => Promise<void>
}

/** What waits for a decision, the longest waiting first, and which of it is on screen. */
export function useReviewQueue(): ReviewQueue {
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<ImageId | null>(null)
  const [last, setLast] = useState<{ readonly item: ReviewItem; readonly index: number }>()
  const options = api.review.queue.queryOptions({ input: INPUT })
  const queue = useQuery({
    ...options,
    placeholderData: keepPreviousData,
    throwOnError: hasNothingToShow,
  })
  const items = queue.data?.items ?? []

  const index = items.findIndex((item) => item.imageId === chosen)
  const isGone = index < 0 && chosen !== null && last?.item.imageId === chosen
  const fresh = isGone ? undefined : (items[index] ?? items[0])
  // What is on screen is remembered while it is drawn: the next answer may not have it any more.
  if (fresh !== undefined && fresh !== last?.item) {
    setLast({ item: fresh, index: Math.max(0, index) })
    setChosen(fresh.imageId)
  }

  function goTo(place: number): void {
    const next = items[Math.min(place, items.length - 1)]
    setChosen(next?.imageId ?? null)
  }

  return {
    items: queue.data?.items,
    total: queue.data?.total ?? 0,
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
        if (before === undefined) return before
        const rest = before.items.filter((item) => item.imageId !== imageId)
        return { items: rest, total: before.total - (before.items.length - rest.length) }
      })
    },
    refresh: () => queryClient.invalidateQueries({ queryKey: api.review.key() }),
  }
}
