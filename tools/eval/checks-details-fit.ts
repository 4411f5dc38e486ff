import { fitNonNegativeLogistic } from '../../src/main/checks/logistic.ts'
import type { DetailCandidate } from '../../src/main/checks/details.ts'
import {
  CONFIRMED_SOURCES,
  visibilityOf,
  type ConfirmedSource,
  type DetailLook,
  type DetailTable,
  type SourceTable,
} from '../../src/main/checks/details-table.ts'
import { gatherFor, isTrueOf, openSceneSet } from './checks-details-scenes.ts'

interface Labelled {
  readonly source: ConfirmedSource
  readonly look: DetailLook
  readonly isTrue: boolean
  readonly scene: string
}

/** Scenes of this seed are for fitting alone. */
const SEED = 7100
const SCENES = 500
/** Of details that are shown, at most this share is wrong, with this confidence. */
const MOST_WRONG = 0.2
const CONFIDENCE = 0.95
/** Nobody is shown what is less likely than its opposite. */
const EVEN = 0.5
/** Fewer details than this decide nothing; each limit tried takes in a tenth more than the one before. */
const FIRST_RUNG = 30
const RUNG_GROWTH = 1.1

/** Fits weights on all scenes, and limits with weights that have not seen the scene; answers the sources of a table. */
export async function fitDetails(table: DetailTable): Promise<DetailTable['sources']> {
  const samples = await label(openTable(table))
  const fitted = CONFIRMED_SOURCES.map((source) => {
    return [source, fitSource(samples.filter((one) => one.source === source))] as const
  })
  return Object.fromEntries(fitted) as DetailTable['sources']
}

function fitSource(samples: readonly Labelled[]): SourceTable {
  const isEven = ({ scene }: Labelled): boolean => Number(scene.split('-')[1]) % 2 === 0
  const even = samples.filter(isEven)
  const odd = samples.filter((one) => !isEven(one))
  const judged = [
    { weights: fitWeights(even), held: odd },
    { weights: fitWeights(odd), held: even },
  ].flatMap(({ weights, held }) =>
    held.map(({ look, isTrue }) => ({
      probability: visibilityOf(look, weights),
      isTrue,
    })),
  )
  return { ...fitWeights(samples), limit: findLimit(judged), count: samples.length }
}

/**
 * The most lenient limit that keeps the bound: from the strictest on to the first that fails the exact test of Clopper
 * and Pearson (1934). Null where none keeps it.
 */
function findLimit(
  judged: readonly { readonly probability: number; readonly isTrue: boolean }[],
): number | null {
  const falling = judged
    .filter(({ probability }) => probability > EVEN)
    .sort((left, right) => right.probability - left.probability)
  let limit: number | null = null
  let wrong = 0
  let rung = FIRST_RUNG
  for (const [index, { probability, isTrue }] of falling.entries()) {
    const count = index + 1
    if (!isTrue) wrong += 1
    const isTied = falling[count]?.probability === probability
    if (isTied || count < FIRST_RUNG || (count < rung && count < falling.length)) continue
    if (chanceOfSoFew(wrong, count) > 1 - CONFIDENCE) break
    limit = round(probability)
    rung = Math.max(count + 1, Math.ceil(count * RUNG_GROWTH))
  }
  return limit
}

/** Of at most so many wrong ones, if the share of wrong ones were just too large. */
function chanceOfSoFew(wrong: number, count: number): number {
  const odds = Math.log(MOST_WRONG) - Math.log1p(-MOST_WRONG)
  let term = count * Math.log1p(-MOST_WRONG)
  let sum = Math.exp(term)
  for (let index = 1; index <= wrong; index += 1) {
    term += Math.log(count - index + 1) - Math.log(index) + odds
    sum += Math.exp(term)
  }
  return Math.min(1, sum)
}

function fitWeights(samples: readonly Labelled[]): Omit<SourceTable, 'limit' | 'count'> {
  const { intercept, weights } = fitNonNegativeLogistic(
    samples.map(({ look, isTrue }) => ({ features: scaled(look), isSupported: isTrue, weight: 1 })),
    [true, true, true],
  )
  const [soft = 0, cosine = 0, share = 0] = weights
  return {
    intercept: round(intercept - SCALE * (soft * CENTRE.soft + cosine * CENTRE.cosine)),
    soft: round(soft * SCALE),
    cosine: round(cosine * SCALE),
    share: round(share),
  }
}

/** Cosines move within a few tenths; descent needs columns of like size. */
const SCALE = 10
const CENTRE = { soft: 0.5, cosine: 0.3 }

function scaled({ soft, cosine, share }: DetailLook): number[] {
  return [SCALE * (soft - CENTRE.soft), SCALE * (cosine - CENTRE.cosine), share]
}

/** With every source asked, whatever its limit. */
function openTable(table: DetailTable): DetailTable {
  const open = Object.entries(table.sources).map(([name, source]) => [
    name,
    { ...source, limit: 0 },
  ])
  return { ...table, sources: Object.fromEntries(open) as DetailTable['sources'] }
}

async function label(table: DetailTable): Promise<Labelled[]> {
  const set = await openSceneSet(SEED, SCENES)
  try {
    const samples: Labelled[] = []
    for (const scene of set.scenes) {
      const how = { caption: scene.thin, table, withAltTexts: true }
      const { candidates } = await gatherFor(set, scene, how)
      for (const candidate of candidates) {
        if (!isConfirmed(candidate)) continue
        const { source, look } = candidate
        samples.push({ source, look, isTrue: isTrueOf(candidate, scene.graph), scene: scene.name })
      }
    }
    return samples
  } finally {
    await set.close()
  }
}

function isConfirmed(
  candidate: DetailCandidate,
): candidate is Extract<DetailCandidate, { readonly look: DetailLook }> {
  return 'look' in candidate
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
