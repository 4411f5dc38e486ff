import type { KindTable } from './calibration-table.ts'

interface Judged {
  readonly probability: number
  readonly isSupported: boolean
}

type Bin = KindTable['bins'][number]

const BINS = 10

/** Ten bins of equal width, those without units left out. */
export function reliabilityBins(samples: readonly Judged[]): readonly Bin[] {
  const groups = Map.groupBy(samples, ({ probability }) =>
    Math.min(BINS - 1, Math.floor(probability * BINS)),
  )
  return [...groups.entries()]
    .sort(([left], [right]) => left - right)
    .map(([, units]) => ({
      probability: units.reduce((sum, { probability }) => sum + probability, 0) / units.length,
      share: units.filter(({ isSupported }) => isSupported).length / units.length,
      count: units.length,
    }))
}

/** Expected calibration error: how far probabilities lie from shares, over the bins by their counts. 0 where nothing is. */
export function calibrationError(bins: readonly Bin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return 0
  const off = bins.reduce(
    (sum, { probability, share, count }) => sum + count * Math.abs(probability - share),
    0,
  )
  return off / total
}
