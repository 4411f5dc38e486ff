import { createCaller, type Caller } from './channel-calls.ts'
import type { Channel } from './channel.ts'

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
  /** Ends it where it runs, and waits for one that is ending; another question would start it again. */
  close(): Promise<void>
}

/** A thread that starts with the first question, and ends when nobody has asked for so long. */
export function createIdleThread(options: {
  /** What errors name. */
  readonly worker: string
  readonly idleMs: number
  readonly open: () => Channel
  /** What the thread has to give back before it is ended. */
  readonly letGo?: (caller: Caller) => Promise<unknown>
}): IdleThread {
  const { letGo } = options
  let running: Running | null = null
  let ending: Promise<void> = Promise.resolve()

  function start(): Running {
    const channel = options.open()
    const caller = createCaller(channel, options.worker)
    const started: Running = { caller, kill: () => channel.kill(), calls: 0, idle: undefined }
    // The next question starts another one; whatever ended this one was in its own questions.
    channel.onExit(() => forget(started))
    return started
  }

  function forget(gone: Running): void {
    clearTimeout(gone.idle)
    if (running === gone) running = null
  }

  async function end(ended: Running): Promise<void> {
    forget(ended)
    try {
      await letGo?.(ended.caller)
    } catch {
      // It is gone already, and what it held with it.
    } finally {
      ended.kill()
    }
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
        if (asked.calls === 0 && running === asked) {
          asked.idle = setTimeout(() => {
            ending = end(asked)
          }, options.idleMs)
        }
      }
    },
    async close() {
      if (running !== null) await end(running)
      await ending
    },
  }
}
