import type { ClaimKind } from '../../../src/shared/domain/check-plan.ts'
import { findKindTable, type CalibrationTable } from '../../../src/main/checks/calibration-table.ts'
import { fuseEvidence } from '../../../src/main/checks/fusion.ts'
import { calibrationError, reliabilityBins } from '../../../src/main/checks/reliability.ts'
import { decide, drawIndependent, RISK_BOUNDS } from '../../../src/main/checks/risk-control.ts'
import { createRandom } from '../../scenes/random.ts'
import {
  areaUnderCurve,
  caughtAtRate,
  mean,
  pickedLowest,
  shareOf,
  wrongShare,
} from './measures.ts'
import { methodsFor, type Method } from './methods.ts'
import type { FaultKind } from './planted-caption.ts'
import type { CaptionRecord, UnitRecord } from './unit-record.ts'

/** One line of `npm run eval -- checks --json`. */
export interface CheckRow {
  readonly set: string
  readonly method: string
  readonly measure: string
  readonly value: number
  readonly n: number
}

/** Which units of which claim a planted fault makes false. */
const GROUPS: readonly {
  readonly name: string
  readonly claim: ClaimKind
  readonly faults: readonly FaultKind[]
}[] = [
  {
    name: 'object',
    claim: 'object',
    faults: ['object, adversarial', 'object, popular', 'object, random'],
  },
  { name: 'object, adversarial', claim: 'object', faults: ['object, adversarial'] },
  { name: 'object, popular', claim: 'object', faults: ['object, popular'] },
  { name: 'object, random', claim: 'object', faults: ['object, random'] },
  { name: 'colour', claim: 'colour', faults: ['colour'] },
  { name: 'size', claim: 'size', faults: ['size'] },
  { name: 'count', claim: 'count', faults: ['count'] },
  { name: 'relation', claim: 'relation', faults: ['relation'] },
  { name: 'sign text', claim: 'sign-text', faults: ['sign-text'] },
]

const RESAMPLES = 200
const PARTS = ['first', 'middle', 'last'] as const

/** Everything that is measured on a set of judged captions, ours and the baselines side by side. */
export function measureSet(
  set: string,
  captions: readonly CaptionRecord[],
  table: CalibrationTable,
): readonly CheckRow[] {
  const methods = methodsFor(table)
  const rows = [
    ...methods.flatMap((method) => [
      ...localisation(captions, method),
      ...separation(captions, method),
      ...countsApart(captions, method),
      ...pairs(captions, method),
    ]),
    ...pointing(captions),
    ...verdicts(captions, table),
  ]
  return rows.filter(({ n }) => n > 0).map((row) => ({ set, ...row }))
}

type Row = Omit<CheckRow, 'set'>

/** How often the unit with the lowest score of a caption is the planted one. */
function localisation(captions: readonly CaptionRecord[], method: Method): readonly Row[] {
  const faulty = captions.filter(({ fault }) => fault !== null)
  const hits = faulty.flatMap((caption) => {
    const scores = method.units(caption)
    if (scores.every((score) => score === null)) return []
    const planted = caption.units.find(({ isTrue }) => isTrue === false)
    const hit = pickedLowest(
      caption.units.map(({ isTrue }, index) => ({
        score: scores[index] ?? null,
        isRight: isTrue === false,
      })),
    )
    return [{ fault: caption.fault, part: planted?.part ?? null, hit }]
  })
  const row = (measure: string, of: typeof hits): Row => ({
    method: method.name,
    measure,
    value: mean(of.map(({ hit }) => hit)),
    n: of.length,
  })
  return [
    row('localisation', hits),
    ...PARTS.map((part) =>
      row(
        `localisation, ${part} third`,
        hits.filter((hit) => hit.part === part),
      ),
    ),
    ...[...new Set(faulty.map(({ fault }) => fault))].toSorted().map((fault) =>
      row(
        `localisation, ${fault ?? ''}`,
        hits.filter((hit) => hit.fault === fault),
      ),
    ),
  ]
}

/** How well true and planted units are told apart. */
function separation(captions: readonly CaptionRecord[], method: Method): readonly Row[] {
  return GROUPS.flatMap(({ name, claim, faults }) => {
    const scoresOf = (isTrue: boolean): number[] =>
      captions
        .filter(({ fault }) => (isTrue ? fault === null : fault !== null && faults.includes(fault)))
        .flatMap((caption) => {
          const scores = method.units(caption)
          return caption.units.flatMap((unit, index) =>
            unit.claim === claim && unit.isTrue === isTrue ? (scores[index] ?? []) : [],
          )
        })
    const [supported, unsupported] = [scoresOf(true), scoresOf(false)]
    if (supported.length === 0 || unsupported.length === 0) return []
    const shared = { method: method.name, n: unsupported.length }
    return [
      { ...shared, measure: `AUROC, ${name}`, value: areaUnderCurve(supported, unsupported) },
      {
        ...shared,
        measure: `caught at 20 % false-alarm rate, ${name}`,
        value: caughtAtRate(supported, unsupported, RISK_BOUNDS.falseAlarm),
      },
    ]
  })
}

/**
 * How well true counts are told from planted ones that state the same number. Planted numbers are larger than true ones on
 * the whole, so a method that looks at no picture but likes small numbers would have an area of 0.8 over all of them.
 */
function countsApart(captions: readonly CaptionRecord[], method: Method): readonly Row[] {
  const scored = captions.flatMap((caption) => {
    const scores = method.units(caption)
    return caption.units.flatMap(({ claim, isTrue, stated }, index) => {
      const score = scores[index] ?? null
      const isMeant = isTrue !== null && isTrue === (caption.fault === null)
      return claim === 'count' && isMeant && score !== null ? [{ isTrue, stated, score }] : []
    })
  })
  const areas = [...Map.groupBy(scored, ({ stated }) => stated).values()].flatMap((units) => {
    const [good, bad] = [true, false].map((is) => units.filter(({ isTrue }) => isTrue === is))
    if (!good?.length || !bad?.length) return []
    const scoresOf = (of: typeof units): number[] => of.map(({ score }) => score)
    const area = areaUnderCurve(scoresOf(good), scoresOf(bad))
    return [{ area, pairs: good.length * bad.length, n: bad.length }]
  })
  const pairs = areas.reduce((sum, one) => sum + one.pairs, 0)
  const value = areas.reduce((sum, { area, pairs: own }) => sum + area * own, 0) / pairs
  const n = areas.reduce((sum, one) => sum + one.n, 0)
  return n === 0
    ? []
    : [{ method: method.name, measure: 'AUROC, count of equal numbers', value, n }]
}

/** How often the true caption scores higher than the one with a planted fault. */
function pairs(captions: readonly CaptionRecord[], method: Method): readonly Row[] {
  const truths = new Map(
    captions.filter(({ fault }) => fault === null).map((one) => [one.scene, method.caption(one)]),
  )
  const wins = captions.flatMap((caption) => {
    const truth = truths.get(caption.scene) ?? null
    const score = caption.fault === null ? null : method.caption(caption)
    if (truth === null || score === null) return []
    return [truth === score ? 0.5 : truth > score ? 1 : 0]
  })
  return [
    { method: method.name, measure: 'true caption preferred', value: mean(wins), n: wins.length },
  ]
}

function pointing(captions: readonly CaptionRecord[]): readonly Row[] {
  const units = captions.filter(({ fault }) => fault === null).flatMap((caption) => caption.units)
  return (['object', 'colour', 'count', 'sign-text'] as const).map((claim) => {
    const pointed = units.flatMap((unit) => (unit.claim === claim ? (unit.isPointed ?? []) : []))
    const value = shareOf(pointed, (is) => is)
    return { method: 'Realign', measure: `region hits, ${claim}`, value, n: pointed.length }
  })
}

interface Judged {
  readonly probability: number
  readonly status: ReturnType<typeof decide>
  readonly isSupported: boolean
  readonly group: string
  readonly claim: ClaimKind
}

/** What the marks are worth, by the kinds that tables are made for. */
export function verdicts(
  captions: readonly CaptionRecord[],
  table: CalibrationTable,
): readonly Row[] {
  return table.kinds.flatMap((kind) => {
    const judged = captions.flatMap((caption) =>
      caption.units
        .flatMap((unit) => judge(unit, { caption, table }))
        .filter((unit) => unit.kind === kind.kind),
    )
    const [good, bad] = [true, false].map((is) => judged.filter((one) => one.isSupported === is))
    if (!good?.length || !bad?.length) return []
    const rate = rates(good, bad, table.prevalence)
    const kept = resample(judged, table)
    const bins = reliabilityBins(drawIndependent(judged, { prevalence: table.prevalence, seed: 1 }))
    const row = (measure: string, value: number, n: number): Row => ({
      ...{ method: 'Realign', measure: `${measure}, ${kind.kind}`, value, n },
    })
    return [
      row('flagged of planted', rate.caught, bad.length),
      row('flagged of true', rate.alarms, good.length),
      row('false alarms among flagged', rate.falseAlarm, judged.length),
      row('hallucinations among passed', rate.missed, judged.length),
      row('unsure', rate.unsure, judged.length),
      row('bounds kept in resamples', kept, RESAMPLES),
      row('calibration error', calibrationError(bins), judged.length),
    ]
  })
}

function judge(
  unit: UnitRecord,
  of: { readonly caption: CaptionRecord; readonly table: CalibrationTable },
): (Judged & Pick<UnitRecord, 'kind'>)[] {
  const { caption, table } = of
  const { kind, claim, isTrue } = unit
  const probability = fuseEvidence(unit, table)
  const limits = findKindTable(table, kind)
  if (isTrue === null || probability === null || limits === null) return []
  // Of true units the true caption alone counts, else those of scenes with many faults would count more.
  if (isTrue && caption.fault !== null) return []
  const status = decide(probability, limits)
  return [{ kind, claim, probability, status, isSupported: isTrue, group: caption.scene }]
}

function rates(good: readonly Judged[], bad: readonly Judged[], prevalence: number) {
  const share = (units: readonly Judged[], status: Judged['status']): number =>
    shareOf(units, (unit) => unit.status === status)
  const caught = share(bad, 'unsupported')
  const alarms = share(good, 'unsupported')
  return {
    caught,
    alarms,
    falseAlarm: wrongShare(alarms * (1 - prevalence), caught * prevalence),
    missed: wrongShare(
      share(bad, 'supported') * prevalence,
      share(good, 'supported') * (1 - prevalence),
    ),
    unsure: share(bad, 'unsure') * prevalence + share(good, 'unsure') * (1 - prevalence),
  }
}

/** Share of resamples, by scene, in which both bounds hold. */
function resample(judged: readonly Judged[], { prevalence }: CalibrationTable): number {
  const scenes = [...Map.groupBy(judged, ({ group }) => group).values()]
  const random = createRandom('bounds kept')
  const kept = Array.from({ length: RESAMPLES }, () => {
    const drawn = scenes.flatMap(() => random.pick(scenes))
    const [good, bad] = [true, false].map((is) => drawn.filter((one) => one.isSupported === is))
    if (!good?.length || !bad?.length) return true
    const { falseAlarm, missed } = rates(good, bad, prevalence)
    return falseAlarm <= RISK_BOUNDS.falseAlarm && missed <= RISK_BOUNDS.missed
  })
  return shareOf(kept, (is) => is)
}
