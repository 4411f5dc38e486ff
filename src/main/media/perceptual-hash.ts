/** Side of the grey square that is hashed. */
export const HASH_SIDE = 32
const KEPT_SIDE = 8

// COSINES[u][x] of the discrete cosine transform (type II), for the few low frequencies that are kept.
const COSINES = Array.from({ length: KEPT_SIDE }, (_, frequency) =>
  Array.from({ length: HASH_SIDE }, (__, x) =>
    Math.cos(((2 * x + 1) * frequency * Math.PI) / (2 * HASH_SIDE)),
  ),
)

/**
 * DCT hash of a 32 x 32 grey picture, row by row: one bit for each of the 8 x 8 lowest frequencies, set where the
 * coefficient is above the median of them all but the mean brightness. As 16 hex digits, first bit the
 * mean. Scaling, recompression and brightness change few of the bits. After C. Zauner, "Implementation and
 * Benchmarking of Perceptual Image Hash Functions" (2010), 3.2.1, with the picture scaled down by averaging in
 * place of the mean filter.
 */
export function hashGreySquare(grey: Uint8Array): string {
  const coefficients = lowFrequencies(grey)
  const median = medianOf(coefficients.slice(1))
  let bits = 0n
  for (const coefficient of coefficients) bits = (bits << 1n) | (coefficient > median ? 1n : 0n)
  return bits.toString(16).padStart(16, '0')
}

/** Rows first, then columns; of both only the frequencies that are kept. */
function lowFrequencies(grey: Uint8Array): number[] {
  const rows: number[][] = []
  for (let y = 0; y < HASH_SIDE; y++) {
    const row = grey.subarray(y * HASH_SIDE, (y + 1) * HASH_SIDE)
    rows.push(COSINES.map((cosines) => sumOf(cosines, (x) => row[x] ?? 0)))
  }
  return COSINES.flatMap((cosines) =>
    COSINES.map((_, frequency) => sumOf(cosines, (y) => rows[y]?.[frequency] ?? 0)),
  )
}

function sumOf(cosines: readonly number[], valueAt: (index: number) => number): number {
  // A flat picture must give zeros, not the rounding noise of sums that cancel out.
  const sum = cosines.reduce((total, cosine, index) => total + cosine * valueAt(index), 0)
  return Math.abs(sum) < 1e-6 ? 0 : sum
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}
