import { findKindTable, type CalibrationTable } from '../../../src/main/checks/calibration-table.ts'
import { fuseSignals } from '../../../src/main/checks/fusion.ts'
import { decide } from '../../../src/main/checks/risk-control.ts'
import { areaUnderCurve, caughtAtRate, shareOf } from './measures.ts'
import type { CheckRow } from './measure-set.ts'
import { CLAIM_SOURCES, type PhotoClaim } from './photo-claims.ts'

const METHOD = 'YOLOX nano'
const FALSE_ALARM_RATE = 0.2

/** Coverage by the detector's names, what its boxes say, and what the shipped table makes of that. */
export function measureClaims(
  claims: readonly PhotoClaim[],
  table: CalibrationTable | null,
): readonly CheckRow[] {
  return [...claimRows(claims, table, 'entity'), ...claimRows(claims, table, 'count')].filter(
    ({ n }) => n > 0,
  )
}

function claimRows(
  claims: readonly PhotoClaim[],
  table: CalibrationTable | null,
  kind: PhotoClaim['kind'],
): readonly CheckRow[] {
  const own = claims.filter((claim) => claim.kind === kind)
  const rows = CLAIM_SOURCES.flatMap((from) => {
    const said = own.filter((claim) => claim.from === from)
    const named = said.filter(({ box }) => box !== null)
    const row = (measure: string, of: readonly PhotoClaim[], is: (one: PhotoClaim) => boolean) =>
      toRow(`${measure}, ${kind}, ${from}`, shareOf(of, is), of.length)
    return [
      row('named by the 80 classes', said, ({ box }) => box !== null),
      row('in the list of objects', named, ({ isTrue }) => isTrue === true),
      row('no box', named, ({ box }) => box === 0),
      row('called unsupported', named, (one) => statusOf(one, table) === 'unsupported'),
      row('called supported', named, (one) => statusOf(one, table) === 'supported'),
    ]
  })
  const scores = (isGood: boolean) => (from: (source: PhotoClaim['from']) => boolean) =>
    own.flatMap((one) => (from(one.from) && one.isTrue === isGood ? (one.box ?? []) : []))
  const human = scores(true)((from) => from === 'human captions')
  const against = (name: string, bad: readonly number[]): readonly CheckRow[] =>
    bad.length === 0 || human.length === 0
      ? []
      : [
          toRow(`AUROC, ${kind}, ${name}`, areaUnderCurve(human, bad), bad.length),
          toRow(
            `caught at 20 % false-alarm rate, ${kind}, ${name}`,
            caughtAtRate(human, bad, FALSE_ALARM_RATE),
            bad.length,
          ),
        ]
  return [
    ...rows,
    ...against(
      'wrong captions',
      scores(false)((from) => from.endsWith('_obj')),
    ),
    ...against(
      'polls',
      scores(false)((from) => from.startsWith('polls')),
    ),
    ...passedWrongly(own, table, kind),
  ]
}

/** Of what is passed or flagged, how much is wrong at the prevalence of the table, by the lists of objects. */
function passedWrongly(
  claims: readonly PhotoClaim[],
  table: CalibrationTable | null,
  kind: PhotoClaim['kind'],
): readonly CheckRow[] {
  if (table === null) return []
  const told = claims.filter(
    ({ from, isTrue, box }) =>
      box !== null &&
      isTrue !== null &&
      (from === 'human captions' ? isTrue : from !== 'polls, true'),
  )
  const share = (isTrue: boolean, status: string): number =>
    shareOf(
      told.filter((one) => one.isTrue === isTrue),
      (one) => statusOf(one, table) === status,
    )
  const { prevalence } = table
  const missed = prevalence * share(false, 'supported')
  const passed = missed + (1 - prevalence) * share(true, 'supported')
  return passed > 0
    ? [toRow(`hallucinations among passed, ${kind}`, missed / passed, told.length)]
    : []
}

function statusOf({ kind, box }: PhotoClaim, table: CalibrationTable | null): string {
  const rows = table === null ? null : findKindTable(table, kind)
  if (rows === null || box === null) return 'unsure'
  const probability = fuseSignals({ box }, rows)
  return probability === null ? 'unsure' : decide(probability, rows)
}

function toRow(measure: string, value: number, n: number): CheckRow {
  return { set: 'photos', method: METHOD, measure, value, n }
}
