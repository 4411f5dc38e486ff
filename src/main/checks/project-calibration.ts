import type { CheckSignal } from '../../shared/domain/check-signal.ts'
import type { UnitKind } from '../../shared/domain/text-unit.ts'
import { lacksBoxes } from './box-promises.ts'
import { findKindTable, type CalibrationTable, type KindTable } from './calibration-table.ts'
import { fitKindTable, type LabelledEvidence } from './fit-kind-table.ts'
import { fuseSignals } from './fusion.ts'
import { createDraw } from './random-draw.ts'
import type { HeldOut, KindTrial, ProjectTrial } from './project-trial.ts'
import { reliabilityBins } from './reliability.ts'
import { decide, drawIndependent, RISK_BOUNDS, type JudgedSample } from './risk-control.ts'
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
 * Makes a table for each kind from the labels of one half of the images, and holds it against the other half: it is
 * used where there are enough labels and where both bounds hold there too.
 */
export function tryKinds({ labels, base }: ProjectFit): KindTrial[] {
  const prevalence = base?.prevalence ?? DEFAULT_PREVALENCE
  const groups = Map.groupBy(labels, ({ kind }) => kind)
  return [...groups.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([kind, samples]) => tryKind(kind, samples, { base, prevalence }))
}

function tryKind(
  kind: UnitKind,
  samples: readonly ProjectLabel[],
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
  const [fitted, held] = halves(samples)
  const other = known === null ? null : measureHeldOut(known, held, prevalence)
  const none = { ...counts, table: null, own: null, other }
  if (samples.length < LEAST_LABELLED) return { ...none, refusal: 'too-few' }
  const fit = { kind, samples: fitted, prevalence, seed: SEED, signals: signalsFor(known) }
  const made = fitKindTable(fit)
  if (made === null) return { ...none, refusal: 'too-few' }
  const judged = judgeAll(made, held)
  const bins = reliabilityBins(drawIndependent(judged, { prevalence, seed: SEED }))
  const table = { ...made, count: samples.length, bins: [...bins] }
  const own = measureHeldOut(table, held, prevalence)
  return { ...counts, table, own, other, refusal: refuse(table, own, { known, other }) }
}

function refuse(
  table: KindTable,
  own: HeldOut,
  before: { readonly known: KindTable | null; readonly other: HeldOut | null },
): KindTrial['refusal'] {
  if (lacksBoxes(table)) return 'needs-boxes'
  if (table.unsupportedAt === null && table.supportedAt === null) return 'no-limit'
  // A few captions rarely give both limits: what the shipped table marks or passes rightly is not given up for one.
  const { known, other } = before
  const losesMarks = table.unsupportedAt === null && known !== null && known.unsupportedAt !== null
  const losesPasses = table.supportedAt === null && known !== null && known.supportedAt !== null
  if (losesMarks && (other?.falseAlarms ?? 0) <= RISK_BOUNDS.falseAlarm) return 'no-limit'
  if (losesPasses && (other?.missed ?? 0) <= RISK_BOUNDS.missed) return 'no-limit'
  const keeps =
    (own.falseAlarms ?? 0) <= RISK_BOUNDS.falseAlarm && (own.missed ?? 0) <= RISK_BOUNDS.missed
  return keeps ? null : 'breaks-bounds'
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
  const judged = judgeAll(table, samples).map((one) => ({
    ...one,
    status: decide(one.probability, table),
  }))
  const rateOf = (isSupported: boolean, status: string): number => {
    const own = judged.filter((one) => one.isSupported === isSupported)
    return own.filter((one) => one.status === status).length / Math.max(1, own.length)
  }
  const shareOf = (isSupported: boolean, status: string): number | null => {
    const weight = isSupported ? 1 - prevalence : prevalence
    const wrong = weight * rateOf(isSupported, status)
    const all = wrong + (1 - weight) * rateOf(!isSupported, status)
    return all === 0 ? null : wrong / all
  }
  const count = (status: string): number => judged.filter((one) => one.status === status).length
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
