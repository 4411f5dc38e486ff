/** A row of the matrix and its cosine with the query. */
export interface Neighbour {
  readonly row: number
  readonly score: number
}

export interface NearestRequest {
  /** Rows of `dimension` 8-bit numbers. */
  readonly matrix: Int8Array
  readonly dimension: number
  readonly rowCount: number
  readonly query: Float32Array
  readonly count: number
  /** Only these rows, ascending; null for all. */
  readonly among: Uint32Array | null
}

/** Answers row numbers, best first; `threads` 0 takes as many as there are cores. */
type ExactSearch = (
  matrix: Int8Array,
  query: Int8Array,
  how: { readonly dimension: number; readonly count: number; readonly threads: number },
) => readonly number[]

/** The library is looked for once. It has no files for some systems; then plain loops do the same, slower. */
let search: Promise<ExactSearch> | null = null

/** More are taken from the 8-bit search than wanted, and put in order with the full query. */
const SPARE = 32
/** Rows that a filter lets through are gathered in pieces that stay in the processor's cache. */
const PIECE_ROWS = 4_096
/** From this share of all rows on, gathering takes longer than searching everything. */
const DENSE_SHARE = 0.25
/** How many more of all rows are taken than would do if the filter's were spread evenly. */
const OVERFETCH = 2

/** The rows nearest to a query by cosine, best first; exact up to the rounding of the stored vectors. */
export async function findNearest(request: NearestRequest): Promise<readonly Neighbour[]> {
  search ??= loadSearch()
  const exactSearch = await search
  const { among } = request
  const rows =
    among === null
      ? searchAll(exactSearch, request)
      : (searchAllFor(exactSearch, request, among) ?? searchAmong(exactSearch, request, among))
  return rescore(rows, request)
}

/** The same without a library: what the others are compared with. */
export function findNearestPlainly(request: NearestRequest): readonly Neighbour[] {
  const { among, rowCount } = request
  const rows = among === null ? Array.from({ length: rowCount }, (_, row) => row) : [...among]
  return rescore(rows, request)
}

function searchAll(exactSearch: ExactSearch, request: NearestRequest): readonly number[] {
  const { matrix, dimension, rowCount, count, query } = request
  if (rowCount === 0) return []
  const rows = matrix.subarray(0, rowCount * dimension)
  return exactSearch(rows, toBytes(query), {
    dimension,
    count: Math.min(rowCount, count + SPARE),
    threads: 0,
  })
}

/**
 * A filter that lets many rows through: the best of all rows hold enough of them, unless those that it lets through are
 * far from the query. Null then.
 */
function searchAllFor(
  exactSearch: ExactSearch,
  request: NearestRequest,
  among: Uint32Array,
): readonly number[] | null {
  const { rowCount, count } = request
  if (among.length < rowCount * DENSE_SHARE) return null
  const wanted = Math.min(among.length, count + SPARE)
  const isIn = new Uint8Array(rowCount)
  for (const row of among) isIn[row] = 1
  const spread = Math.ceil((OVERFETCH * wanted * rowCount) / among.length)
  const found = searchAll(exactSearch, { ...request, count: spread }).filter(
    (row) => isIn[row] === 1,
  )
  return found.length >= wanted ? found.slice(0, wanted) : null
}

/** A filter that lets few rows through: they are gathered in pieces and searched alone. */
function searchAmong(
  exactSearch: ExactSearch,
  request: NearestRequest,
  among: Uint32Array,
): readonly number[] {
  const { matrix, dimension, count, query } = request
  const bytes = toBytes(query)
  const piece = new Int8Array(Math.min(PIECE_ROWS, among.length) * dimension)
  const found: number[] = []
  for (let from = 0; from < among.length; from += PIECE_ROWS) {
    const rows = among.subarray(from, from + PIECE_ROWS)
    for (let index = 0; index < rows.length; index += 1) {
      const at = (rows[index] ?? 0) * dimension
      piece.set(matrix.subarray(at, at + dimension), index * dimension)
    }
    const part = piece.subarray(0, rows.length * dimension)
    const wanted = Math.min(rows.length, count + SPARE)
    // Starting threads for a piece takes longer than searching it.
    for (const index of exactSearch(part, bytes, { dimension, count: wanted, threads: 1 })) {
      const row = rows[index]
      if (row !== undefined) found.push(row)
    }
  }
  return found
}

function rescore(rows: readonly number[], request: NearestRequest): readonly Neighbour[] {
  const { matrix, dimension, query, count } = request
  const scored = rows.map((row) => ({ row, score: cosine(matrix, row * dimension, query) }))
  scored.sort((left, right) => right.score - left.score || left.row - right.row)
  return scored.slice(0, count)
}

function cosine(matrix: Int8Array, at: number, query: Float32Array): number {
  let dot = 0
  let square = 0
  let querySquare = 0
  for (let index = 0; index < query.length; index += 1) {
    const value = matrix[at + index] ?? 0
    const wanted = query[index] ?? 0
    dot += value * wanted
    square += value * value
    querySquare += wanted * wanted
  }
  return square === 0 || querySquare === 0 ? 0 : dot / Math.sqrt(square * querySquare)
}

function toBytes(query: Float32Array): Int8Array {
  let largest = 0
  for (const value of query) largest = Math.max(largest, Math.abs(value))
  return Int8Array.from(query, (value) => (largest === 0 ? 0 : Math.round((value * 127) / largest)))
}

async function loadSearch(): Promise<ExactSearch> {
  try {
    const { exactSearch, MetricKind } = await import('usearch')
    return (matrix, query, { dimension, count, threads }) =>
      Array.from(exactSearch(matrix, query, dimension, count, MetricKind.Cos, threads).keys, Number)
  } catch {
    return searchPlainly
  }
}

function searchPlainly(
  matrix: Int8Array,
  query: Int8Array,
  { dimension, count }: { readonly dimension: number; readonly count: number },
): readonly number[] {
  const rowCount = matrix.length / dimension
  const all = findNearestPlainly({
    matrix,
    dimension,
    rowCount,
    query: Float32Array.from(query),
    count,
    among: null,
  })
  return all.map(({ row }) => row)
}
