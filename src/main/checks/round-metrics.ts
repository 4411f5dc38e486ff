import { createDraw } from './random-draw.ts'

/** A mean with the ends of its interval. */
export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

const RESAMPLES = 1_000
const CONFIDENCE = 0.95

/**
 * How much the same images changed from before to after, with the 95 % interval of the paired bootstrap (percentile
 * method, B. Efron, 1979). The seed decides what is drawn. Null for no pairs, or for lists of different length.
 */
export function pairedChange(
  before: readonly number[],
  after: readonly number[],
  seed: number,
): Interval | null {
  if (before.length === 0 || before.length !== after.length) return null
  const changes = after.map((value, index) => value - (before[index] ?? 0))
  const draw = createDraw(seed)
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let count = 0; count < changes.length; count += 1) {
      sum += changes[Math.floor(draw() * changes.length)] ?? 0
    }
    return sum / changes.length
  }).sort((left, right) => left - right)
  const tail = (1 - CONFIDENCE) / 2
  const at = (share: number): number => means[Math.round(share * (RESAMPLES - 1))] ?? 0
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length
  return { mean, low: at(tail), high: at(1 - tail) }
}
