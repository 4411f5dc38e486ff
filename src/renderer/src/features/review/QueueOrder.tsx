import type { ReviewOrder } from '../../../../shared/contract/review.ts'
import { keysOf } from '../../commands/key-bindings.ts'
import { Segmented } from '../../components/Segmented.tsx'
import { Tooltip } from '../../components/Tooltip.tsx'

const ORDERS = [
  { value: 'submitted', label: 'Oldest' },
  { value: 'risk', label: 'Most doubtful' },
] as const

interface QueueOrderProps {
  readonly order: ReviewOrder
  readonly onOrder: (order: ReviewOrder) => Promise<void>
}

/** Which of the waiting captions come first. */
export function QueueOrder({ order, onOrder }: QueueOrderProps) {
  return (
    <Tooltip text="What comes first" keys={keysOf('review.turnOrder')[0]}>
      <div className="review-order">
        <Segmented
          label="What comes first"
          value={order}
          options={ORDERS}
          onChange={(next) => void onOrder(next)}
        />
      </div>
    </Tooltip>
  )
}
