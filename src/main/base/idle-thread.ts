import { workerEntry } from './app-paths.ts'
import { createCaller, type Caller } from './channel-calls.ts'
import { openThread } from './channel-hosts.ts'

const IDLE_MS = 1_000

interface Running {
  readonly caller: Caller
  kill(): void
  calls: number
  idle: NodeJS.Timeout | undefined
}

export interface IdleThread {
  /**
   * Asks the thread. `limit` ends it, with all that is asked of it, when the answer takes longer; `onLate` is waited for
   * before.
   */
  call(
    name: string,
    args: unknown,
    limit?: { readonly afterMs: number; readonly onLate: () => Promise<void> },
  ): Promise<unknown>
}

/** A thread that starts with the first question, and ends when nobody has asked for a second. */
export function createIdleThread(worker: 'tables' | 'files', maxHeapMb?: number): IdleThread {
  let running: Running | null = null

  function start(): Running {
    const channel = openThread(workerEntry(worker), {}, maxHeapMb)
    const started: Running = {
      caller: createCaller(channel, worker),
      kill: () => channel.kill(),
      calls: 0,
      idle: undefined,
    }
    channel.onExit(() => end(started))
    return started
  }

  function end(ended: Running): void {
    clearTimeout(ended.idle)
    if (running === ended) running = null
    ended.kill()
  }

  return {
    async call(name, args, limit) {
      const asked = (running ??= start())
      asked.calls += 1
      clearTimeout(asked.idle)
      const timer =
        limit === undefined
          ? undefined
          : setTimeout(() => {
              void limit.onLate().finally(() => end(asked))
            }, limit.afterMs)
      try {
        return await asked.caller.call(name, args)
      } finally {
        clearTimeout(timer)
        asked.calls -= 1
        if (asked.calls === 0) asked.idle = setTimeout(() => end(asked), IDLE_MS)
      }
    },
  }
}
