import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SIGNALS_VERSION } from '../../../src/main/checks/judge-unit.ts'
import type { Looker } from './collect.ts'
import { FAULT_KINDS, plantFaults, popularConcepts, type FaultKind } from './planted-caption.ts'
import {
  CALIBRATION_SET,
  CHECKS_CACHE,
  drawPictures,
  sceneOf,
  type SceneSet,
} from './scene-sets.ts'
import type { CaptionRecord } from './unit-record.ts'

/** Scenes that are judged at a time: one is planned while another is looked at. */
const AT_ONCE = 3
/** Scenes that say which concepts are drawn often. */
const POPULAR_SCENES = 300

/**
 * The captions of a set's first scenes, judged; what was judged before with this pack's revision is read from the cache.
 */
export async function collectSet(
  set: SceneSet,
  of: { readonly looker: Looker; readonly count: number; readonly onScene?: () => void },
): Promise<readonly CaptionRecord[]> {
  const { looker, count, onScene } = of
  const cache = cachePath(set, looker)
  const records = [...(await readRecords(cache))]
  const done = new Set(records.map(({ scene }) => scene))
  const left = Array.from({ length: count }, (_, index) => index).filter(
    (index) => !done.has(`${String(set.seed)}-${String(index)}`),
  )
  if (left.length === 0) return ofFirst(records, count)
  await mkdir(dirname(cache), { recursive: true })
  const pathOf = await drawPictures(set)
  const popular = popularConcepts(
    Array.from({ length: POPULAR_SCENES }, (_, index) => sceneOf(CALIBRATION_SET, index)),
  )
  const queue = left.values()
  async function work(): Promise<void> {
    for (const index of queue) {
      const scene = sceneOf(set, index)
      const captions = plantFaults(scene, { kinds: kindsOf(index), popular })
      const found = await looker.collect(scene, pathOf(index), captions)
      await appendFile(cache, found.map((record) => `${JSON.stringify(record)}\n`).join(''))
      records.push(...found)
      onScene?.()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return ofFirst(records, count)
}

/** One tier of objects, and sizes of every other scene: the rest is planted wherever it fits. */
function kindsOf(index: number): readonly FaultKind[] {
  const tiers = FAULT_KINDS.filter((kind) => kind.startsWith('object'))
  const others = FAULT_KINDS.filter((kind) => !kind.startsWith('object'))
  return [
    ...tiers.slice(index % tiers.length, (index % tiers.length) + 1),
    ...others.filter((kind) => kind !== 'size' || index % 2 === 0),
  ]
}

/** Where what was seen of a set with one revision of a pack is kept. */
export function cachePath(set: SceneSet, { pack }: Pick<Looker, 'pack'>): string {
  return join(
    CHECKS_CACHE,
    // What an earlier algorithm saw is not what this one would.
    `signals-${pack.id}-${pack.revision}-v${String(SIGNALS_VERSION)}`,
    `${set.name.replace(' ', '-')}-${String(set.seed)}.jsonl`,
  )
}

async function readRecords(path: string): Promise<readonly CaptionRecord[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CaptionRecord)
}

/** In the order of the scenes, so that results do not depend on who was ready first. */
function ofFirst(records: readonly CaptionRecord[], count: number): readonly CaptionRecord[] {
  const indexOf = ({ scene }: CaptionRecord): number => Number(scene.split('-')[1])
  return records
    .filter((record) => indexOf(record) < count)
    .toSorted((left, right) => indexOf(left) - indexOf(right))
}
