import { createCaller, type Caller } from '../base/channel-calls.ts'
import type { Spawn } from '../base/channel.ts'
import { AppError } from '../../shared/errors.ts'

/** People change a subset step by step; a minute without a question means that they are done. */
const IDLE_MS = 60_000

interface Running {
  readonly caller: Caller
  kill(): void
  calls: number
  idle: NodeJS.Timeout | undefined
}

/** See `Db.aside`. The thread's own `close` lets go of its connection. */
export function createAside(options: {
  readonly spawn: Spawn
  readonly folder: string
}): Caller & { close(): Promise<void> } {
  let running: Running | null = null
  let ending: Promise<void> = Promise.resolve()
  let isClosed = false

  function start(): Running {
    const channel = options.spawn('subset', { folder: options.folder })
    const caller = createCaller(channel, 'subset')
    const started: Running = { caller, kill: () => channel.kill(), calls: 0, idle: undefined }
    // The next question starts another one; whatever ended this one was in its own questions.
    channel.onExit(() => {
      if (running === started) running = null
    })
    return started
  }

  async function end(): Promise<void> {
    const ended = running
    running = null
    if (ended === null) return
    clearTimeout(ended.idle)
    try {
      await ended.caller.call('close', null)
    } catch {
      // It is gone already, and its connection with it.
    } finally {
      ended.kill()
    }
  }

  return {
    async call(name, args) {
      if (isClosed) {
        throw new AppError('PROJECT_NOT_OPEN', 'The project was closed while this was counted.')
      }
      const asked = (running ??= start())
      asked.calls += 1
      clearTimeout(asked.idle)
      try {
        return await asked.caller.call(name, args)
      } finally {
        asked.calls -= 1
        if (asked.calls === 0 && running === asked) {
          asked.idle = setTimeout(() => {
            ending = end()
          }, IDLE_MS)
        }
      }
    },
    async close() {
      isClosed = true
      await end()
      await ending
    },
  }
}
