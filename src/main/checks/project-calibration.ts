import type { CheckSignal } from '../../shared/domain/check-signal.ts'
import type { UnitKind } from '../../shared/domain/text-unit.ts'
import { lacksBoxes } from './box-promises.ts'
import { findKindTable, type CalibrationTable, type KindTable } from './calibration-table.ts'
import { fitKindTable, type LabelledEvidence } from './fit-kind-table.ts'
import { fuseSignals } from './fusion.ts'
import { createDraw } from './random-draw.ts'
import type { HeldOut, KindTrial, ProjectTrial } from './project-trial.ts'
import { reliabilityBins } from './reliability.ts'
import {
  decide,
  drawIndependent,
  findLimits,
  RISK_BOUNDS,
  type JudgedSample,
  type UnitStatus,
} from './risk-control.ts'
import type { WantedSignals } from './used-signals.ts'

/** A unit of the project whose truth is known. */
export interface ProjectLabel extends LabelledEvidence {
  readonly kind: UnitKind
  /** Where the truth comes from: an accepted caption, words put into one, or a person's answer to a mark. */
  readonly from: 'accepted' | 'foil' | 'answer'
}

export interface ProjectFit {
  readonly labels: readonly ProjectLabel[]
  /** What is used where the project's own labels do not do; null where the pack has none. */
  readonly base: CalibrationTable | null
}

/** Fewer labelled units of a kind decide nothing. */
const LEAST_LABELLED = 100
/** With fewer rejections by people a table counts as provisional: planted faults are easier than natural ones. */
const LEAST_REJECTED = 50
const DEFAULT_PREVALENCE = 0.2
const SEED = 1_123

/**
 * What the labels of a project come to, kind by kind. A table of their own is made of one half of the images and held
 * against the other: it is used where there are enough labels and where both bounds hold there too. Where the table that
 * came with the pack breaks a bound on these labels, it is not used as it is: its limits are moved to where they hold, or
 * taken away.
 */
export function tryKinds({ labels, base }: ProjectFit): KindTrial[] {
  const prevalence = base?.prevalence ?? DEFAULT_PREVALENCE
  const groups = Map.groupBy(labels, ({ kind }) => kind)
  return [...groups.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([kind, samples]) => tryKind(kind, samples, { base, prevalence }))
}

type KindLabels = readonly ProjectLabel[]

function tryKind(
  kind: UnitKind,
  samples: KindLabels,
  { base, prevalence }: { readonly base: CalibrationTable | null; readonly prevalence: number },
): KindTrial {
  const answers = samples.filter(({ from }) => from === 'answer')
  const counts = {
    kind,
    labelled: samples.length,
    answered: answers.length,
    rejected: answers.filter(({ isSupported }) => !isSupported).length,
  }
  const known = base === null ? null : findKindTable(base, kind)
  const other = known === null ? null : measureHeldOut(known, halves(samples)[1], prevalence)
  if (samples.length < LEAST_LABELLED) {
    return { ...counts, basis: 'labels', table: null, own: null, other, refusal: 'too-few' }
  }
  const fitted = fitOwn(kind, samples, { known, other, prevalence })
  // It was made of none of these labels, so all of them tell.
  const isBroken = known !== null && !keepsBounds(measureHeldOut(known, samples, prevalence))
  const moved = isBroken ? moveLimits(known, samples, prevalence) : null
  const isFittedBetter =
    fitted.refusal === null && countLimits(fitted.table) >= countLimits(moved?.table ?? null)
  return { ...counts, other, ...(moved === null || isFittedBetter ? fitted : moved) }
}

type Outcome = Pick<KindTrial, 'basis' | 'table' | 'own' | 'refusal'>

/** Weights, curve and limits from one half of the images. */
function fitOwn(
  kind: UnitKind,
  samples: KindLabels,
  of: Shipped & { readonly prevalence: number },
): Outcome {
  const { known, prevalence } = of
  const [fitting, held] = halves(samples)
  const fit = { kind, samples: fitting, prevalence, seed: SEED, signals: signalsFor(known) }
  const made = fitKindTable(fit)
  if (made === null) return { basis: 'labels', table: null, own: null, refusal: 'too-few' }
  const table = { ...made, count: samples.length, bins: binsOf(made, held, prevalence) }
  const own = measureHeldOut(table, held, prevalence)
  return { basis: 'labels', table, own, refusal: refuse(table, own, of) }
}

/**
 * The shipped weights and curve with limits from all labels. Each half is also judged by the limits of the other: a limit
 * that breaks its bound so is left out.
 */
function moveLimits(known: KindTable, samples: KindLabels, prevalence: number): Outcome {
  const limitsOf = (labels: KindLabels) =>
    findLimits(judgeAll(known, labels), { prevalence, seed: SEED })
  const [one, other] = halves(samples)
  const crossed = [
    ...decideAll({ ...known, ...limitsOf(one) }, other),
    ...decideAll({ ...known, ...limitsOf(other) }, one),
  ]
  const own = sumUp(crossed, prevalence)
  const { unsupportedAt, supportedAt } = limitsOf(samples)
  const table: KindTable = {
    ...{ ...known, count: samples.length, bins: binsOf(known, samples, prevalence) },
    unsupportedAt: (own.falseAlarms ?? 0) > RISK_BOUNDS.falseAlarm ? null : unsupportedAt,
    supportedAt: (own.missed ?? 0) > RISK_BOUNDS.missed ? null : supportedAt,
  }
  return { basis: 'limits', table, own, refusal: null }
}

interface Shipped {
  readonly known: KindTable | null
  readonly other: HeldOut | null
}

function refuse(table: KindTable, own: HeldOut, { known, other }: Shipped): KindTrial['refusal'] {
  if (lacksBoxes(table)) return 'needs-boxes'
  if (countLimits(table) === 0) return 'no-limit'
  // A few captions rarely give both limits: what the shipped table marks or passes rightly is not given up for one.
  const losesMarks = table.unsupportedAt === null && known !== null && known.unsupportedAt !== null
  const losesPasses = table.supportedAt === null && known !== null && known.supportedAt !== null
  if (losesMarks && (other?.falseAlarms ?? 0) <= RISK_BOUNDS.falseAlarm) return 'no-limit'
  if (losesPasses && (other?.missed ?? 0) <= RISK_BOUNDS.missed) return 'no-limit'
  return keepsBounds(own) ? null : 'breaks-bounds'
}

function keepsBounds({ falseAlarms, missed }: HeldOut): boolean {
  return (falseAlarms ?? 0) <= RISK_BOUNDS.falseAlarm && (missed ?? 0) <= RISK_BOUNDS.missed
}

function countLimits(table: KindTable | null): number {
  return [table?.unsupportedAt ?? null, table?.supportedAt ?? null].filter(
    (limit) => limit !== null,
  ).length
}

function binsOf(table: KindTable, samples: KindLabels, prevalence: number): KindTable['bins'] {
  const judged = judgeAll(table, samples)
  return [...reliabilityBins(drawIndependent(judged, { prevalence, seed: SEED }))]
}

/** The signals that were worth their cost where the pack was measured, and what detectors and readers add to them. */
function signalsFor(known: KindTable | null): readonly CheckSignal[] {
  const names = known === null ? FEW_SIGNALS : known.signals.map(({ name }) => name)
  return [...new Set([...names, ...FOUND_SIGNALS])]
}

/** What has to be computed of the units of accepted captions. */
export function trialSignals(base: CalibrationTable | null): WantedSignals {
  return (kind) => new Set(signalsFor(base === null ? null : findKindTable(base, kind)))
}

const FEW_SIGNALS = ['swap', 'reg', 'geo', 'pix'] as const satisfies readonly CheckSignal[]
const FOUND_SIGNALS = ['box', 'ocr'] as const satisfies readonly CheckSignal[]

/** Images that look alike stay together, so that a table is never held against what it was made of. */
function halves(
  samples: readonly ProjectLabel[],
): readonly [readonly ProjectLabel[], readonly ProjectLabel[]] {
  const draw = createDraw(SEED + 1)
  const groups = [...new Set(samples.map(({ group }) => group))].sort()
  const fits = new Set(groups.filter(() => draw() < 0.5))
  return [
    samples.filter(({ group }) => fits.has(group)),
    samples.filter(({ group }) => !fits.has(group)),
  ]
}

/** What a table does to units of known truth; shares are those at `prevalence`. */
function measureHeldOut(
  table: KindTable,
  samples: readonly LabelledEvidence[],
  prevalence: number,
): HeldOut {
  return sumUp(decideAll(table, samples), prevalence)
}

type Decided = JudgedSample & { readonly status: UnitStatus }

function decideAll(table: KindTable, samples: readonly LabelledEvidence[]): readonly Decided[] {
  return judgeAll(table, samples).map((one) => ({
    ...one,
    status: decide(one.probability, table),
  }))
}

function sumUp(decided: readonly Decided[], prevalence: number): HeldOut {
  const rateOf = (isSupported: boolean, status: UnitStatus): number => {
    const own = decided.filter((one) => one.isSupported === isSupported)
    return own.filter((one) => one.status === status).length / Math.max(1, own.length)
  }
  const shareOf = (isSupported: boolean, status: UnitStatus): number | null => {
    const weight = isSupported ? 1 - prevalence : prevalence
    const wrong = weight * rateOf(isSupported, status)
    const all = wrong + (1 - weight) * rateOf(!isSupported, status)
    return all === 0 ? null : wrong / all
  }
  const count = (status: UnitStatus): number =>
    decided.filter((one) => one.status === status).length
  return {
    marked: count('unsupported'),
    falseAlarms: shareOf(true, 'unsupported'),
    passed: count('supported'),
    missed: shareOf(false, 'supported'),
  }
}

function judgeAll(table: KindTable, samples: readonly LabelledEvidence[]): readonly JudgedSample[] {
  return samples.flatMap(({ signals, isSupported, group }) => {
    const probability = fuseSignals(signals, table)
    return probability === null ? [] : [{ probability, isSupported, group }]
  })
}

/** Whether a kind's table was made of too few real rejections to be taken at its word. */
export function isProvisionalTrial({ rejected }: Pick<KindTrial, 'rejected'>): boolean {
  return rejected < LEAST_REJECTED
}

/**
 * The table to go by: that of the pack, with the kinds that the project's own labels do better. `id` names the
 * calibration, so that verdicts of different ones never mix. Null where there is nothing of either.
 */
export function mergeTables(
  base: CalibrationTable | null,
  own: Pick<ProjectTrial, 'id' | 'pack' | 'kinds'>,
): CalibrationTable | null {
  const used = own.kinds.flatMap(({ table, refusal }) =>
    table === null || refusal !== null ? [] : [table],
  )
  if (used.length === 0) return base
  const kinds = new Set(used.map(({ kind }) => kind))
  const rest = base?.kinds.filter(({ kind }) => !kinds.has(kind)) ?? []
  return {
    format: 'realign-calibration',
    version: 1,
    id: `${base?.id ?? 'none'}+${own.id}`,
    pack: own.pack,
    source: 'self-foils',
    isProvisional:
      rest.length > 0 || own.kinds.some((one) => kinds.has(one.kind) && isProvisionalTrial(one)),
    prevalence: base?.prevalence ?? DEFAULT_PREVALENCE,
    kinds: [...used, ...rest],
  }
}
