import type { AppEvent, NumberedEvent } from '../../../shared/contract/events.ts'
import { createSubscription, type Subscription } from '../../base/subscription.ts'

const BUFFER_LIMIT = 1_000
const HEARTBEAT_MS = 15_000

export interface EventHub {
  publish(event: AppEvent): void
  subscribe(): Subscription<NumberedEvent>
  close(): void
}

/**
 * Gives every event a number and hands it to every window; a window that cannot keep up is told to refetch. A
 * heartbeat tells windows that a silent core is still there.
 */
export function createEventHub(): EventHub {
  const subscriptions = new Set<Subscription<NumberedEvent>>()
  let seq = 0

  function publish(event: AppEvent): void {
    seq += 1
    for (const subscription of subscriptions) subscription.push({ ...event, seq })
  }
  const heartbeat = setInterval(() => publish({ topic: 'heartbeat' }), HEARTBEAT_MS)
  heartbeat.unref()

  return {
    publish,
    subscribe() {
      const subscription = createSubscription<NumberedEvent>({
        limit: BUFFER_LIMIT,
        onOverflow: () => ({ topic: 'resync', seq }),
        onReturn: () => subscriptions.delete(subscription),
      })
      subscriptions.add(subscription)
      return subscription
    },
    close() {
      clearInterval(heartbeat)
      for (const subscription of [...subscriptions]) void subscription.return?.()
    },
  }
}
