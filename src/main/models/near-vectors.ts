import { DisjointSets } from '../base/disjoint-sets.ts'

/** Two rows of a matrix whose vectors point nearly the same way. */
export interface VectorLink {
  readonly left: number
  readonly right: number
  readonly cosine: number
}

interface Matrix {
  /** Rows of `dimension` 8-bit numbers. */
  readonly matrix: Int8Array
  readonly dimension: number
  readonly rowCount: number
}

/** Each band alone finds about a quarter of the pairs that are only just near enough; all together nearly all. */
export const VECTOR_BANDS = 12
/** Up to so many rows each is compared with each, in the first band. */
const MAX_EXACT_ROWS = 1_500
/** More bits make buckets of a few rows each; a million rows need 20. */
const MAX_BITS = 20
const SAMPLE_ROWS = 2_048
/** Rows looked at between two pauses, in which searches are answered. */
const STRIDE = 2_048

/**
 * Pairs of rows with at least this cosine, enough of them that whatever belongs together hangs together. Rows are put in
 * buckets by which side of some planes they lie on, and compared with those of their own bucket and of the buckets
 * one plane away: locality-sensitive hashing (M. Charikar, "Similarity Estimation Techniques from Rounding Algorithms",
 * 2002) with sparse planes (P. Li and others, "Very Sparse Random Projections", 2006), each put where half of the rows
 * lie, because the vectors of one model all lean one way. Bands 0 to VECTOR_BANDS - 1 have other planes each.
 */
export async function findNearVectors(
  rows: Matrix,
  wish: { readonly band: number; readonly cosine: number },
): Promise<readonly VectorLink[]> {
  const lengths = measureLengths(rows)
  const links = new Links(rows, lengths, wish.cosine)
  if (rows.rowCount <= MAX_EXACT_ROWS) {
    for (let right = 0; wish.band === 0 && right < rows.rowCount; right += 1) {
      if (right % STRIDE === STRIDE - 1) await pause()
      for (let left = 0; left < right; left += 1) links.compare(left, right)
    }
    return links.found
  }
  const bits = Math.min(MAX_BITS, Math.ceil(Math.log2(rows.rowCount)))
  const planes = placePlanes(rows, lengths, { band: wish.band, bits })
  const first = new Int32Array(2 ** bits).fill(-1)
  const next = new Int32Array(rows.rowCount).fill(-1)
  for (let row = 0; row < rows.rowCount; row += 1) {
    if (row % STRIDE === STRIDE - 1) await pause()
    const length = lengths[row] ?? 0
    if (length === 0) continue
    const code = codeOf(rows, row, { planes, length })
    for (let bit = -1; bit < bits; bit += 1) {
      const bucket = bit < 0 ? code : code ^ (1 << bit)
      for (let other = first[bucket] ?? -1; other >= 0; other = next[other] ?? -1) {
        links.compare(other, row)
      }
    }
    next[row] = first[code] ?? -1
    first[code] = row
  }
  return links.found
}

/** The pairs so far; those that hang together already are not compared again. */
class Links {
  readonly found: VectorLink[] = []
  readonly #rows: Matrix
  readonly #lengths: Float32Array
  readonly #cosine: number
  readonly #sets: DisjointSets

  constructor(rows: Matrix, lengths: Float32Array, cosine: number) {
    this.#rows = rows
    this.#lengths = lengths
    this.#cosine = cosine
    this.#sets = new DisjointSets(rows.rowCount)
  }

  compare(left: number, right: number): void {
    if (this.#sets.find(left) === this.#sets.find(right)) return
    const lengths = (this.#lengths[left] ?? 0) * (this.#lengths[right] ?? 0)
    if (lengths === 0) return
    const cosine = dot(this.#rows, left, right) / lengths
    if (cosine < this.#cosine) return
    this.#sets.join(left, right)
    this.found.push({ left, right, cosine: Math.min(1, cosine) })
  }
}

interface Plane {
  readonly plus: Uint16Array
  readonly minus: Uint16Array
  /** Where it cuts the direction it looks in; half of the rows lie on either side. */
  readonly offset: number
}

function placePlanes(
  rows: Matrix,
  lengths: Float32Array,
  { band, bits }: { readonly band: number; readonly bits: number },
): readonly Plane[] {
  const random = randomNumbers(band)
  const step = Math.max(1, Math.floor(rows.rowCount / SAMPLE_ROWS))
  return Array.from({ length: bits }, () => {
    const pick = (): Uint16Array =>
      Uint16Array.from(
        { length: Math.max(8, rows.dimension >> 4) },
        () => random() % rows.dimension,
      )
    const plane = { plus: pick(), minus: pick() }
    const sample: number[] = []
    for (let row = 0; row < rows.rowCount; row += step) {
      const length = lengths[row] ?? 0
      if (length > 0) sample.push(project(rows, row, plane) / length)
    }
    sample.sort((left, right) => left - right)
    return { ...plane, offset: sample[sample.length >> 1] ?? 0 }
  })
}

function codeOf(
  rows: Matrix,
  row: number,
  { planes, length }: { readonly planes: readonly Plane[]; readonly length: number },
): number {
  let code = 0
  for (const [bit, plane] of planes.entries()) {
    if (project(rows, row, plane) > plane.offset * length) code |= 1 << bit
  }
  return code
}

function project(
  { matrix, dimension }: Matrix,
  row: number,
  { plus, minus }: Pick<Plane, 'plus' | 'minus'>,
): number {
  const at = row * dimension
  let sum = 0
  for (const index of plus) sum += matrix[at + index] ?? 0
  for (const index of minus) sum -= matrix[at + index] ?? 0
  return sum
}

function dot({ matrix, dimension }: Matrix, left: number, right: number): number {
  const from = left * dimension
  const to = right * dimension
  let sum = 0
  for (let index = 0; index < dimension; index += 1) {
    sum += (matrix[from + index] ?? 0) * (matrix[to + index] ?? 0)
  }
  return sum
}

function measureLengths(rows: Matrix): Float32Array {
  return Float32Array.from({ length: rows.rowCount }, (_, row) => Math.sqrt(dot(rows, row, row)))
}

/** The same numbers for a band each time (xorshift). */
function randomNumbers(band: number): () => number {
  let state = 0x9e3779b9 ^ Math.imul(band + 1, 0x85ebca6b)
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
