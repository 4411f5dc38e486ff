import type { ImageId } from '../../../shared/domain/ids.ts'
import type { Db } from '../../db/client.ts'
import { readHash, type HashColumns } from '../../curation/near-hashes.ts'

const PAGE = 5_000
const HASH_START = 8

/** The readable images of a project in columns of numbers: 16 bytes an image, whatever their texts and names. */
export interface HashedImages extends HashColumns {
  readonly ids: Uint32Array
  /** The first 32 bits of each content hash: enough to see that a picture has changed. */
  readonly contents: Uint32Array
}

export async function readHashedImages(
  db: Db,
  options: { readonly signal: AbortSignal },
): Promise<HashedImages> {
  const columns = { ids: new Grown(), contents: new Grown(), high: new Grown(), low: new Grown() }
  let after = 0
  for (;;) {
    options.signal.throwIfAborted()
    const page = await db.read.listPerceptualHashes({ after, limit: PAGE })
    const last = page.at(-1)
    if (last === undefined) break
    after = last.id
    const part = { count: 1, high: new Uint32Array(1), low: new Uint32Array(1) }
    for (const { id, contentHash, perceptualHash } of page) {
      readHash(perceptualHash, part, 0)
      columns.ids.push(id)
      columns.contents.push(startOf(contentHash))
      columns.high.push(part.high[0] ?? 0)
      columns.low.push(part.low[0] ?? 0)
    }
  }
  return {
    count: columns.ids.length,
    ids: columns.ids.values(),
    contents: columns.contents.values(),
    high: columns.high.values(),
    low: columns.low.values(),
  }
}

/** The position of an image that still shows what the hash says; null for others. */
export function positionOf(
  images: HashedImages,
  image: { readonly id: number; readonly hash: string },
): number | null {
  let from = 0
  let to = images.count
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((images.ids[middle] ?? 0) < image.id) from = middle + 1
    else to = middle
  }
  const isIt = images.ids[from] === image.id && images.contents[from] === startOf(image.hash)
  return isIt ? from : null
}

export function imageAt(images: HashedImages, position: number): ImageId {
  // A checked position of the column that row ids were written into.
  return (images.ids[position] ?? 0) as ImageId
}

function startOf(hash: string): number {
  return Number.parseInt(hash.slice(0, HASH_START), 16)
}

/** Numbers of 32 bits whose count is not known before. */
class Grown {
  #values = new Uint32Array(1_024)
  length = 0

  push(value: number): void {
    if (this.length === this.#values.length) {
      const more = new Uint32Array(this.length * 2)
      more.set(this.#values)
      this.#values = more
    }
    this.#values[this.length] = value
    this.length += 1
  }

  values(): Uint32Array {
    return this.#values.subarray(0, this.length)
  }
}
