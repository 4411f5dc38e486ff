import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

const CHUNK_BYTES = 256 * 1024
/** Packed bytes at a time: what they unpack to is held at once, and that is a thousand times as much at most. */
const PACKED_BYTES = 16 * 1024
/** Unpacked bytes at a time: those in which damage is met are lost. */
const UNPACKED_BYTES = 16 * 1024

/** A path without the ending that says that the file is packed: what is in `x.tsv.gz` is a `x.tsv`. */
export function nameWithoutGzip(path: string): string {
  return path.replace(/\.gz$/i, '')
}

/**
 * Streams a file's bytes, unpacked where its name ends with `.gz`; the memory does not grow with either. Of a packed
 * file that is cut it gives all bytes before that, of a damaged one all but the last few thousand, and then throws an
 * error that `isBadPack` knows.
 */
export function readFileBytes(path: string, signal?: AbortSignal): AsyncIterable<Buffer> {
  const isPacked = nameWithoutGzip(path) !== path
  const file = createReadStream(path, {
    highWaterMark: isPacked ? PACKED_BYTES : CHUNK_BYTES,
    ...(signal === undefined ? {} : { signal }),
  })
  return isPacked ? unpack(file) : file
}

/** Whether a packed file could not be unpacked to its end. */
export function isBadPack(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return 'code' in error && String(error.code).startsWith('Z_')
}

/** Feeds the unpacker by hand: as a stream it would drop, with an error, what it has unpacked and not handed on. */
async function* unpack(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES })
  const ready: Buffer[] = []
  const problems: Error[] = []
  gunzip.on('data', (bytes: Buffer) => ready.push(bytes))
  gunzip.on('error', (error) => problems.push(error))
  // With an error it closes too, and what it has unpacked is handed on first.
  const ended = new Promise<void>((resolve) => gunzip.once('close', resolve))
  try {
    for await (const bytes of packed) {
      const written = new Promise<void>((resolve) => gunzip.write(bytes, () => resolve()))
      await Promise.race([written, ended])
      if (ready.length > 0) yield Buffer.concat(ready.splice(0))
      for (const problem of problems) throw problem
    }
    gunzip.end()
    await ended
    if (ready.length > 0) yield Buffer.concat(ready.splice(0))
    for (const problem of problems) throw problem
  } finally {
    gunzip.destroy()
  }
}

/** The first bytes of an unpacked file, `count` at most; none for what cannot be read. */
export async function readFirstBytes(path: string, count: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of readFileBytes(path)) {
      parts.push(chunk)
      length += chunk.length
      if (length >= count) break
    }
  } catch {
    // Cut files have a beginning too.
  }
  return Buffer.concat(parts).subarray(0, count)
}
