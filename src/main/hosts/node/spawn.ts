import { workerEntry } from '../../base/app-paths.ts'
import type { Spawn } from '../../base/channel.ts'
import { openChild, openThread } from '../../base/channel-hosts.ts'

/** SQL shares memory with us in a thread; image codecs may crash, so they get a process of their own. */
export const spawnNodeWorker: Spawn = (name, data) => {
  switch (name) {
    case 'database':
      return openThread(workerEntry(name), data)
    case 'media':
      return openChild(workerEntry(name), data)
  }
}
