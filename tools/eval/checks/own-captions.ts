import { appendFile, readFile } from 'node:fs/promises'
import type { CalibrationTable } from '../../../src/main/checks/calibration-table.ts'
import {
  mergeTables,
  tryKinds,
  type ProjectLabel,
} from '../../../src/main/checks/project-calibration.ts'
import { foilUnits } from '../../../src/main/features/checks/self-foils.ts'
import type { Looker } from './collect.ts'
import { cachePath } from './collect-set.ts'
import { verdicts, type CheckRow } from './measure-set.ts'
import { drawPictures, sceneOf, type SceneSet } from './scene-sets.ts'
import type { CaptionRecord } from './unit-record.ts'

/** As many accepted captions as a project has after an afternoon, a few days, and some weeks. */
const CAPTIONS = [75, 150, 300] as const
const AT_ONCE = 3

interface OwnScene {
  readonly scene: string
  readonly labels: readonly ProjectLabel[]
}

/**
 * What measuring a project on its own captions brings: scenes of even numbers are a project whose captions people
 * accepted, and the tables made of them, as the app makes them, judge the planted faults of the others, beside the shipped
 * one. Words put into captions are not what is planted there. Look-alikes are not asked what a picture may show too.
 */
export async function measureOwnCaptions(
  set: SceneSet,
  records: readonly CaptionRecord[],
  at: { readonly looker: Looker; readonly table: CalibrationTable },
): Promise<readonly CheckRow[]> {
  const { looker, table: base } = at
  const isOwn = ({ scene }: CaptionRecord): boolean => indexOf(scene) % 2 === 0
  const accepted = records.filter((record) => record.fault === null && isOwn(record))
  const own = await labelScenes(set, accepted, looker)
  const others = records.filter((record) => !isOwn(record))
  const rowsOf = (method: string, table: CalibrationTable): CheckRow[] =>
    verdicts(others, table).map((row) => ({ ...row, set: `${set.name}, other half`, method }))
  return [
    ...rowsOf('shipped table', base),
    ...CAPTIONS.filter((count) => count <= own.length).flatMap((count) => {
      const kinds = tryKinds({ labels: own.slice(0, count).flatMap(({ labels }) => labels), base })
      const table = mergeTables(base, { id: 'own', pack: base.pack, kinds })
      return table === null ? [] : rowsOf(`own captions, ${String(count)}`, table)
    }),
  ]
}

async function labelScenes(
  set: SceneSet,
  accepted: readonly CaptionRecord[],
  looker: Looker,
): Promise<readonly OwnScene[]> {
  const cache = cachePath(set, looker).replace('.jsonl', '-own.jsonl')
  const text = await readFile(cache, 'utf8').catch(() => '')
  const known = new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as OwnScene)
      .map((own) => [own.scene, own] as const),
  )
  const pathOf = await drawPictures(set)
  const queue = accepted.filter(({ scene }) => !known.has(scene)).values()
  async function work(): Promise<void> {
    for (const record of queue) {
      const own = await labelScene(set, record, { looker, pathOf })
      await appendFile(cache, `${JSON.stringify(own)}\n`)
      known.set(own.scene, own)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return accepted.flatMap(({ scene }) => known.get(scene) ?? [])
}

async function labelScene(
  set: SceneSet,
  { scene: name, units }: CaptionRecord,
  at: { readonly looker: Looker; readonly pathOf: (index: number) => string },
): Promise<OwnScene> {
  const index = indexOf(name)
  const { caption, alts } = sceneOf(set, index)
  const accepted = units
    .filter(({ claim, signals }) => claim !== 'name' && Object.keys(signals).length > 0)
    .map(({ kind, signals }) => ({ kind, signals, isSupported: true, from: 'accepted' as const }))
  const see = (text: string) => at.looker.see(at.pathOf(index), text)
  const foiled = foilUnits(
    caption.text,
    (await see(caption.text)).map(({ unit }) => unit),
    { turn: index, alsoTrue: alts.map(({ text }) => text) },
  )
  const labels: Omit<ProjectLabel, 'group'>[] = accepted
  for (const { text, start, end } of foiled) {
    const seen = (await see(text)).find(({ unit }) => unit.start === start && unit.end === end)
    if (seen === undefined || Object.keys(seen.evidence.signals).length === 0) continue
    const { kind } = seen.unit
    labels.push({ kind, signals: seen.evidence.signals, isSupported: false, from: 'foil' })
  }
  return { scene: name, labels: labels.map((label) => ({ ...label, group: name })) }
}

function indexOf(scene: string): number {
  return Number(scene.split('-')[1])
}
