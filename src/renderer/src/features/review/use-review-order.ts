import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReviewOrder } from '../../../../shared/contract/review.ts'
import { api } from '../../api/client.ts'
import { useSaveSettings } from '../../api/use-save-settings.ts'

const FIRST: ReviewOrder = 'submitted'

/** The order of what waits, as the person has chosen it last. */
export function useReviewOrder(): {
  readonly order: ReviewOrder
  readonly setOrder: (order: ReviewOrder) => Promise<void>
  readonly turnOrder: () => Promise<void>
} {
  const queryClient = useQueryClient()
  const options = api.settings.get.queryOptions()
  const order = useQuery(options).data?.reviewOrder ?? FIRST
  const saveSettings = useSaveSettings()
  return {
    order,
    setOrder: (reviewOrder) => saveSettings({ reviewOrder }),
    turnOrder: () => {
      // Keys may come faster than the screen is drawn.
      const now = queryClient.getQueryData(options.queryKey)?.reviewOrder ?? FIRST
      return saveSettings({ reviewOrder: now === 'risk' ? 'submitted' : 'risk' })
    },
  }
}
