import { workerEntry } from '../../base/app-paths.ts'
import type { Spawn } from '../../base/channel.ts'
import { openChild, openThread } from '../../base/channel-hosts.ts'
import { takeDatabaseThread } from './early-threads.ts'

/** SQL shares memory with us in a thread; image codecs and models may crash, so they get processes of their own. */
export const spawnNodeWorker: Spawn = (name, data) => {
  switch (name) {
    case 'database':
      return takeDatabaseThread()
    case 'text':
    case 'pictures':
    case 'subset':
      return openThread(workerEntry(name), data)
    case 'media':
    case 'inference':
      return openChild(workerEntry(name), data)
  }
}
