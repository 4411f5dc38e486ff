import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { AppEvent } from '../../../shared/contract/events.ts'
import { client } from './client.ts'
import { createEventStream, type ConnectionState } from './event-stream.ts'

/** The one subscription of this window: browsers open only six connections to a host. */
export const eventStream = createEventStream({
  connect: (signal) => client.events.subscribe(undefined, { signal }),
})

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(eventStream.onState, eventStream.state)
}

/** Calls back for each event while the component is mounted; most needs are met by invalidations. */
export function useAppEvents(listener: (event: AppEvent) => void): void {
  const onEvent = useEffectEvent(listener)
  useEffect(
    () =>
      eventStream.onEvent((event) => {
        onEvent(event)
      }),
    [],
  )
}
