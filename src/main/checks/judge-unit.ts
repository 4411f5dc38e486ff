import type { Verdict } from '../../shared/contract/judgements.ts'
import type { PlannedUnit } from '../../shared/domain/check-plan.ts'
import type { CheckSignal } from '../../shared/domain/check-signal.ts'
import { findKindTable, type CalibrationTable, type KindTable } from './calibration-table.ts'
import { fuseEvidence, standardised } from './fusion.ts'
import { READ_RATIO } from './line-evidence.ts'
import { decide } from './risk-control.ts'
import type { UnitEvidence } from './unit-evidence.ts'

/** Changes with everything that changes verdicts, besides packs and calibrations. */
export const CHECK_VERSION = 2

/** A choice among foils and the best place that differ more than this are no ground for a verdict. */
const MOST_DISAGREEMENT = 0.6

type Judgement = Pick<Verdict, 'status' | 'probability' | 'reason'>

/** What is said of a unit, and why, in words. */
export function judgeUnit(
  unit: PlannedUnit,
  evidence: UnitEvidence,
  table: CalibrationTable | null,
): Verdict {
  const { rival } = evidence
  const judgement = unit.claim === 'name' ? judgeName(unit, evidence) : judge(unit, evidence, table)
  // A thing of quite another kind may fit better too, but nobody would write it in this place.
  const isOfItsKind = unit.foils.some(
    ({ words, tier }) => words === rival?.words && tier === 'adversarial',
  )
  const isBeaten =
    rival !== null &&
    isOfItsKind &&
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
  table: CalibrationTable | null,
): Judgement {
  const kind = table === null ? null : findKindTable(table, unit.kind)
  const probability = table === null ? null : fuseEvidence(evidence, table)
  // Without a limit nothing is ever decided, so a number would promise what nobody measured.
  if (kind === null || probability === null || hasNoLimit(kind)) {
    return { status: 'unsure', probability: null, reason: whyNothing(evidence) }
  }
  const status = decide(probability, kind)
  if (status !== 'unsure' && isContradictory(evidence, kind)) {
    return {
      status: 'unsure',
      probability,
      reason: `the signals disagree: ${tell(unit, evidence, 'swap')}`,
    }
  }
  const signal = strongestSignal(evidence, kind, status === 'unsupported')
  const words = signal === null ? null : tell(unit, evidence, signal)
  const reason =
    status === 'unsure' ? `too close to call${words === null ? '' : `: ${words}`}` : words
  return { status, probability, reason: reason ?? 'all signals together' }
}

function hasNoLimit({ unsupportedAt, supportedAt }: KindTable): boolean {
  return unsupportedAt === null && supportedAt === null
}

function whyNothing({ signals }: UnitEvidence): string {
  return Object.keys(signals).length === 0
    ? 'nothing could look at this'
    : 'nobody has measured how far the model can be trusted with such words'
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

/** The signal that pulled hardest toward the verdict. */
function strongestSignal(
  { signals }: UnitEvidence,
  { signals: rows }: KindTable,
  isAgainst: boolean,
): CheckSignal | null {
  let best: { readonly name: CheckSignal; readonly pull: number } | null = null
  for (const row of rows) {
    const value = standardised(signals, row)
    if (value === null) continue
    const pull = row.weight * (isAgainst ? -value : value)
    if (best === null || pull > best.pull) best = { name: row.name, pull }
  }
  return best?.name ?? null
}

/** What a signal saw. Where foils were asked, the choice among them says more than any number. */
function tell(unit: PlannedUnit, { signals, rival }: UnitEvidence, signal: CheckSignal): string {
  const value = round(signals[signal] ?? 0)
  switch (signal) {
    case 'box':
      return `boxes of the detector say ${value}`
    case 'ocr':
      return Number(value) >= READ_RATIO
        ? `“${unit.words}” was read in the picture (${value})`
        : `“${unit.words}” was not read in the picture (${value})`
    case 'pix':
      return `${Math.round((signals.pix ?? 0) * 100)} % of the place has this colour`
    case 'gate':
    case 'del':
      return rival === null
        ? `the sentence fits ${Number(value) < 0 ? 'better' : 'worse'} without it`
        : tellRival(unit, rival)
    case 'z':
    case 'reg':
    case 'swap':
      return rival === null ? `the best place fits ${value}` : tellRival(unit, rival)
  }
}

function tellRival({ words }: PlannedUnit, rival: NonNullable<UnitEvidence['rival']>): string {
  const [own, other] = [
    { words: words.toLowerCase(), share: rival.unitShare },
    { words: rival.words.toLowerCase(), share: rival.share },
  ]
  const [first, second] = own.share >= other.share ? [own, other] : [other, own]
  return `${first.words} ${round(first.share)} beats ${second.words} ${round(second.share)}`
}

function round(value: number): string {
  return value.toFixed(2)
}
