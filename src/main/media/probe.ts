import { AppError } from '../../shared/errors.ts'
import { type FileStats, readImageFile, statImageFile } from './image-file.ts'
import { HASH_SIDE, hashGreySquare } from './perceptual-hash.ts'
import { type Picture, openPicture } from './picture.ts'
import type { Probe, ProbeArgs } from './requests.ts'

/**
 * Reads a file once for its hash and its picture facts, and decodes all of it, so that a file that would fail
 * later fails now. A file that is no usable picture is an answer, not an error.
 */
export async function probeImage({ path }: ProbeArgs): Promise<Probe> {
  let stats: FileStats | null = null
  let sha256: string | null = null
  try {
    stats = await statImageFile(path)
    const file = await readImageFile(path, stats)
    sha256 = file.sha256
    const picture = openPicture(file)
    const facts = await picture.readFacts()
    return {
      ok: true,
      sha256,
      sizeBytes: file.sizeBytes,
      mtimeMs: stats.mtimeMs,
      ...facts,
      format: picture.format,
      perceptualHash: await hashPicture(picture),
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return {
      ok: false,
      code: error.code,
      message: error.message,
      sizeBytes: stats?.sizeBytes ?? null,
      mtimeMs: stats?.mtimeMs ?? null,
      sha256,
    }
  }
}

async function hashPicture(picture: Picture): Promise<string> {
  const grey = await picture.decode((pipeline) =>
    pipeline
      // Transparent places count as a white page.
      .flatten({ background: '#ffffff' })
      .resize(HASH_SIDE, HASH_SIDE, { fit: 'fill' })
      .toColourspace('b-w')
      .raw()
      .toBuffer(),
  )
  return hashGreySquare(grey)
}
