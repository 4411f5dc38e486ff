import { CHECK_SIGNALS, type CheckSignal } from '../../shared/domain/check-signal.ts'
import type { UnitKind } from '../../shared/domain/text-unit.ts'
import type { KindTable, SignalWeight } from './calibration-table.ts'
import { fuseSignals, logitOf, standardised } from './fusion.ts'
import { fitIsotonic } from './isotonic.ts'
import { fitNonNegativeLogistic } from './logistic.ts'
import { createDraw } from './random-draw.ts'
import { reliabilityBins } from './reliability.ts'
import { drawIndependent, findLimits, RISK_BOUNDS, type RiskBounds } from './risk-control.ts'
import type { UnitEvidence } from './unit-evidence.ts'

export interface LabelledEvidence {
  readonly signals: UnitEvidence['signals']
  readonly isSupported: boolean
  /** The image, or the group of images that look alike. */
  readonly group: string
}

export interface KindFit {
  readonly kind: UnitKind
  readonly samples: readonly LabelledEvidence[]
  /** Share of unsupported units that the table shall assume, above 0 and below 1. */
  readonly prevalence: number
  readonly seed: number
  /** Which signals may be used; those that turn out to add nothing are left out of the table anyhow. */
  readonly signals?: readonly CheckSignal[]
  readonly bounds?: RiskBounds
  /** Share of the groups that weights and curve are made of; one signal has next to nothing to learn. */
  readonly learningShare?: number
}

/** Weights below this are noise of the fit. */
const LEAST_WEIGHT = 0.02
/** A handful of weights needs fewer groups than limits do. */
const LEARNING_SHARE = 0.4

/**
 * Makes the table of a unit kind from labelled units: some of the groups give weights and curve, the others limits
 * and reliability, so that the bounds are promised of units that the weights have not seen. Null where one part has not
 * both supported and unsupported units.
 */
export function fitKindTable(fit: KindFit): KindTable | null {
  const { kind, samples, prevalence, seed, bounds = RISK_BOUNDS } = fit
  const [learning, holding] = splitByGroup(samples, seed, fit.learningShare ?? LEARNING_SHARE)
  if (!hasBoth(learning) || !hasBoth(holding)) return null
  const model = fitWeights(learning, fit)
  const scored = learning.flatMap(({ signals, isSupported }) => {
    const score = logitOf(signals, model)
    return score === null ? [] : [{ score, isSupported, weight: 1 }]
  })
  const weigh = classWeights(scored, prevalence)
  const knots = fitIsotonic(scored.map((row) => ({ ...row, weight: weigh(row) })))
  const bare = { kind, count: samples.length, ...model, knots: [...knots], bins: [] }
  const table = { ...bare, unsupportedAt: null, supportedAt: null }
  const judged = holding.flatMap(({ signals, isSupported, group }) => {
    const probability = fuseSignals(signals, table)
    return probability === null ? [] : [{ probability, isSupported, group }]
  })
  const independent = drawIndependent(judged, { prevalence, seed })
  return {
    ...bare,
    ...findLimits(judged, { prevalence, seed, bounds }),
    bins: [...reliabilityBins(independent)],
  }
}

type Weights = Pick<KindTable, 'intercept' | 'signals'>

/** Standardisation and weights from labelled units; a signal without weight is not in the answer. */
function fitWeights(
  samples: readonly LabelledEvidence[],
  { prevalence, signals: allowed = CHECK_SIGNALS }: Pick<KindFit, 'prevalence' | 'signals'>,
): Weights {
  const scales = allowed.flatMap((name) => scaleOf(samples, name) ?? [])
  const weigh = classWeights(samples, prevalence)
  const rows = samples.map((sample) => ({
    features: scales.flatMap((scale) => {
      const value = standardised(sample.signals, scale)
      return [value ?? 0, value === null ? 1 : 0]
    }),
    isSupported: sample.isSupported,
    weight: weigh(sample),
  }))
  const { intercept, weights } = fitNonNegativeLogistic(
    rows,
    scales.flatMap(() => [true, false]),
  )
  const signals = scales.map((scale, index): SignalWeight => ({
    ...scale,
    weight: weights[index * 2] ?? 0,
    missingWeight: weights[index * 2 + 1] ?? 0,
  }))
  const kept = signals.filter(({ weight }) => weight >= LEAST_WEIGHT)
  if (kept.length === signals.length) return { intercept, signals }
  return fitWeights(samples, { prevalence, signals: kept.map(({ name }) => name) })
}

/** Null where a signal never looked, or always said the same. */
function scaleOf(
  samples: readonly LabelledEvidence[],
  name: CheckSignal,
): Pick<SignalWeight, 'name' | 'mean' | 'deviation' | 'missingShare'> | null {
  const values = samples
    .map(({ signals }) => signals[name])
    .filter((value): value is number => value !== undefined && Number.isFinite(value))
  if (values.length === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  const missingShare = 1 - values.length / samples.length
  return variance > 0 ? { name, mean, deviation: Math.sqrt(variance), missingShare } : null
}

/** Weights that make unsupported units the wanted share, and leave the sum as it is. */
function classWeights(
  samples: readonly { readonly isSupported: boolean }[],
  prevalence: number,
): (sample: { readonly isSupported: boolean }) => number {
  const bad = samples.filter(({ isSupported }) => !isSupported).length
  const good = samples.length - bad
  return ({ isSupported }) =>
    isSupported
      ? ((1 - prevalence) * samples.length) / Math.max(1, good)
      : (prevalence * samples.length) / Math.max(1, bad)
}

function splitByGroup(
  samples: readonly LabelledEvidence[],
  seed: number,
  learningShare: number,
): readonly [readonly LabelledEvidence[], readonly LabelledEvidence[]] {
  const draw = createDraw(seed)
  const groups = [...new Set(samples.map(({ group }) => group))].sort()
  const learns = new Set(groups.filter(() => draw() < learningShare))
  return [
    samples.filter(({ group }) => learns.has(group)),
    samples.filter(({ group }) => !learns.has(group)),
  ]
}

function hasBoth(samples: readonly LabelledEvidence[]): boolean {
  return samples.some((one) => one.isSupported) && samples.some((one) => !one.isSupported)
}
