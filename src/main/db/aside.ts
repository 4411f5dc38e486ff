import type { Caller } from '../base/channel-calls.ts'
import type { Spawn } from '../base/channel.ts'
import { createIdleThread } from '../base/idle-thread.ts'
import { AppError } from '../../shared/errors.ts'

/** People change a subset step by step; a minute without a question means that they are done. */
const IDLE_MS = 60_000

/** A query by its name, as the thread is asked for it by `read`. */
export interface AsideRead {
  readonly name: string
  readonly args: unknown
}

/** See `Db.aside`. The thread's own `close` lets go of its connection. */
export function createAside(options: {
  readonly spawn: Spawn
  readonly folder: string
}): Caller & { close(): Promise<void> } {
  const thread = createIdleThread({
    worker: 'subset',
    idleMs: IDLE_MS,
    open: () => options.spawn('subset', { folder: options.folder }),
    letGo: (caller) => caller.call('close', null),
  })
  let isClosed = false
  return {
    async call(name, args) {
      if (isClosed) {
        throw new AppError('PROJECT_NOT_OPEN', 'The project was closed while this was counted.')
      }
      return thread.call(name, args)
    },
    close() {
      isClosed = true
      return thread.close()
    },
  }
}
