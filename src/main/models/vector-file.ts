import { mkdir, open, truncate, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PackRef } from '../../shared/domain/pack.ts'
import {
  BLOCK_HEADER_BYTES,
  decodeBlockBody,
  decodeBlockHeader,
  decodeHeader,
  encodeBlock,
  encodeHeader,
  HEADER_BYTES,
  recordBytes,
  type BlockBody,
  type VectorRecord,
} from './vector-format.ts'

/** Where a project keeps the vectors of a pack's revision; other revisions lie elsewhere and never mix. */
export function vectorFilePath(cacheFolder: string, pack: PackRef): string {
  return join(cacheFolder, 'vectors', pack.id, pack.revision, 'images.vec')
}

/** Up to where a file was read. */
export interface ReadEnd {
  readonly endBytes: number
  /** More bytes follow that are no whole block: the file was cut short or damaged. */
  readonly isCut: boolean
}

/**
 * Reads blocks from `fromBytes` on (0 is the start) up to the first that is not whole. A file that is missing, or was
 * made for another dimension, has none; then `endBytes` is 0.
 */
export async function readBlocks(
  path: string,
  options: {
    readonly dimension: number
    readonly fromBytes: number
    readonly onBlock: (block: BlockBody) => void
    readonly signal?: AbortSignal
  },
): Promise<ReadEnd> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
  if (handle === null) return { endBytes: 0, isCut: false }
  try {
    const header = await readAt(handle, 0, HEADER_BYTES)
    if (decodeHeader(header) !== options.dimension) {
      return { endBytes: 0, isCut: header.length > 0 }
    }
    let at = Math.max(options.fromBytes, HEADER_BYTES)
    for (;;) {
      options.signal?.throwIfAborted()
      const head = await readAt(handle, at, BLOCK_HEADER_BYTES)
      if (head.length === 0) return { endBytes: at, isCut: false }
      const block = decodeBlockHeader(head)
      if (block === null) return { endBytes: at, isCut: true }
      const length = block.count * recordBytes(options.dimension)
      const body = await readAt(handle, at + BLOCK_HEADER_BYTES, length)
      const decoded = body.length === length ? decodeBlockBody(body, block) : null
      if (decoded === null) return { endBytes: at, isCut: true }
      options.onBlock(decoded)
      at += BLOCK_HEADER_BYTES + length
    }
  } finally {
    await handle.close()
  }
}

/** Appends to a vector file and knows what it holds. One at a time for each file. */
export class VectorWriter {
  readonly #path: string
  readonly #dimension: number
  /** The newest content hash of each image. */
  readonly #hashes = new Map<number, string>()
  /** How many bytes of a damaged end were thrown away. */
  readonly droppedBytes: number
  #endBytes: number

  private constructor(options: {
    readonly path: string
    readonly dimension: number
    readonly endBytes: number
    readonly droppedBytes: number
    readonly hashes: Map<number, string>
  }) {
    this.#path = options.path
    this.#dimension = options.dimension
    this.#endBytes = options.endBytes
    this.droppedBytes = options.droppedBytes
    this.#hashes = options.hashes
  }

  /** Opens or makes the file; what is behind the last whole block is cut off. */
  static async open(path: string, dimension: number, signal?: AbortSignal): Promise<VectorWriter> {
    const hashes = new Map<number, string>()
    const { endBytes } = await readBlocks(path, {
      dimension,
      fromBytes: 0,
      ...(signal === undefined ? {} : { signal }),
      onBlock(block) {
        for (let index = 0; index < block.count; index += 1) {
          hashes.set(block.imageId(index), shorten(block.hash(index).toString('hex')))
        }
      },
    })
    await mkdir(dirname(path), { recursive: true })
    const handle = await open(path, 'a')
    let sizeBytes: number
    try {
      sizeBytes = (await handle.stat()).size
    } finally {
      await handle.close()
    }
    if (sizeBytes > endBytes) await truncate(path, endBytes)
    if (endBytes === 0) await append(path, encodeHeader(dimension))
    return new VectorWriter({
      path,
      dimension,
      endBytes: Math.max(endBytes, HEADER_BYTES),
      droppedBytes: sizeBytes - endBytes,
      hashes,
    })
  }

  /** How many images a file covers, without opening it for writing. */
  static async count(path: string, dimension: number): Promise<number> {
    const images = new Set<number>()
    await readBlocks(path, {
      dimension,
      fromBytes: 0,
      onBlock(block) {
        for (let index = 0; index < block.count; index += 1) images.add(block.imageId(index))
      },
    })
    return images.size
  }

  get count(): number {
    return this.#hashes.size
  }

  get sizeBytes(): number {
    return this.#endBytes
  }

  has(image: { readonly imageId: number; readonly hash: string }): boolean {
    return this.#hashes.get(image.imageId) === shorten(image.hash)
  }

  async append(records: readonly VectorRecord[]): Promise<void> {
    if (records.length === 0) return
    const block = encodeBlock(records, this.#dimension)
    await append(this.#path, block)
    this.#endBytes += block.length
    for (const { imageId, hash } of records) this.#hashes.set(imageId, shorten(hash))
  }
}

/** Half of a SHA-256 tells a million images apart as well as all of it, in half the memory. */
function shorten(hash: string): string {
  return hash.slice(0, 32)
}

async function append(path: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'a')
  try {
    await handle.writeFile(bytes)
  } finally {
    await handle.close()
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
