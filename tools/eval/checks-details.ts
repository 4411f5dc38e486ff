import { chooseDetails, idOf, type DetailCandidate } from '../../src/main/checks/details.ts'
import type { DetailTable } from '../../src/main/checks/details-table.ts'
import { findDetailTable } from '../../src/main/checks/details-tables.ts'
import type { EvidenceRegion } from '../../src/main/checks/unit-evidence.ts'
import type { SceneGraph } from '../scenes/graph.ts'
import { measureParts } from './checks-details-parts.ts'
import { measureProperties } from './checks-details-properties.ts'
import {
  fewAtOnce,
  gatherFor,
  openSceneSet,
  readStarter,
  type DetailRow,
  type SceneSet,
  type ThinScene,
} from './checks-details-scenes.ts'
import { isTrueOf, namesGroup, saysScenery } from './checks-details-truth.ts'
import { measureSpecificity } from './checks-specificity.ts'

/** Scenes of this seed are for measuring alone. */
const SEED = 7200
const SET = 'held-out scenes'

type Choose = (candidates: readonly DetailCandidate[]) => readonly DetailCandidate[]

interface Method {
  readonly name: string
  readonly withAltTexts: boolean
  readonly choose: (commonness: ReadonlyMap<string, number>) => Choose
}

/** Details that thinned captions lack, against baselines, and specificity of full against thinned captions. */
export async function measureDetails(count: number): Promise<readonly DetailRow[]> {
  const table = await requireTable()
  const set = await openSceneSet(SEED, count)
  try {
    // Methods choose among the same candidates, which take the time.
    await fewAtOnce(set.scenes, (scene) => gatherAll(set, scene, table))
    const rows: DetailRow[] = []
    for (const method of methodsOf(table)) rows.push(...(await measureMethod(set, table, method)))
    return [
      ...rows,
      ...(await measureProperties(set, table)),
      ...(await measureParts(set, table)),
      ...(await measureSpecificity(set)),
    ]
  } finally {
    await set.close()
  }
}

async function gatherAll(set: SceneSet, scene: ThinScene, table: DetailTable): Promise<void> {
  for (const withAltTexts of [true, false]) {
    for (const caption of [scene.thin.text, scene.full]) {
      await gatherFor(set, scene, { caption, table, withAltTexts, what: 'everything' })
    }
  }
  const { text: caption } = scene.bare
  await gatherFor(set, scene, { caption, table, withAltTexts: false, what: 'properties' })
}

async function requireTable(): Promise<DetailTable> {
  const table = findDetailTable((await readStarter()).manifest)
  if (table !== null) return table
  throw new Error(
    'There is no table of details for this revision of the starter pack. Run `npm run eval -- details-fit`.',
  )
}

function methodsOf(table: DetailTable): readonly Method[] {
  const ours: Method['choose'] = (commonness) => (candidates) =>
    chooseDetails({ candidates, table, commonness, answers: new Map() }).flatMap(
      ({ id, phrase }) =>
        candidates.find((each) => idOf(each) === id && each.phrase === phrase) ?? [],
    )
  const isThing = ({ about }: DetailCandidate): boolean => about === 'thing'
  return [
    { name: 'details', withAltTexts: true, choose: ours },
    { name: 'details, images without alt-texts', withAltTexts: false, choose: ours },
    {
      name: 'five best cosines of the same candidates',
      withAltTexts: true,
      choose: () => (candidates) =>
        candidates
          .filter((each) => isThing(each) && isUsed(each, table))
          .toSorted((left, right) => cosineOf(right) - cosineOf(left))
          .slice(0, 5),
    },
    {
      name: 'all that alt-texts say more',
      withAltTexts: true,
      choose: () => (candidates) => candidates.filter(({ source }) => source === 'alt-text'),
    },
  ]
}

/** Baselines get no candidates of sources that are off. */
function isUsed({ source }: DetailCandidate, { sources }: DetailTable): boolean {
  const isSure = source === 'detector' || source === 'reading' || source === 'pixels'
  return isSure || sources[source].limit !== null
}

function cosineOf(candidate: DetailCandidate): number {
  return 'look' in candidate ? (candidate.look['cosine'] ?? 0) : 0
}

async function measureMethod(
  set: SceneSet,
  table: DetailTable,
  method: Method,
): Promise<readonly DetailRow[]> {
  const tally = createTally()
  for (const scene of set.scenes) {
    const show = async (caption: string): Promise<readonly DetailCandidate[]> => {
      const { withAltTexts } = method
      const wish = { caption, table, withAltTexts, what: 'everything' } as const
      const { candidates, commonness } = await gatherFor(set, scene, wish)
      return method.choose(commonness)(candidates)
    }
    tally.add(scene, { thin: await show(scene.thin.text), full: await show(scene.full) })
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
    add(
      scene: ThinScene,
      shown: { thin: readonly DetailCandidate[]; full: readonly DetailCandidate[] },
    ) {
      const { graph } = scene
      const words = shown.thin.filter(({ about }) => about !== 'region')
      const right = words.filter((detail) => isTrueOf(detail, scene))
      const things = right.filter(({ about }) => about === 'thing')
      const found = scene.omitted.filter((group) =>
        things.some(({ noun }) => namesGroup(noun, group)),
      ).length
      const setting = things.some(({ noun }) => saysScenery(noun, graph))
      count('precision of what is shown', right.length, words.length)
      count('recall of omitted things', found, scene.omitted.length)
      if (scene.isSettingOmitted) count('recall of omitted settings', setting ? 1 : 0, 1)
      count(
        'recall of all things and settings that were omitted',
        found + (scene.isSettingOmitted && setting ? 1 : 0),
        scene.omitted.length + (scene.isSettingOmitted ? 1 : 0),
      )
      const placed = things.filter(({ noun }) =>
        graph.groups.some((group) => namesGroup(noun, group)),
      )
      const hits = placed.filter(({ noun, region }) => pointsAt(noun, region, graph)).length
      count('right things whose region points at them', hits, placed.length)
      const told = { graph, named: graph.groups }
      const wrong = shown.full.filter((detail) => !isTrueOf(detail, told))
      const isPart = ({ about }: DetailCandidate): boolean => about === 'region'
      count('wrong words shown per full caption', wrong.filter((one) => !isPart(one)).length, 1)
      count('parts shown per full caption', wrong.filter(isPart).length, 1)
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
