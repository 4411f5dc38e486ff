import type { Asking } from '../../base/asking.ts'
import { os } from '../router.ts'
import type { EventHub } from './hub.ts'

export function createEventProcedures(
  hub: EventHub,
  /** Called when a window begins to listen; the answer is called when it ends. */
  onOpen: (asking: Asking) => () => void,
) {
  return {
    // The subscription itself, not a generator around it: see base/subscription.ts.
    subscribe: os.events.subscribe.handler(({ context }) =>
      hub.subscribe({
        guestId: context.asker.kind === 'guest' ? context.asker.id : null,
        onReturn: onOpen(context),
      }),
    ),
  }
}
