import { chooseDetails } from '../../src/main/checks/details.ts'
import { visibilityOf, type DetailTable } from '../../src/main/checks/details-table.ts'
import type { EvidenceRegion } from '../../src/main/checks/unit-evidence.ts'
import { createRandom } from '../scenes/random.ts'
import {
  gatherFor,
  type DetailRow,
  type SceneSet,
  type ThinScene,
} from './checks-details-scenes.ts'
import { unnamedIn } from './checks-details-truth.ts'

const SET = 'held-out scenes'

/**
 * Parts of pictures that thinned captions say nothing of: those that are shown, and for every picture the likeliest
 * one without a limit, beside one as large at a random place and the one that stands out most whatever the caption says.
 */
export async function measureParts(
  set: SceneSet,
  table: DetailTable,
): Promise<readonly DetailRow[]> {
  const tallies = new Map<string, { hits: number; n: number; found: number; unnamed: number }>()
  const add = (method: string, scene: ThinScene, regions: readonly EvidenceRegion[]): void => {
    const tally = tallies.get(method) ?? { hits: 0, n: 0, found: 0, unnamed: 0 }
    const held = regions.map((region) => unnamedIn(region, scene))
    tally.hits += held.filter((things) => things.length > 0).length
    tally.n += regions.length
    tally.found += new Set(held.flat()).size
    tally.unnamed += unnamedIn(WHOLE, scene).length
    tallies.set(method, tally)
  }
  for (const scene of set.scenes) {
    const wish = {
      caption: scene.thin.text,
      table,
      withAltTexts: true,
      what: 'everything',
    } as const
    const { candidates, commonness } = await gatherFor(set, scene, wish)
    const details = chooseDetails({ candidates, commonness, table, answers: new Map() })
    const shown = details.flatMap(({ kind, region }) => (kind === 'region' ? (region ?? []) : []))
    add('parts: shown', scene, shown)
    const parts = candidates.flatMap((each) =>
      each.source === 'region' && each.region !== null
        ? [{ region: each.region, likely: visibilityOf(each.look, table.sources.region) }]
        : [],
    )
    const [best] = parts.toSorted((one, other) => other.likely - one.likely)
    if (best === undefined) continue
    add('parts: the likeliest of each picture, no limit', scene, [best.region])
    add('parts: as large at a random place', scene, [movedAtRandom(best.region, scene.name)])
    const { rest } = await set.inference.look({
      ...{ pack: set.pack, ...scene.picture, urgency: 'background', sharpness: table.sharpness },
      ...{ phrases: [], sentences: [], gated: [], rest: { said: [] } },
    })
    const salient = rest?.parts.toSorted((one, other) => other.salience - one.salience) ?? []
    add(
      'parts: what stands out most, said or not',
      scene,
      salient.slice(0, 1).map(({ region }) => region),
    )
  }
  return [...tallies].flatMap(([method, { hits, n, found, unnamed }]) => [
    row(method, 'holds a drawn thing that is not named', hits, n),
    row(method, 'drawn things not named that one holds', found, unnamed),
  ])
}

const WHOLE: EvidenceRegion = { x: 0, y: 0, width: 1, height: 1 }

function row(method: string, measure: string, hits: number, n: number): DetailRow {
  return { set: SET, method, measure, value: n === 0 ? 0 : hits / n, n }
}

function movedAtRandom({ width, height }: EvidenceRegion, scene: string): EvidenceRegion {
  const random = createRandom(`part ${scene}`)
  const at = (room: number): number => (room * random.integer(0, 1000)) / 1000
  return { x: at(1 - width), y: at(1 - height), width, height }
}
