import { createDraw } from './random-draw.ts'

/** A mean with the ends of its interval. */
export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** What one image adds to a share of all: its part, of its whole. */
export interface Portion {
  readonly part: number
  readonly whole: number
}

const RESAMPLES = 1_000
const CONFIDENCE = 0.95

/**
 * The share that all images together have, with the 95 % interval of the bootstrap by image (percentile method, B. Efron,
 * 1979): words and units of one image are not independent. A mean is a share whose wholes are 1. The seed decides
 * what is drawn. Null where there is nothing to divide by.
 */
export function shareInterval(portions: readonly Portion[], seed: number): Interval | null {
  const known = portions.filter(({ whole }) => whole > 0)
  if (known.length === 0) return null
  const draw = createDraw(seed)
  const shares = Array.from({ length: RESAMPLES }, () => {
    let [part, whole] = [0, 0]
    for (let count = 0; count < known.length; count += 1) {
      const drawn = known[Math.floor(draw() * known.length)]
      part += drawn?.part ?? 0
      whole += drawn?.whole ?? 0
    }
    return part / whole
  }).sort((left, right) => left - right)
  const tail = (1 - CONFIDENCE) / 2
  const at = (share: number): number => shares[Math.round(share * (RESAMPLES - 1))] ?? 0
  const sum = (of: keyof Portion): number => known.reduce((total, one) => total + one[of], 0)
  return { mean: sum('part') / sum('whole'), low: at(tail), high: at(1 - tail) }
}

/** The mean of what is known, with its interval as `shareInterval` gives it; null values are left out. */
export function meanInterval(values: readonly (number | null)[], seed: number): Interval | null {
  const known = values.flatMap((value) => (value === null ? [] : { part: value, whole: 1 }))
  return shareInterval(known, seed)
}

/**
 * How much the same images changed from before to after, with the interval of the paired bootstrap. Null for no pairs,
 * or for lists of different length.
 */
export function pairedChange(
  before: readonly number[],
  after: readonly number[],
  seed: number,
): Interval | null {
  if (before.length !== after.length) return null
  return meanInterval(
    after.map((value, index) => value - (before[index] ?? 0)),
    seed,
  )
}
