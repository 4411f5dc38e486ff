import type { Verdict } from '../../shared/contract/judgements.ts'
import type { PlannedUnit } from '../../shared/domain/check-plan.ts'
import type { CheckSignal } from '../../shared/domain/check-signal.ts'
import { findKindTable, type CalibrationTable, type KindTable } from './calibration-table.ts'
import { fuseSignals, standardised } from './fusion.ts'
import { READ_RATIO } from './line-evidence.ts'
import { sizeDirection } from './place-evidence.ts'
import { decide } from './risk-control.ts'
import type { UnitEvidence } from './unit-evidence.ts'
import { hasLimits } from './used-signals.ts'

/** Changes with everything that changes what signals say of a picture; tables are made of these numbers. */
export const SIGNALS_VERSION = 4
/** Changes with everything that changes verdicts, besides packs and calibrations. */
export const CHECK_VERSION = 5

/** A choice among foils and the best place that differ more than this are no ground for a verdict. */
const MOST_DISAGREEMENT = 0.6

type Judgement = Pick<Verdict, 'status' | 'probability' | 'reason'>

/**
 * What is said of a unit, and why, in words. Tables of models that look in their own ways, an encoder's and a
 * detector's, are asked each for itself.
 */
export function judgeUnit(
  unit: PlannedUnit,
  evidence: UnitEvidence,
  tables: readonly CalibrationTable[],
): Verdict {
  const { rival } = evidence
  const judgement =
    unit.claim === 'name' ? judgeName(unit, evidence) : judge(unit, evidence, tables)
  const isBeaten =
    rival !== null &&
    isOfItsKind(unit, rival.words) &&
    judgement.status !== 'supported' &&
    rival.share > rival.unitShare
  return {
    kind: unit.kind,
    start: unit.start,
    end: unit.end,
    ...judgement,
    rival: isBeaten ? rival.words : null,
    region: evidence.region,
  }
}

/** A thing of quite another kind may fit better too, but nobody would write it in this place. */
function isOfItsKind({ foils }: PlannedUnit, rival: string): boolean {
  return foils.some(({ words, tier }) => words === rival && tier === 'adversarial')
}

/** Pixels show no names; only what is written can back one. */
function judgeName({ words }: PlannedUnit, { signals }: UnitEvidence): Judgement {
  const read = signals.ocr ?? 0
  return read >= READ_RATIO
    ? { status: 'supported', probability: null, reason: `“${words}” is written in the picture` }
    : {
        status: 'unsure',
        probability: null,
        reason: 'not verifiable: a name cannot be seen in pixels',
      }
}

function judge(
  unit: PlannedUnit,
  evidence: UnitEvidence,
  tables: readonly CalibrationTable[],
): Judgement {
  const kinds = tables.flatMap((table) => findKindTable(table, unit.kind) ?? [])
  const judgements = kinds.flatMap((kind) => judgeByTable(unit, evidence, kind) ?? [])
  const decided = judgements.filter(({ status }) => status !== 'unsure')
  const [first] = decided
  const against = decided.find(({ status }) => status !== first?.status)
  if (first !== undefined && against !== undefined) {
    const reason = `the models disagree: ${first.reason}, but ${against.reason}`
    return { status: 'unsure', probability: first.probability, reason }
  }
  return (
    first ??
    judgements[0] ?? {
      status: 'unsure',
      probability: null,
      reason: whyNothing(kinds.some(hasLimits)),
    }
  )
}

/** Null where the table has no limit, so that nothing is ever decided, or too little of what it goes by could look. */
function judgeByTable(
  unit: PlannedUnit,
  evidence: UnitEvidence,
  kind: KindTable,
): Judgement | null {
  // Without a limit a number would promise what nobody measured.
  const probability = hasLimits(kind) ? fuseSignals(evidence.signals, kind) : null
  if (probability === null) return null
  const status = decide(probability, kind)
  if (status !== 'unsure' && isContradictory(evidence, kind)) {
    return {
      status: 'unsure',
      probability,
      reason: `the signals disagree: ${tell(unit, evidence, { signal: 'swap', status: 'unsure' }) ?? 'one for it, one against'}`,
    }
  }
  const words = tellStrongest(unit, evidence, { kind, status })
  const reason =
    status === 'unsure' ? `too close to call${words === null ? '' : `: ${words}`}` : words
  return { status, probability, reason: reason ?? 'all signals together' }
}

function whyNothing(isMeasured: boolean): string {
  return isMeasured
    ? 'nothing could look at this'
    : 'nobody has measured how far the models can be trusted with such words'
}

/** Each is taken by where it stands among the labelled units; a signal that the kind does not go by contradicts nothing. */
function isContradictory({ signals }: UnitEvidence, { signals: rows }: KindTable): boolean {
  const [place, choice] = (['reg', 'swap'] as const).map((name) => {
    const row = rows.find((candidate) => candidate.name === name)
    const value = row === undefined ? null : standardised(signals, row)
    return value === null ? null : 1 / (1 + Math.exp(-value * LOGISTIC_SPREAD))
  })
  if (place == null || choice == null) return false
  return Math.abs(place - choice) > MOST_DISAGREEMENT
}

/** A logistic curve with this slope is nearly the normal distribution. */
const LOGISTIC_SPREAD = 1.702

interface Decision {
  readonly kind: KindTable
  readonly status: Verdict['status']
}

/** What the signal saw that pulled hardest toward the verdict, of those whose words do not speak against it. */
function tellStrongest(
  unit: PlannedUnit,
  evidence: UnitEvidence,
  { kind, status }: Decision,
): string | null {
  const direction = status === 'unsupported' ? -1 : 1
  const pulls = kind.signals.flatMap((row) => {
    const value = standardised(evidence.signals, row)
    return value === null ? [] : [{ name: row.name, pull: row.weight * value * direction }]
  })
  for (const { name } of pulls.toSorted((left, right) => right.pull - left.pull)) {
    const words = tell(unit, evidence, { signal: name, status })
    if (words !== null) return words
  }
  return null
}

/**
 * What a signal saw. Where foils were asked, the choice among them says more than any number. Null for what would
 * contradict the status: all signals together may well overrule such a choice.
 */
function tell(
  unit: PlannedUnit,
  { signals, rival }: UnitEvidence,
  { signal, status }: { readonly signal: CheckSignal; readonly status: Verdict['status'] },
): string | null {
  const value = round(signals[signal] ?? 0)
  const choice = rival === null || !fits(status, rival.unitShare > rival.share) ? null : rival
  switch (signal) {
    case 'box':
      return tellBoxes(unit, signals.box ?? 0)
    case 'ocr':
      return Number(value) >= READ_RATIO
        ? `“${unit.words}” was read in the picture (${value})`
        : `“${unit.words}” was not read in the picture (${value})`
    case 'pix':
      return `${Math.round((signals.pix ?? 0) * 100)} % of the place has this colour`
    case 'geo':
      return tellPlaces(unit, signals.geo ?? 0)
    case 'gate':
    case 'del': {
      if (choice !== null) return tellRival(unit, choice)
      const isLoss = Number(value) >= 0
      if (!fits(status, isLoss)) return null
      return `the sentence fits ${isLoss ? 'worse' : 'better'} without it`
    }
    case 'z':
    case 'reg':
      return choice === null ? `the best place fits ${value}` : tellRival(unit, choice)
    case 'swap':
      return choice === null ? null : tellRival(unit, choice)
  }
}

/** Whether what speaks for a unit, or against it, may stand as the reason of its status. */
function fits(status: Verdict['status'], isFor: boolean): boolean {
  return status === 'unsure' || isFor === (status === 'supported')
}

/** What the places of things say of how they lie, how far they reach and how many they are. */
function tellPlaces({ claim, words }: PlannedUnit, value: number): string {
  switch (claim) {
    case 'relation': {
      const way = value > 0 ? 'as is said' : 'the other way'
      return `their places lie ${way}, ${Math.round(Math.abs(value) * 100)} % of the picture apart`
    }
    case 'size': {
      const isLarger = value * (sizeDirection(words) ?? 1) > 0
      const times = Math.exp(Math.abs(value)).toFixed(1)
      return `its place is ${times} times as ${isLarger ? 'large' : 'small'} as is usual`
    }
    default:
      return value === 1 ? 'as many places fit it' : 'more or fewer places fit it'
  }
}

/** What boxes say of things, how many there are, and how they lie to each other. */
function tellBoxes({ claim, words, thing, other, count }: PlannedUnit, value: number): string {
  const name = thing?.lemma ?? words
  switch (claim) {
    case 'count': {
      const isRight = value === 1
      return `the detector counts ${isRight ? String(count) : `not ${String(count)}`} of ${name}`
    }
    case 'relation':
      return `by the boxes of ${name} and ${other?.lemma ?? 'the other thing'}: ${round(value)}`
    default:
      return value === 0 ? `the detector finds no ${name}` : `the detector sees it, ${round(value)}`
  }
}

function tellRival(unit: PlannedUnit, rival: NonNullable<UnitEvidence['rival']>): string {
  // "Shoe 0.99 beats desert" would leave everybody looking for a shoe.
  if (rival.share > rival.unitShare && !isOfItsKind(unit, rival.words)) {
    return `even “${rival.words}” fits better, ${round(rival.share)} to ${round(rival.unitShare)}`
  }
  const [own, other] = [
    { words: unit.words.toLowerCase(), share: rival.unitShare },
    { words: rival.words.toLowerCase(), share: rival.share },
  ]
  const [first, second] = own.share >= other.share ? [own, other] : [other, own]
  return `${first.words} ${round(first.share)} beats ${second.words} ${round(second.share)}`
}

function round(value: number): string {
  return value.toFixed(2)
}
