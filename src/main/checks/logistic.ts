/** One row: what a unit's features are, whether the picture supports it, and how much the row counts. */
export interface LogisticRow {
  readonly features: readonly number[]
  readonly isSupported: boolean
  readonly weight: number
}

interface LogisticModel {
  readonly intercept: number
  /** In the order of the features. */
  readonly weights: readonly number[]
}

/** Strength of the pull to zero, in rows of evidence; stops weights of features that nearly repeat each other. */
const RIDGE = 1
const MOST_PASSES = 400
const TOLERANCE = 1e-6

/**
 * Logistic regression whose weights of the `nonNegative` features stay at or above zero, so that more support can never
 * lower a probability. Cyclic coordinate descent with the curvature's upper bound of a quarter (Böhning and Lindsay,
 * 1988), which goes downhill with every step, and a projection onto the bound after each.
 */
export function fitNonNegativeLogistic(
  rows: readonly LogisticRow[],
  nonNegative: readonly boolean[],
): LogisticModel {
  const weights: number[] = nonNegative.map(() => 0)
  const scores = new Float64Array(rows.length)
  const columns = nonNegative.map((_, column) =>
    Float64Array.from(rows, (row) => row.features[column] ?? 0),
  )
  const curvatures = columns.map((column) => RIDGE + 0.25 * sumOfSquares(rows, column))
  const ones = new Float64Array(rows.length).fill(1)
  const total = 0.25 * sumOfSquares(rows, ones)
  let intercept = 0
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const shift = total === 0 ? 0 : slopeAlong(rows, scores, ones) / total
    intercept += shift
    move(scores, ones, shift)
    let largest = Math.abs(shift)
    for (const [index, column] of columns.entries()) {
      const old = weights[index] ?? 0
      const step = (slopeAlong(rows, scores, column) - RIDGE * old) / (curvatures[index] ?? 1)
      const next = nonNegative[index] === true ? Math.max(0, old + step) : old + step
      if (next === old) continue
      weights[index] = next
      move(scores, column, next - old)
      largest = Math.max(largest, Math.abs(next - old))
    }
    if (largest < TOLERANCE) break
  }
  return { intercept, weights }
}

export function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score))
}

function sumOfSquares(rows: readonly LogisticRow[], column: Float64Array): number {
  return rows.reduce((sum, { weight }, index) => sum + weight * (column[index] ?? 0) ** 2, 0)
}

/** Derivative of the log likelihood along one feature. */
function slopeAlong(
  rows: readonly LogisticRow[],
  scores: Float64Array,
  column: Float64Array,
): number {
  let slope = 0
  for (const [index, { isSupported, weight }] of rows.entries()) {
    const residual = (isSupported ? 1 : 0) - logistic(scores[index] ?? 0)
    slope += weight * residual * (column[index] ?? 0)
  }
  return slope
}

function move(scores: Float64Array, column: Float64Array, step: number): void {
  for (let index = 0; index < scores.length; index += 1) {
    scores[index] = (scores[index] ?? 0) + step * (column[index] ?? 0)
  }
}
