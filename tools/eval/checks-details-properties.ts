import { chooseDetails, idOf, type DetailCandidate } from '../../src/main/checks/details.ts'
import {
  SOURCE_FEATURES,
  visibilityOf,
  type DetailLook,
  type DetailTable,
} from '../../src/main/checks/details-table.ts'
import { gatherFor, type DetailRow, type SceneSet } from './checks-details-scenes.ts'
import { isTrueOf } from './checks-details-truth.ts'

const SET = 'held-out scenes'

type Property = 'colour' | 'count'
type Fitted = Extract<DetailCandidate, { readonly look: DetailLook }>
type Rank = (candidate: Fitted) => number

const WORDS: Readonly<Record<Property, string>> = { colour: 'colours', count: 'numbers' }

/**
 * Colours and numbers of thinned captions that tell none: those that are shown, and for every thing the best by the fit,
 * without a limit, beside the best by each single signal.
 */
export async function measureProperties(
  set: SceneSet,
  table: DetailTable,
): Promise<readonly DetailRow[]> {
  const rows: DetailRow[] = []
  for (const property of ['colour', 'count'] as const) {
    const source = table.sources[property]
    const name = `${WORDS[property]}: `
    const best = `${name}the best of each thing`
    const shown = await tally(set, { property, table, choose: (all) => shownOf(all, table) })
    rows.push(
      row(`${name}shown`, 'precision', shown.right, shown.shown),
      row(`${name}shown`, 'recall of what was left out', shown.right, shown.omitted),
    )
    const ranks: readonly (readonly [string, Rank])[] = [
      [`${best}, no limit`, ({ look }) => visibilityOf(look, source)],
      ...SOURCE_FEATURES[property]
        .filter((signal) => signal !== 'thing')
        .map((signal): [string, Rank] => [
          `${best} by “${signal}”`,
          ({ look }) => look[signal] ?? 0,
        ]),
    ]
    for (const [method, rank] of ranks) {
      const found = await tally(set, { property, table, choose: (all) => bestOf(all, rank) })
      rows.push(row(method, 'precision', found.right, found.shown))
    }
  }
  return rows
}

function row(method: string, measure: string, hits: number, n: number): DetailRow {
  return { set: SET, method, measure, value: n === 0 ? 0 : hits / n, n }
}

function shownOf(candidates: readonly Fitted[], table: DetailTable): readonly Fitted[] {
  const chosen = chooseDetails({ candidates, table, commonness: new Map(), answers: new Map() })
  return chosen.flatMap(
    ({ id, phrase }) =>
      candidates.find((each) => idOf(each) === id && each.phrase === phrase) ?? [],
  )
}

function bestOf(candidates: readonly Fitted[], rank: Rank): readonly Fitted[] {
  return [...Map.groupBy(candidates, idOf).values()].map((same) =>
    same.reduce((best, one) => (rank(one) > rank(best) ? one : best)),
  )
}

async function tally(
  set: SceneSet,
  how: {
    readonly property: Property
    readonly table: DetailTable
    readonly choose: (candidates: readonly Fitted[]) => readonly Fitted[]
  },
): Promise<{ readonly right: number; readonly shown: number; readonly omitted: number }> {
  const { property, table, choose } = how
  const sums = { right: 0, shown: 0, omitted: 0 }
  for (const scene of set.scenes) {
    const { text, dropped } = scene.bare
    const wish = { caption: text, table, withAltTexts: false, what: 'properties' } as const
    const { candidates } = await gatherFor(set, scene, wish)
    const chosen = choose(candidates.filter((each): each is Fitted => each.about === property))
    sums.right += chosen.filter((each) => isTrueOf(each, scene)).length
    sums.shown += chosen.length
    sums.omitted += (property === 'colour' ? dropped.colours : dropped.counts).length
  }
  return sums
}
