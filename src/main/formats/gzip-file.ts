import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

const CHUNK_BYTES = 256 * 1024

/** A path without the ending that says that the file is packed: what is in `x.tsv.gz` is a `x.tsv`. */
export function nameWithoutGzip(path: string): string {
  return path.replace(/\.gz$/i, '')
}

/** Streams a file's bytes, unpacked where its name ends with `.gz`; the memory does not grow with either. */
export function readFileBytes(path: string, signal?: AbortSignal): AsyncIterable<Buffer> {
  const file = createReadStream(path, {
    highWaterMark: CHUNK_BYTES,
    ...(signal === undefined ? {} : { signal }),
  })
  if (nameWithoutGzip(path) === path) return file
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES })
  // Errors of the file reach whoever reads what is unpacked.
  pipeline(file, unpacked, () => undefined)
  return unpacked
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
