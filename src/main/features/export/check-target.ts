import { access, constants } from 'node:fs/promises'
import { AppError } from '../../../shared/errors.ts'
import { fromPictureAddress } from '../../base/picture-address.ts'
import type { ExportTarget } from '../../formats/format.ts'

/** Archives and tables of a source, each asked for once. */
const MAX_KNOWN = 1_000
const NO_BYTES = new Uint8Array()

/**
 * Takes what a writer writes and keeps nothing of it. Pictures are not read; that their files are there is asked of the
 * file system.
 */
export function createCheckTarget(): ExportTarget {
  const archives = new Map<string, Promise<void>>()
  const sink = { write: () => Promise.resolve(), close: () => Promise.resolve() }

  async function look(address: string): Promise<void> {
    const { path, part } = fromPictureAddress(address)
    if (part === null) return askFor(path)
    const known = archives.get(path) ?? askFor(path)
    // Whoever waits for it meets its error.
    known.catch(() => undefined)
    if (archives.size < MAX_KNOWN) archives.set(path, known)
    return known
  }

  return {
    openText: () => Promise.resolve(sink),
    openBytes: () => Promise.resolve(sink),
    rename: () => Promise.resolve(),
    concatenate: () => Promise.resolve(),
    async readPicture(from) {
      await look(from)
      return NO_BYTES
    },
    placeFile: ({ from }) => look(from),
  }
}

async function askFor(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK)
  } catch (cause) {
    throw new AppError(
      'IMAGE_FILE_MISSING',
      'The picture file is gone, or may not be read. Put it back and export again.',
      { cause },
    )
  }
}
