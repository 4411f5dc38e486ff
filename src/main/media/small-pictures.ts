import { workerEntry } from '../base/app-paths.ts'
import { openThread } from '../base/channel-hosts.ts'
import { createIdleThread } from '../base/idle-thread.ts'
import type { SmallPictures } from './small-pictures-serve.ts'

const IDLE_MS = 1_000

const thread = createIdleThread({
  worker: 'files',
  idleMs: IDLE_MS,
  open: () => openThread(workerEntry('files'), {}),
})

/**
 * Reads many small picture files at once in a thread that waits for the disk itself: asked for one by one, each costs
 * several times what its reading does. Null for one that is large, gone or odd, which `readPictureBytes` then reads or
 * names the mistake of.
 */
export async function readSmallPictures(
  addresses: readonly string[],
): Promise<readonly (Uint8Array | null)[]> {
  return cut((await thread.call('read', { addresses })) as SmallPictures)
}

function cut({ bytes, sizes }: SmallPictures): readonly (Uint8Array | null)[] {
  let offset = 0
  return sizes.map((size) => {
    if (size === null) return null
    offset += size
    return bytes.subarray(offset - size, offset)
  })
}
