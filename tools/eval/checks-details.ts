import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/main/base/app-paths.ts'
import { chooseDetails, type DetailCandidate } from '../../src/main/checks/details.ts'
import type { DetailTable } from '../../src/main/checks/details-table.ts'
import { findDetailTable } from '../../src/main/checks/details-tables.ts'
import type { EvidenceRegion } from '../../src/main/checks/unit-evidence.ts'
import { parsePackManifest } from '../../src/main/models/pack-manifest.ts'
import type { SceneGraph } from '../scenes/graph.ts'
import {
  gatherFor,
  isTrueOf,
  namesGroup,
  openSceneSet,
  saysScenery,
  type DetailRow,
  type SceneSet,
  type ThinScene,
} from './checks-details-scenes.ts'
import { measureSpecificity } from './checks-specificity.ts'

const STARTER = join(packageRoot(), 'resources', 'packs', 'starter', 'pack.json')
/** Scenes of this seed are for measuring alone. */
const SEED = 7200
const SET = 'held-out scenes'

type Choose = (candidates: readonly DetailCandidate[]) => readonly Shown[]
type Shown = Pick<DetailCandidate, 'noun' | 'phrase' | 'region'>

interface Method {
  readonly name: string
  readonly withAltTexts: boolean
  readonly choose: (commonness: ReadonlyMap<string, number>) => Choose
}

/** Details that thinned captions lack, against baselines, and specificity of full against thinned captions. */
export async function measureDetails(count: number): Promise<readonly DetailRow[]> {
  const table = requireTable()
  const set = await openSceneSet(SEED, count)
  try {
    const rows: DetailRow[] = []
    for (const method of methodsOf(table)) rows.push(...(await measureMethod(set, table, method)))
    return [...rows, ...(await measureSpecificity(set))]
  } finally {
    await set.close()
  }
}

export function requireTable(): DetailTable {
  const manifest = parsePackManifest(readFileSync(STARTER, 'utf8'))
  const table = manifest.task === 'dual-encoder' ? findDetailTable(manifest) : null
  if (table === null) throw new Error('There is no table of details for the starter pack.')
  return table
}

function methodsOf(table: DetailTable): readonly Method[] {
  const ours: Method['choose'] = (commonness) => (candidates) =>
    chooseDetails({ candidates, table, commonness, answers: new Map() }).flatMap(({ id }) =>
      candidates.filter(({ noun }) => noun === id).slice(0, 1),
    )
  return [
    { name: 'details', withAltTexts: true, choose: ours },
    { name: 'details, images without alt-texts', withAltTexts: false, choose: ours },
    {
      name: 'five best cosines of the same candidates',
      withAltTexts: true,
      choose: () => (candidates) =>
        candidates.toSorted((left, right) => cosineOf(right) - cosineOf(left)).slice(0, 5),
    },
    {
      name: 'all that alt-texts say more',
      withAltTexts: true,
      choose: () => (candidates) => candidates.filter(({ source }) => source === 'alt-text'),
    },
  ]
}

function cosineOf(candidate: DetailCandidate): number {
  return 'look' in candidate ? candidate.look.cosine : 0
}

async function measureMethod(
  set: SceneSet,
  table: DetailTable,
  method: Method,
): Promise<readonly DetailRow[]> {
  const tally = createTally()
  for (const scene of set.scenes) {
    const show = async (caption: string): Promise<readonly Shown[]> => {
      const how = { caption, table, withAltTexts: method.withAltTexts }
      const { candidates, commonness } = await gatherFor(set, scene, how)
      return method.choose(commonness)(candidates)
    }
    tally.add(scene, { thin: await show(scene.thin), full: await show(scene.full) })
  }
  return tally.rows(method.name)
}

function createTally() {
  const counts = new Map<string, { hits: number; n: number }>()
  const count = (measure: string, hits: number, n: number): void => {
    const known = counts.get(measure) ?? { hits: 0, n: 0 }
    counts.set(measure, { hits: known.hits + hits, n: known.n + n })
  }
  return {
    add(scene: ThinScene, shown: { thin: readonly Shown[]; full: readonly Shown[] }) {
      const { graph } = scene
      const right = shown.thin.filter((detail) => isTrueOf(detail, graph))
      const found = scene.omitted.filter((group) =>
        right.some(({ noun }) => namesGroup(noun, group)),
      ).length
      const setting = right.some(({ noun }) => saysScenery(noun, graph))
      count('precision of what is shown', right.length, shown.thin.length)
      count('recall of omitted things', found, scene.omitted.length)
      if (scene.isSettingOmitted) count('recall of omitted settings', setting ? 1 : 0, 1)
      count(
        'recall of all that was omitted',
        found + (scene.isSettingOmitted && setting ? 1 : 0),
        scene.omitted.length + (scene.isSettingOmitted ? 1 : 0),
      )
      const placed = right.filter(({ noun }) =>
        graph.groups.some((group) => namesGroup(noun, group)),
      )
      const hits = placed.filter(({ noun, region }) => pointsAt(noun, region, graph)).length
      count('right things whose region points at them', hits, placed.length)
      const wrong = shown.full.filter((detail) => !isTrueOf(detail, graph)).length
      count('wrong ones shown per full caption', wrong, 1)
      count('shown per thinned caption', shown.thin.length, 1)
    },
    rows: (method: string): readonly DetailRow[] =>
      [...counts].map(([measure, { hits, n }]) => ({
        ...{ set: SET, method, measure, value: n === 0 ? 0 : hits / n, n },
      })),
  }
}

/** Whether the middle of a region lies in the box of a thing of that name. */
function pointsAt(noun: string, region: EvidenceRegion | null, graph: SceneGraph): boolean {
  if (region === null) return false
  const x = (region.x + region.width / 2) * graph.width
  const y = (region.y + region.height / 2) * graph.height
  return graph.groups
    .filter((group) => namesGroup(noun, group))
    .some(
      ({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
    )
}

/** The rows as a Markdown table, as in docs/quality.md. */
export function formatDetails(rows: readonly DetailRow[]): string {
  const lines = rows.map(
    ({ set, method, measure, value, n }) =>
      `| ${set} | ${method} | ${measure} | ${value.toFixed(3)} | ${String(n)} |`,
  )
  return [
    '| set | method | measure | value | n |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n')
}
