import { workerEntry } from '../../base/app-paths.ts'
import type { Channel } from '../../base/channel.ts'
import { openThread } from '../../base/channel-hosts.ts'

/** A project is read in one thread and written in another. */
const THREADS_OF_A_PROJECT = 2

const early = new Set<Channel>()

/**
 * Starts the threads of the project that is about to be opened, so that they load their code while the rest of the
 * program is loaded. Nothing is opened yet. Threads that nobody takes end with the process.
 */
export function startDatabaseThreadsEarly(): void {
  for (let count = 0; count < THREADS_OF_A_PROJECT; count += 1) {
    const channel = openThread(workerEntry('database'), {})
    early.add(channel)
    // Whoever took a thread that is gone would wait for ever; a new one says why it cannot start.
    channel.onExit(() => early.delete(channel))
  }
}

/** One that was started early, or a new one. */
export function takeDatabaseThread(): Channel {
  for (const channel of early) {
    early.delete(channel)
    return channel
  }
  return openThread(workerEntry('database'), {})
}
