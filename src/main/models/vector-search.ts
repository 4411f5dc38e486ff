import { stat } from 'node:fs/promises'
import { findNearVectors } from './near-vectors.ts'
import { findNearest } from './nearest.ts'
import { readBlocks } from './vector-file.ts'
import type { BlockBody } from './vector-format.ts'

/** Direction to look in: vectors that are added with their weights; a negative weight is a minus term. */
export type SearchTerm =
  | { readonly kind: 'vector'; readonly vector: Float32Array; readonly weight: number }
  | { readonly kind: 'image'; readonly imageId: number; readonly weight: number }

export interface SearchRequest {
  readonly path: string
  readonly dimension: number
  readonly terms: readonly SearchTerm[]
  readonly count: number
  /** Only these images, ascending; null for all. */
  readonly among: Uint32Array | null
  readonly except: readonly number[]
}

export interface SearchHit {
  readonly imageId: number
  /** Cosine, -1 to 1. */
  readonly score: number
  /** The content that the vector was made of. */
  readonly hash: string
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[]
  /** Images in the file. */
  readonly covered: number
  /** The file ends in the middle of something; what came before was searched. */
  readonly isCut: boolean
  /** Images that were named as terms but have no vector. */
  readonly unknownIds: readonly number[]
}

export interface NearImagesRequest {
  readonly path: string
  readonly dimension: number
  /** One of VECTOR_BANDS looks, which together find what there is to find. */
  readonly band: number
  readonly cosine: number
}

/** Images whose vectors are nearly the same; see `near-vectors.ts`. */
export interface NearImages {
  readonly links: readonly {
    readonly imageIds: readonly [number, number]
    /** The contents that the vectors were made of. */
    readonly hashes: readonly [string, string]
    readonly cosine: number
  }[]
  /** Images in the file. */
  readonly covered: number
}

const GROWTH = 1.5
const HASH_BYTES = 32

/** The vectors of one file in memory, read on when the file grows. An image's newest vector counts. */
export class VectorSet {
  readonly #path: string
  readonly #dimension: number
  #matrix = new Int8Array(0)
  #hashes = new Uint8Array(0)
  #ids = new Uint32Array(0)
  readonly #rowOf = new Map<number, number>()
  #count = 0
  #endBytes = 0
  #isCut = false
  #identity = ''
  #reading: Promise<void> | null = null

  constructor(path: string, dimension: number) {
    this.#path = path
    this.#dimension = dimension
  }

  get memoryBytes(): number {
    return this.#matrix.byteLength + this.#hashes.byteLength + this.#ids.byteLength
  }

  async search(request: SearchRequest): Promise<SearchAnswer> {
    await this.#refresh()
    const { query, unknownIds } = this.#aim(request.terms)
    const shared = { covered: this.#count, isCut: this.#isCut, unknownIds }
    if (query === null) return { hits: [], ...shared }
    const except = new Set(request.except)
    const neighbours = await findNearest({
      matrix: this.#matrix,
      dimension: this.#dimension,
      rowCount: this.#count,
      query,
      count: request.count + except.size,
      among: request.among === null ? null : this.#rowsOf(request.among),
    })
    const hits: SearchHit[] = []
    for (const { row, score } of neighbours) {
      const imageId = this.#ids[row] ?? 0
      if (except.has(imageId) || hits.length >= request.count) continue
      hits.push({ imageId, score, hash: this.#hashOf(row) })
    }
    return { hits, ...shared }
  }

  async findNear({ band, cosine }: NearImagesRequest): Promise<NearImages> {
    await this.#refresh()
    const covered = this.#count
    const rows = { matrix: this.#matrix, dimension: this.#dimension, rowCount: covered }
    const links = await findNearVectors(rows, { band, cosine })
    return {
      covered,
      links: links.map(({ left, right, cosine: found }) => ({
        imageIds: [this.#ids[left] ?? 0, this.#ids[right] ?? 0],
        hashes: [this.#hashOf(left), this.#hashOf(right)],
        cosine: found,
      })),
    }
  }

  /** The sum of all terms; null when nothing is left of it. */
  #aim(terms: readonly SearchTerm[]): {
    readonly query: Float32Array | null
    readonly unknownIds: readonly number[]
  } {
    const query = new Float32Array(this.#dimension)
    const unknownIds: number[] = []
    for (const term of terms) {
      if (term.kind === 'vector') {
        addScaled(query, term.vector, term.weight)
        continue
      }
      const row = this.#rowOf.get(term.imageId)
      if (row === undefined) unknownIds.push(term.imageId)
      else addScaled(query, this.#unitRow(row), term.weight)
    }
    return { query: query.some((value) => value !== 0) ? query : null, unknownIds }
  }

  #unitRow(row: number): Float32Array {
    const at = row * this.#dimension
    const values = Float32Array.from(this.#matrix.subarray(at, at + this.#dimension))
    const length = Math.hypot(...values)
    return length === 0 ? values : values.map((value) => value / length)
  }

  #rowsOf(imageIds: Uint32Array): Uint32Array {
    const rows = new Uint32Array(imageIds.length)
    let count = 0
    for (const imageId of imageIds) {
      const row = this.#rowOf.get(imageId)
      if (row === undefined) continue
      rows[count] = row
      count += 1
    }
    return rows.subarray(0, count).sort()
  }

  #hashOf(row: number): string {
    return Buffer.from(this.#hashes.buffer, row * HASH_BYTES, HASH_BYTES).toString('hex')
  }

  /** Two who ask at once wait for one reading. */
  #refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #read(): Promise<void> {
    const stats = await stat(this.#path).catch(() => null)
    const identity = stats === null ? '' : `${stats.dev} ${stats.ino}`
    if (identity !== this.#identity || (stats !== null && stats.size < this.#endBytes))
      this.#forget()
    this.#identity = identity
    if (stats === null || stats.size === this.#endBytes) return
    const rest = stats.size - this.#endBytes
    this.#reserve(this.#count + Math.ceil(rest / (HASH_BYTES + 8 + this.#dimension)))
    const { endBytes, isCut } = await readBlocks(this.#path, {
      dimension: this.#dimension,
      fromBytes: this.#endBytes,
      onBlock: (block) => this.#take(block),
    })
    this.#endBytes = endBytes
    this.#isCut = isCut
  }

  #take(block: BlockBody): void {
    this.#reserve(this.#count + block.count)
    for (let index = 0; index < block.count; index += 1) {
      const imageId = block.imageId(index)
      const known = this.#rowOf.get(imageId)
      const row = known ?? this.#count
      if (known === undefined) {
        this.#rowOf.set(imageId, row)
        this.#count += 1
      }
      this.#ids[row] = imageId
      this.#hashes.set(block.hash(index), row * HASH_BYTES)
      const from = index * this.#dimension
      this.#matrix.set(block.vectors.subarray(from, from + this.#dimension), row * this.#dimension)
    }
  }

  #reserve(rows: number): void {
    if (this.#ids.length >= rows) return
    const capacity = this.#count === 0 ? rows : Math.max(rows, Math.ceil(this.#ids.length * GROWTH))
    const matrix = new Int8Array(capacity * this.#dimension)
    matrix.set(this.#matrix.subarray(0, this.#count * this.#dimension))
    const hashes = new Uint8Array(capacity * HASH_BYTES)
    hashes.set(this.#hashes.subarray(0, this.#count * HASH_BYTES))
    const ids = new Uint32Array(capacity)
    ids.set(this.#ids.subarray(0, this.#count))
    this.#matrix = matrix
    this.#hashes = hashes
    this.#ids = ids
  }

  #forget(): void {
    this.#rowOf.clear()
    this.#count = 0
    this.#endBytes = 0
    this.#isCut = false
  }
}

function addScaled(sum: Float32Array, vector: Float32Array, weight: number): void {
  for (let index = 0; index < sum.length; index += 1) {
    sum[index] = (sum[index] ?? 0) + (vector[index] ?? 0) * weight
  }
}
