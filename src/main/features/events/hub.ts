import type { AppEvent, NumberedEvent } from '../../../shared/contract/events.ts'
import { createSubscription, type Subscription } from '../../base/subscription.ts'

const BUFFER_LIMIT = 1_000
const HEARTBEAT_MS = 15_000

export interface EventHub {
  publish(event: AppEvent): void
  subscribe(reader?: {
    /** Whose stream it is; null for the owner's. */
    readonly guestId: string | null
    readonly onReturn: () => void
  }): Subscription<NumberedEvent>
  /** Ends every stream of a guest who may not listen any more. */
  endGuest(guestId: string): void
  close(): void
}

/**
 * Gives every event a number and hands it to every window; a window that cannot keep up is told to refetch. A
 * heartbeat tells windows that a silent core is still there.
 */
export function createEventHub(): EventHub {
  const subscriptions = new Map<Subscription<NumberedEvent>, string | null>()
  let seq = 0

  function publish(event: AppEvent): void {
    seq += 1
    for (const subscription of subscriptions.keys()) subscription.push({ ...event, seq })
  }
  const heartbeat = setInterval(() => publish({ topic: 'heartbeat' }), HEARTBEAT_MS)
  heartbeat.unref()

  return {
    publish,
    subscribe(reader) {
      const subscription = createSubscription<NumberedEvent>({
        limit: BUFFER_LIMIT,
        onOverflow: () => ({ topic: 'resync', seq }),
        onReturn: () => {
          subscriptions.delete(subscription)
          reader?.onReturn()
        },
      })
      subscriptions.set(subscription, reader?.guestId ?? null)
      return subscription
    },
    endGuest(guestId) {
      for (const [subscription, owner] of [...subscriptions]) {
        if (owner === guestId) void subscription.return?.()
      }
    },
    close() {
      clearInterval(heartbeat)
      for (const subscription of [...subscriptions.keys()]) void subscription.return?.()
    },
  }
}
