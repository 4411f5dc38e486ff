import { os } from '../router.ts'
import type { EventHub } from './hub.ts'

export function createEventProcedures(hub: EventHub) {
  return {
    // The subscription itself, not a generator around it: see base/subscription.ts.
    subscribe: os.events.subscribe.handler(() => hub.subscribe()),
  }
}
