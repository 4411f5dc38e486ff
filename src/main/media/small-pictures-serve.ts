import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { serveCalls } from '../base/channel-calls.ts'
import type { Channel } from '../base/channel.ts'
import { fromPictureAddress } from '../base/picture-address.ts'

/** Larger ones are read by themselves, where the cost of asking does not matter. */
export const MAX_SMALL_BYTES = 1024 * 1024

/** Pictures one behind the other; the size is null for one that is not small or cannot be read. */
export interface SmallPictures {
  readonly bytes: Uint8Array
  readonly sizes: readonly (number | null)[]
}

/** The thread's side of `small-pictures.ts`. */
export function serveSmallPictures(channel: Channel): void {
  serveCalls(channel, {
    read: ({ addresses }: { readonly addresses: readonly string[] }): SmallPictures => {
      const pictures = addresses.map(readSmallPicture)
      return {
        bytes: Buffer.concat(pictures.filter((picture) => picture !== null)),
        sizes: pictures.map((picture) => picture?.length ?? null),
      }
    },
  })
}

/** Null for whatever is out of the ordinary: `readPictureBytes` then finds the words for it. */
function readSmallPicture(address: string): Buffer | null {
  const { path, part } = fromPictureAddress(address)
  if (part?.kind === 'cell') return null
  try {
    // Before it is opened: a pipe may never end.
    const stats = statSync(path)
    const sizeBytes = part === null ? stats.size : part.sizeBytes
    if (!stats.isFile() || sizeBytes > MAX_SMALL_BYTES) return null
    const file = openSync(path, 'r')
    try {
      const bytes = Buffer.allocUnsafe(sizeBytes)
      const offset = part === null ? 0 : part.offset
      return readSync(file, bytes, 0, sizeBytes, offset) === sizeBytes ? bytes : null
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}
