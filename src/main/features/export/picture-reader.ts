import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromPictureAddress } from '../../base/picture-address.ts'
import type { MediaClient } from '../../media/client.ts'
import { readPictureBytes } from '../../media/image-file.ts'

export type ReadPicture = (address: string) => Promise<Uint8Array>

/**
 * Reads pictures for an export. A cell of a Parquet file is decoded by the media process, which ends what hangs or takes
 * too much memory; this thread would stand still with it.
 */
export function createPictureReader(media: Pick<MediaClient, 'copy'>): ReadPicture {
  return async (address) => {
    if (fromPictureAddress(address).part?.kind !== 'cell') return readPictureBytes(address)
    const folder = await mkdtemp(join(tmpdir(), 'realign-cell-'))
    try {
      const target = join(folder, 'picture')
      await media.copy({ path: address, target })
      return await readFile(target)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
