import { createHash, hash, subtle } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import { classifyReadError } from './file-errors.ts'
import { SNIFF_BYTES } from './sniff-format.ts'

/**
 * Up to this size a file is read once into memory, and hashed and decoded from there. Larger ones are hashed
 * as a stream and decoded from disk, so that a few of them at a time do not fill the memory.
 */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024

/** Hashing more than this at once (about a millisecond) would hold up the other files. */
const MAX_INLINE_HASH_BYTES = 1024 * 1024

export interface FileStats {
  readonly sizeBytes: number
  readonly mtimeMs: number
}

export interface ImageFile extends FileStats {
  readonly sha256: string
  readonly head: Uint8Array
  /** What the decoder gets: all bytes, or the path of a large file. */
  readonly source: Buffer | string
}

/** Refuses folders, pipes and devices (which may never end) before anything is opened. */
export async function statImageFile(path: string): Promise<FileStats> {
  const stats = await stat(path).catch((error: unknown) => {
    throw classifyReadError(error)
  })
  if (!stats.isFile()) {
    const what = stats.isDirectory() ? 'a folder' : 'a pipe or device'
    throw new AppError(
      'IMAGE_UNREADABLE',
      `An image file was expected, but this is ${what}. Name a file, then import the source again.`,
    )
  }
  return { sizeBytes: stats.size, mtimeMs: Math.trunc(stats.mtimeMs) }
}

export async function readImageFile(path: string, stats: FileStats): Promise<ImageFile> {
  try {
    return stats.sizeBytes <= MAX_BUFFERED_BYTES
      ? await readWhole(path, stats)
      : await readLarge(path, stats)
  } catch (error) {
    throw classifyReadError(error)
  }
}

async function readWhole(path: string, stats: FileStats): Promise<ImageFile> {
  const bytes = await readFile(path)
  return {
    ...stats,
    sizeBytes: bytes.length,
    sha256: await hashBytes(bytes),
    head: bytes.subarray(0, SNIFF_BYTES),
    source: bytes,
  }
}

async function hashBytes(bytes: Buffer<ArrayBuffer>): Promise<string> {
  if (bytes.length <= MAX_INLINE_HASH_BYTES) return hash('sha256', bytes, 'hex')
  // In a thread of its own, which for few bytes costs more than the hash.
  return Buffer.from(await subtle.digest('SHA-256', bytes)).toString('hex')
}

async function readLarge(path: string, stats: FileStats): Promise<ImageFile> {
  const running = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    running.update(chunk as Buffer)
  }
  return { ...stats, sha256: running.digest('hex'), head: await readHead(path), source: path }
}

async function readHead(path: string): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const head = Buffer.alloc(SNIFF_BYTES)
    const { bytesRead } = await handle.read(head, 0, SNIFF_BYTES, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
