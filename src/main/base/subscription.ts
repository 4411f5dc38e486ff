/**
 * One reader of an event stream. It is a plain object and not an `async function*` because a generator that
 * waits for its next event cannot be woken by `return()`: behind Electron's protocol, where a dropped request
 * only cancels the body, it would wait for ever.
 */
export interface Subscription<Event> extends AsyncIteratorObject<Event, undefined, void> {
  push(event: Event): void
  [Symbol.asyncIterator](): Subscription<Event>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Buffers at most `limit` events for a slow reader; beyond that the buffer is replaced by `onOverflow()`,
 * which should tell the reader to fetch everything again.
 */
export function createSubscription<Event>(options: {
  readonly limit: number
  readonly onOverflow: () => Event
  readonly onReturn: () => void
}): Subscription<Event> {
  let buffer: Event[] = []
  let waiting: ((result: IteratorResult<Event, undefined>) => void) | null = null
  let isDone = false

  const subscription: Subscription<Event> = {
    push(event) {
      if (isDone) return
      if (waiting !== null) {
        const wake = waiting
        waiting = null
        wake({ done: false, value: event })
        return
      }
      buffer.push(event)
      if (buffer.length > options.limit) buffer = [options.onOverflow()]
    },
    next() {
      const event = buffer.shift()
      if (event !== undefined) return Promise.resolve({ done: false, value: event })
      if (isDone) return Promise.resolve({ done: true, value: undefined })
      return new Promise((resolve) => {
        waiting = resolve
      })
    },
    return() {
      if (!isDone) {
        isDone = true
        buffer = []
        options.onReturn()
        waiting?.({ done: true, value: undefined })
        waiting = null
      }
      return Promise.resolve({ done: true, value: undefined })
    },
    [Symbol.asyncIterator]() {
      return subscription
    },
    async [Symbol.asyncDispose]() {
      await subscription.return?.()
    },
  }
  return subscription
}
