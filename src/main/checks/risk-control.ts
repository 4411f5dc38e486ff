import type { KindTable } from './calibration-table.ts'
import { createDraw } from './random-draw.ts'

export type UnitStatus = 'supported' | 'unsure' | 'unsupported'

export interface JudgedSample {
  /** As the table gives it. */
  readonly probability: number
  readonly isSupported: boolean
  /** The image, or the group of images that look alike; units of one group are not independent. */
  readonly group: string
}

export interface RiskBounds {
  /** Most supported units among those called unsupported. */
  readonly falseAlarm: number
  /** Most unsupported units among those called supported. */
  readonly missed: number
  /** How sure each bound is, 0 to 1. */
  readonly confidence: number
}

/** What Realign promises of its marks. */
export const RISK_BOUNDS: RiskBounds = { falseAlarm: 0.2, missed: 0.1, confidence: 0.95 }

/** Fewer units than this decide nothing, however clean they are. */
const FIRST_RUNG = 30
/** Each rung of the ladder holds this many times the units of the one before. */
const RUNG_GROWTH = 1.1
const EVEN = 0.5

/** The status of a unit; where a limit is null nobody gets that status. */
export function decide(
  probability: number,
  limits: Pick<KindTable, 'unsupportedAt' | 'supportedAt'>,
): UnitStatus {
  const { unsupportedAt, supportedAt } = limits
  if (unsupportedAt !== null && probability <= unsupportedAt) return 'unsupported'
  if (supportedAt !== null && probability >= supportedAt) return 'supported'
  return 'unsure'
}

/**
 * The most lenient limits that keep the bounds. Each side goes from the strictest limit to more lenient ones and stops at
 * the first that fails the exact test of Clopper and Pearson (1934), so that all tests together err as rarely as one
 * (fixed-sequence testing). Where the limits lie depends on the probabilities alone, never on the labels. The samples
 * must be independent: `drawIndependent` makes them so.
 */
export function findLimits(
  samples: readonly Pick<JudgedSample, 'probability' | 'isSupported'>[],
  bounds: RiskBounds = RISK_BOUNDS,
): Pick<KindTable, 'unsupportedAt' | 'supportedAt'> {
  const rising = samples.toSorted((left, right) => left.probability - right.probability)
  const { falseAlarm, missed, confidence } = bounds
  // However clean the rest is, nobody may be told of a unit what is less likely than its opposite.
  const unlikely = rising.filter(({ probability }) => probability < EVEN)
  const likely = rising.filter(({ probability }) => probability > EVEN)
  return {
    unsupportedAt: climb(unlikely, {
      isError: ({ isSupported }) => isSupported,
      limit: falseAlarm,
      confidence,
    }),
    supportedAt: climb(likely.toReversed(), {
      isError: ({ isSupported }) => !isSupported,
      limit: missed,
      confidence,
    }),
  }
}

/**
 * One unit of each group, so that the exact test holds, with the wanted share of unsupported ones: planted faults are
 * as many as one likes, and the share of false alarms among marks depends on it. What is over is left out by chance.
 */
export function drawIndependent<Sample extends JudgedSample>(
  samples: readonly Sample[],
  options: { readonly prevalence: number; readonly seed: number },
): readonly Sample[] {
  const { prevalence, seed } = options
  const draw = createDraw(seed)
  const groups = Map.groupBy(shuffled(samples.toSorted(byContents), draw), ({ group }) => group)
  const chosen = [...groups.values()].flatMap((units) => {
    const wanted = draw() >= prevalence
    return units.find(({ isSupported }) => isSupported === wanted) ?? units[0] ?? []
  })
  const bad = chosen.filter(({ isSupported }) => !isSupported)
  const good = chosen.filter(({ isSupported }) => isSupported)
  const total = Math.min(
    prevalence > 0 ? bad.length / prevalence : Infinity,
    prevalence < 1 ? good.length / (1 - prevalence) : Infinity,
  )
  return [
    ...bad.slice(0, Math.round(total * prevalence)),
    ...good.slice(0, Math.round(total * (1 - prevalence))),
  ]
}

/** Upper end of the exact interval of a rate, after Clopper and Pearson: the rate at which so few errors are rare. */
export function rateUpperBound(errors: number, count: number, confidence: number): number {
  if (errors >= count) return 1
  let [low, high] = [0, 1]
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2
    if (binomialAtMost(errors, count, middle) > 1 - confidence) low = middle
    else high = middle
  }
  return high
}

function climb<Sample extends Pick<JudgedSample, 'probability' | 'isSupported'>>(
  strictFirst: readonly Sample[],
  rule: {
    readonly isError: (sample: Sample) => boolean
    readonly limit: number
    readonly confidence: number
  },
): number | null {
  const { isError, limit, confidence } = rule
  let best: number | null = null
  let errors = 0
  let rung = FIRST_RUNG
  for (const [index, sample] of strictFirst.entries()) {
    if (isError(sample)) errors += 1
    const count = index + 1
    const isTied = strictFirst[count]?.probability === sample.probability
    if (isTied || (count < rung && count < strictFirst.length) || count < FIRST_RUNG) continue
    // The upper bound is at most the limit exactly where so few errors would be rare at the limit.
    if (binomialAtMost(errors, count, limit) > 1 - confidence) break
    best = sample.probability
    rung = Math.max(count + 1, Math.ceil(count * RUNG_GROWTH))
  }
  return best
}

/** P(X <= k) of a binomial count, summed in logarithms from its largest term down. */
function binomialAtMost(k: number, count: number, rate: number): number {
  if (k >= count || rate <= 0) return 1
  if (rate >= 1) return 0
  const odds = Math.log(rate) - Math.log1p(-rate)
  let term = count * Math.log1p(-rate)
  const terms = [term]
  for (let index = 1; index <= k; index += 1) {
    term += Math.log(count - index + 1) - Math.log(index) + odds
    terms.push(term)
  }
  const largest = Math.max(...terms)
  const sum = terms.reduce((all, one) => all + Math.exp(one - largest), 0)
  return Math.min(1, sum * Math.exp(largest))
}

/** Chance must not depend on the order in which images were read. */
function byContents(left: JudgedSample, right: JudgedSample): number {
  if (left.group !== right.group) return left.group < right.group ? -1 : 1
  return (
    left.probability - right.probability || Number(left.isSupported) - Number(right.isSupported)
  )
}

function shuffled<Item>(items: readonly Item[], draw: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, key: draw() }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item)
}
