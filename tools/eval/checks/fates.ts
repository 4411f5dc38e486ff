import { refineFates } from '../../../src/main/checks/anchor-fates.ts'
import { judgeUnit } from '../../../src/main/checks/judge-unit.ts'
import { readShippedCalibration } from '../../../src/main/features/checks/shipped-calibration.ts'
import { analyseTexts } from '../../../src/main/text/analysis.ts'
import type { Verdict } from '../../../src/shared/contract/judgements.ts'
import type { Fate, UnitFate } from '../../../src/shared/domain/fate.ts'
import type { TextUnit } from '../../../src/shared/domain/text-unit.ts'
import { createLooker } from './collect.ts'
import { makeFateCase, REWRITES, type FateCase, type FateLabel } from './fate-cases.ts'
import type { CheckRow } from './measure-set.ts'
import { drawPictures, HELD_OUT_SETS, sceneOf, type SceneSet } from './scene-sets.ts'

/** What each kind of statement is read as. */
const UNIT_KINDS: Readonly<Record<FateLabel['kind'], readonly TextUnit['kind'][]>> = {
  object: ['entity'],
  inserted: ['entity'],
  colour: ['attribute'],
  size: ['attribute'],
  count: ['count'],
  'sign-text': ['quoted-text', 'name'],
  name: ['name'],
  boilerplate: ['entity', 'name', 'attribute', 'count', 'action', 'not-checkable', 'quoted-text'],
}

interface Judged {
  readonly label: FateLabel
  /** By words alone, with what checks say of both texts, and by whether the caption has the same words. */
  readonly words: UnitFate
  readonly seen: UnitFate
  readonly exact: Fate
}

/**
 * What is said to have become of alt-texts in captions of held-out scenes, where it is known: alt-texts with their planted
 * faults beside captions that keep, correct, drop, blur, sharpen or spoil what they say.
 */
export async function measureFates(scenes: number): Promise<readonly CheckRow[]> {
  const looker = await createLooker()
  try {
    const table = await readShippedCalibration(looker.pack)
    if (table === null) throw new Error(`No table is shipped for ${looker.pack.id}.`)
    const see = async (path: string, text: string): Promise<readonly Verdict[]> =>
      (await looker.see(path, text)).map(({ unit, evidence }) => judgeUnit(unit, evidence, [table]))
    const rows: CheckRow[] = []
    for (const set of HELD_OUT_SETS) rows.push(...(await measureSet(set, { scenes, see })))
    return rows
  } finally {
    looker.close()
  }
}

async function measureSet(
  set: SceneSet,
  at: {
    readonly scenes: number
    readonly see: (path: string, text: string) => Promise<readonly Verdict[]>
  },
): Promise<readonly CheckRow[]> {
  const pathOf = await drawPictures(set)
  const judged: Judged[] = []
  let labelled = 0
  for (let index = 0; index < Math.min(at.scenes, set.count); index += 1) {
    const scene = sceneOf(set, index)
    // In turn, so that each way of rewriting has its share; where one does not fit, the true caption stands.
    const rewrite = REWRITES[index % REWRITES.length] ?? 'full'
    const made = makeFateCase(scene, rewrite) ?? makeFateCase(scene, 'full')
    if (made === null) continue
    labelled += made.labels.length
    const look = (text: string) => at.see(pathOf(index), text)
    judged.push(...judge(made, await look(made.altText), await look(made.caption)))
  }
  return toRows(`fates, ${set.name}`, judged, labelled)
}

function judge(
  { altText, caption, labels }: FateCase,
  altVerdicts: readonly Verdict[],
  captionVerdicts: readonly Verdict[],
): readonly Judged[] {
  const [found] = analyseTexts({ caption, altTexts: [{ text: altText, reasons: [] }] }).altTexts
  if (found === undefined) return []
  const { units, fates } = found
  const refined = refineFates({ fates, units, altVerdicts, captionVerdicts })
  return labels.flatMap((label) => {
    const index = units.findIndex(
      ({ kind, start, end }) =>
        UNIT_KINDS[label.kind].includes(kind) && start < label.end && label.start < end,
    )
    const [words, seen] = [fates[index], refined[index]]
    if (words === undefined || seen === undefined) return []
    const said = altText.slice(label.start, label.end).toLowerCase()
    const exact: Fate = caption.toLowerCase().includes(said) ? 'kept' : 'dropped'
    return [{ label, words, seen, exact }]
  })
}

function toRows(set: string, judged: readonly Judged[], labelled: number): readonly CheckRow[] {
  const methods: readonly (readonly [string, (one: Judged) => Fate])[] = [
    ['Realign', ({ seen }) => seen.fate],
    ['words alone', ({ words }) => words.fate],
    ['same words or not', ({ exact }) => exact],
  ]
  const row = (method: string, measure: string, of: readonly boolean[]): CheckRow => ({
    ...{ set, method, measure, n: of.length },
    value: of.filter(Boolean).length / Math.max(1, of.length),
  })
  const groups = Map.groupBy(judged, ({ label }) => `${label.fates[0]}, ${label.kind}`)
  const fates = Map.groupBy(judged, ({ label }) => label.fates[0])
  const right = (fateOf: (one: Judged) => Fate) => (one: Judged) =>
    one.label.fates.includes(fateOf(one))
  // Whether a change is for the better is a matter of the picture.
  const isAlike = (one: Judged): boolean =>
    one.label.fates.some((fate) => merged(fate) === merged(one.seen.fate))
  const seenOf = (wanted: 'shown' | 'not-shown', fate: Fate): readonly Judged[] =>
    judged.filter(
      ({ label, seen }) => label.fates[0] === fate && label.seen === wanted && seen.fate === fate,
    )
  return [
    row('Realign', 'found as a unit', [
      ...judged.map(() => true),
      ...Array.from({ length: labelled - judged.length }, () => false),
    ]),
    ...methods.map(([name, fateOf]) => row(name, 'fate', judged.map(right(fateOf)))),
    row('Realign', 'fate, corrected and changed taken as one', judged.map(isAlike)),
    ...[...fates, ...groups]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([name, own]) =>
        methods.map(([method, fateOf]) => row(method, `fate, ${name}`, own.map(right(fateOf)))),
      ),
    ...(['shown', 'not-shown'] as const).flatMap((wanted) =>
      (['dropped', 'changed'] as const).flatMap((fate) => {
        const own = seenOf(wanted, fate)
        const other = wanted === 'shown' ? 'not-shown' : 'shown'
        return [
          row(
            'Realign',
            `${fate} and ${wanted}: said so`,
            own.map(({ seen }) => seen.seen === wanted),
          ),
          row(
            'Realign',
            `${fate} and ${wanted}: the opposite`,
            own.map(({ seen }) => seen.seen === other),
          ),
        ]
      }),
    ),
  ].filter(({ n }) => n > 0)
}

function merged(fate: Fate): Fate {
  return fate === 'corrected' ? 'changed' : fate
}
