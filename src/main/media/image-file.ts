import { createHash, hash, subtle } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import { readStretch } from '../base/file-slices.ts'
import { fromPictureAddress, type PicturePart } from '../base/picture-address.ts'
import { classifyReadError } from './file-errors.ts'
import { readParquetCell } from './parquet-cell.ts'
import { SNIFF_BYTES } from './sniff-format.ts'

/**
 * Up to this size a file is read once into memory, and hashed and decoded from there. Larger ones are hashed
 * as a stream and decoded from disk, so that a few of them at a time do not fill the memory.
 */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024
const MAX_WHOLE_BYTES = 512 * 1024 * 1024

/** Hashing more than this at once (about a millisecond) would hold up the other files. */
const MAX_INLINE_HASH_BYTES = 1024 * 1024

/** Of the picture and, for one in a container, the container's time. */
export interface FileStats {
  /** Null where only reading it tells. */
  readonly sizeBytes: number | null
  readonly mtimeMs: number
}

export interface ImageFile extends FileStats {
  readonly sizeBytes: number
  readonly sha256: string
  readonly head: Uint8Array
  /** What the decoder gets: all bytes, or the path of a large file. */
  readonly source: Buffer | string
}

/**
 * Refuses folders, pipes and devices (which may never end) before anything is opened. `address` is a path, or a place
 * in a container (`base/picture-address.ts`).
 */
export async function statImageFile(address: string): Promise<FileStats> {
  const { path, part } = fromPictureAddress(address)
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
  const mtimeMs = Math.trunc(stats.mtimeMs)
  switch (part?.kind) {
    case undefined:
      return { sizeBytes: stats.size, mtimeMs }
    case 'bytes':
      if (part.offset + part.sizeBytes > stats.size) throw cutContainerError()
      return { sizeBytes: part.sizeBytes, mtimeMs }
    case 'cell':
      return { sizeBytes: null, mtimeMs }
  }
}

export async function readImageFile(address: string, stats: FileStats): Promise<ImageFile> {
  const { path, part } = fromPictureAddress(address)
  try {
    if (part !== null) return await inMemory(await readPart(path, part), stats)
    return (stats.sizeBytes ?? 0) <= MAX_BUFFERED_BYTES
      ? await inMemory(await readFile(path), stats)
      : await readLarge(path, stats)
  } catch (error) {
    throw classifyReadError(error)
  }
}

/** The bytes of a picture as they are, up to 512 MiB. Throws AppError for one that cannot be read. */
export async function readPictureBytes(address: string): Promise<Buffer<ArrayBuffer>> {
  const { path, part } = fromPictureAddress(address)
  const { sizeBytes } = await statImageFile(address)
  if ((sizeBytes ?? 0) > MAX_WHOLE_BYTES) throw tooLargeError(MAX_WHOLE_BYTES)
  try {
    return part === null ? await readFile(path) : await readPart(path, part)
  } catch (error) {
    throw classifyReadError(error)
  }
}

/** A container is read by one decoder for many pictures, so that none of its pictures is decoded from the disk. */
async function readPart(path: string, part: PicturePart): Promise<Buffer<ArrayBuffer>> {
  if (part.kind === 'cell') return readParquetCell(path, part)
  if (part.sizeBytes > MAX_BUFFERED_BYTES) throw tooLargeError(MAX_BUFFERED_BYTES)
  const file = await open(path, 'r')
  try {
    const bytes = await readStretch(file, part.offset, part.sizeBytes)
    if (bytes.length < part.sizeBytes) throw cutContainerError()
    return Buffer.from(bytes.buffer, 0, bytes.length)
  } finally {
    await file.close()
  }
}

function cutContainerError(): AppError {
  return new AppError(
    'IMAGE_UNREADABLE',
    'The file that holds the image ends before the image does. Fetch or copy it again, then import the source again.',
  )
}

function tooLargeError(limitBytes: number): AppError {
  return new AppError(
    'IMAGE_TOO_LARGE',
    `The image has more than ${limitBytes / 1024 / 1024} MiB, which is more than is read from within a container or written into one. Keep it as a file of its own, then import the source again.`,
  )
}

async function inMemory(bytes: Buffer<ArrayBuffer>, stats: FileStats): Promise<ImageFile> {
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
  let sizeBytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    running.update(chunk as Buffer)
    sizeBytes += (chunk as Buffer).length
  }
  const sha256 = running.digest('hex')
  return { ...stats, sizeBytes, sha256, head: await readHead(path), source: path }
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
