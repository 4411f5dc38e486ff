import { crc32 } from 'node:zlib'

/**
 * A file of vectors: a header, then blocks that are only ever appended. A block holds some images, each with its content
 * hash, its id in the project, the scale of its vector and the vector in 8 bits. Every block has a checksum, so that a
 * file that was cut short is known, and everything before the cut is still good.
 */
const MAGIC = Buffer.from('RLNVEC01', 'latin1')
export const HEADER_BYTES = 16
export const BLOCK_HEADER_BYTES = 12
const BLOCK_MAGIC = 0x314b4c42
const HASH_BYTES = 32
/** More in one block is taken for damage. */
const MAX_BLOCK_COUNT = 65_536

export interface VectorRecord {
  readonly imageId: number
  /** Content hash, 64 hex digits. */
  readonly hash: string
  /** Of unit length. */
  readonly vector: Float32Array
}

export function encodeHeader(dimension: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(header)
  header.writeUInt32LE(dimension, 8)
  return header
}

/** The dimension, or null when this is no header of a vector file. */
export function decodeHeader(header: Buffer): number | null {
  if (header.length < HEADER_BYTES || !header.subarray(0, 8).equals(MAGIC)) return null
  return header.readUInt32LE(8)
}

export function recordBytes(dimension: number): number {
  return HASH_BYTES + 4 + 4 + dimension
}

export function encodeBlock(records: readonly VectorRecord[], dimension: number): Buffer {
  const count = records.length
  const block = Buffer.alloc(BLOCK_HEADER_BYTES + count * recordBytes(dimension))
  const body = block.subarray(BLOCK_HEADER_BYTES)
  const layout = layoutOf(count)
  for (const [index, { hash, imageId, vector }] of records.entries()) {
    body.write(hash, index * HASH_BYTES, HASH_BYTES, 'hex')
    body.writeUInt32LE(imageId, layout.ids + index * 4)
    const at = layout.vectors + index * dimension
    body.writeFloatLE(
      quantise(vector, body.subarray(at, at + dimension)),
      layout.scales + index * 4,
    )
  }
  block.writeUInt32LE(BLOCK_MAGIC, 0)
  block.writeUInt32LE(count, 4)
  block.writeUInt32LE(crc32(body), 8)
  return block
}

/** How many records a block has, or null when this is no block's header. */
export function decodeBlockHeader(
  header: Buffer,
): { readonly count: number; readonly checksum: number } | null {
  if (header.length < BLOCK_HEADER_BYTES || header.readUInt32LE(0) !== BLOCK_MAGIC) return null
  const count = header.readUInt32LE(4)
  if (count === 0 || count > MAX_BLOCK_COUNT) return null
  return { count, checksum: header.readUInt32LE(8) }
}

export interface BlockBody {
  readonly count: number
  readonly imageId: (index: number) => number
  readonly hash: (index: number) => Buffer
  readonly vectors: Int8Array
}

/** Null when the bytes are not those that were written. */
export function decodeBlockBody(
  body: Buffer,
  header: { readonly count: number; readonly checksum: number },
): BlockBody | null {
  if (crc32(body) !== header.checksum) return null
  const { count } = header
  const layout = layoutOf(count)
  return {
    count,
    imageId: (index) => body.readUInt32LE(layout.ids + index * 4),
    hash: (index) => body.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
    vectors: new Int8Array(
      body.buffer,
      body.byteOffset + layout.vectors,
      body.length - layout.vectors,
    ),
  }
}

/** Puts hashes, ids, scales and vectors one after another, so that vectors can be taken out in one piece. */
function layoutOf(count: number) {
  const ids = count * HASH_BYTES
  const scales = ids + count * 4
  return { ids, scales, vectors: scales + count * 4 }
}

/** 8 bits with the largest number of the vector as 127; answers what one step is worth. */
function quantise(vector: Float32Array, into: Uint8Array | Int8Array): number {
  let largest = 0
  for (const value of vector) largest = Math.max(largest, Math.abs(value))
  const factor = largest === 0 ? 0 : 127 / largest
  for (let index = 0; index < vector.length; index += 1) {
    into[index] = Math.round((vector[index] ?? 0) * factor)
  }
  return largest / 127
}
