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

/** Marks on fewer images than this decide nothing, however clean they are. */
const FEWEST_GROUPS = 30
/** Each rung of the ladder holds this many times the units of the one before. */
const RUNG_GROWTH = 1.1
const RESAMPLES = 200
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
 * the first that fails, so that all tests together err about as rarely as one (fixed-sequence testing). A limit passes
 * when the upper end of the bootstrap by image, with one error more than there was, keeps the bound: units of one image
 * are not independent, and the exact interval of one unit an image would throw away most of what was labelled. Shares
 * are those at `prevalence`, whatever the share of unsupported units among the samples.
 */
export function findLimits(
  samples: readonly JudgedSample[],
  of: { readonly prevalence: number; readonly seed: number; readonly bounds?: RiskBounds },
): Pick<KindTable, 'unsupportedAt' | 'supportedAt'> {
  const rising = samples
    .toSorted(byContents)
    .toSorted((left, right) => left.probability - right.probability)
  const { falseAlarm, missed, confidence } = of.bounds ?? RISK_BOUNDS
  const at = { samples, ...of, confidence }
  // However clean the rest is, nobody may be told of a unit what is less likely than its opposite.
  const unlikely = rising.filter(({ probability }) => probability < EVEN)
  const likely = rising.filter(({ probability }) => probability > EVEN)
  return {
    unsupportedAt: climb(unlikely, { ...at, errorIs: true, limit: falseAlarm }),
    supportedAt: climb(likely.toReversed(), { ...at, errorIs: false, limit: missed }),
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

interface Climb {
  readonly samples: readonly JudgedSample[]
  /** Which units are errors among those that get the mark: supported ones, or unsupported ones. */
  readonly errorIs: boolean
  readonly limit: number
  readonly confidence: number
  readonly prevalence: number
  readonly seed: number
}

function climb(strictFirst: readonly JudgedSample[], rule: Climb): number | null {
  const marked = new Set<JudgedSample>()
  const groups = new Set<string>()
  let best: number | null = null
  let rung = 0
  for (const [index, sample] of strictFirst.entries()) {
    marked.add(sample)
    groups.add(sample.group)
    const count = index + 1
    const isLast = count === strictFirst.length
    const isTied = strictFirst[count]?.probability === sample.probability
    if (isTied || groups.size < FEWEST_GROUPS || (count < rung && !isLast)) continue
    if (upperErrorShare(marked, rule) > rule.limit) break
    best = sample.probability
    rung = Math.ceil(count * RUNG_GROWTH)
  }
  return best
}

/** Upper end of the share of errors among marked units, over resamples of the images. */
function upperErrorShare(marked: ReadonlySet<JudgedSample>, rule: Climb): number {
  const { samples, errorIs, prevalence, confidence, seed } = rule
  const counts = [...Map.groupBy(samples, ({ group }) => group).entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, units]) => {
      const own = units.filter(({ isSupported }) => isSupported === errorIs)
      const others = units.filter(({ isSupported }) => isSupported !== errorIs)
      const marks = (of: readonly JudgedSample[]): number =>
        of.filter((one) => marked.has(one)).length
      return [own.length, marks(own), others.length, marks(others)] as const
    })
  const weight = errorIs ? 1 - prevalence : prevalence
  const draw = createDraw(seed)
  const shares = Array.from({ length: RESAMPLES }, () => {
    let [own, errors, others, hits] = [0, 1, 0, 0]
    for (let index = 0; index < counts.length; index += 1) {
      const row = counts[Math.floor(draw() * counts.length)]
      if (row === undefined) continue
      own += row[0]
      errors += row[1]
      others += row[2]
      hits += row[3]
    }
    const wrong = (weight * errors) / Math.max(1, own)
    const right = ((1 - weight) * hits) / Math.max(1, others)
    return wrong / (wrong + right)
  })
  return shares.sort((left, right) => left - right)[Math.ceil(confidence * RESAMPLES) - 1] ?? 1
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
