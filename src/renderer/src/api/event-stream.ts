import type { NumberedEvent, AppEvent } from '../../../shared/contract/events.ts'
import { describeError } from './describe-error.ts'

/** `refused`: the core is there and does not let this window in, as after a link was taken back. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

export interface EventStream {
  /** Calls back for every event but heartbeats; lost events arrive as one `resync`. */
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
  readonly onState: (listener: () => void) => () => void
  readonly state: () => ConnectionState
  /** Says an event that this window found out by itself. */
  readonly tell: (event: AppEvent) => void
  readonly close: () => void
}

export interface EventStreamOptions {
  readonly connect: (signal: AbortSignal) => Promise<AsyncIterable<NumberedEvent>>
  /** Waits before the next try; given how many tries failed in a row. */
  readonly wait?: (failures: number) => Promise<void>
  /** Silence longer than this counts as a lost connection; the core sends a heartbeat every 15 s. */
  readonly silenceLimitMs?: number
}

const FIRST_WAIT_MS = 400
const LONGEST_WAIT_MS = 8_000

/**
 * Keeps the one event subscription of this window alive: reconnects with growing waits, and says
 * `resync` after a gap in `seq` or a lost connection, because events may be missing then.
 */
export function createEventStream(options: EventStreamOptions): EventStream {
  const { connect, wait = waitWithBackoff, silenceLimitMs = 45_000 } = options
  const eventListeners = new Set<(event: AppEvent) => void>()
  const stateListeners = new Set<() => void>()
  const closed = new AbortController()
  let state: ConnectionState = 'connecting'

  function setState(next: ConnectionState): void {
    if (state === next) return
    state = next
    for (const listener of stateListeners) listener()
  }

  function emit(event: AppEvent): void {
    for (const listener of eventListeners) listener(event)
  }

  async function readOnce(onOpen: () => void): Promise<void> {
    const attempt = new AbortController()
    const signal = AbortSignal.any([closed.signal, attempt.signal])
    let silence: ReturnType<typeof setTimeout> | undefined
    const restartSilence = () => {
      clearTimeout(silence)
      silence = setTimeout(() => {
        attempt.abort()
      }, silenceLimitMs)
    }
    try {
      restartSilence()
      let lastSeq: number | undefined
      const stream = await connect(signal)
      onOpen()
      for await (const event of stream) {
        restartSilence()
        if (lastSeq !== undefined && event.seq > lastSeq + 1) emit({ topic: 'resync' })
        lastSeq = event.seq
        if (event.topic !== 'heartbeat') emit(event)
      }
    } finally {
      clearTimeout(silence)
    }
  }

  async function keepReading(): Promise<void> {
    let failures = 0
    let wasOpen = false
    let isRefused = false
    while (!closed.signal.aborted) {
      try {
        await readOnce(() => {
          failures = 0
          setState('open')
          if (wasOpen) emit({ topic: 'resync' })
          wasOpen = true
        })
        isRefused = false
      } catch (error) {
        // Any other reason does not matter: the next try says whether the core is there.
        isRefused = describeError(error).code === 'UNAUTHORIZED'
      }
      if (isClosed()) return
      failures += 1
      // One quick end is common (a restart, a sleeping laptop) and not worth a banner.
      if (isRefused) setState('refused')
      else if (failures > 1) setState('lost')
      await wait(failures)
    }
  }

  function isClosed(): boolean {
    return closed.signal.aborted
  }

  void keepReading()
  return {
    onEvent(listener) {
      eventListeners.add(listener)
      return () => eventListeners.delete(listener)
    },
    onState(listener) {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    state: () => state,
    tell: emit,
    close: () => {
      closed.abort()
    },
  }
}

function waitWithBackoff(failures: number): Promise<void> {
  const ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
  return new Promise((resolve) => setTimeout(resolve, ms))
}
