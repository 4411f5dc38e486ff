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
import { findLimits } from '../../src/main/checks/risk-control.ts'
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
/** Of details that are shown, at most so many wrong ones, with this confidence. */
const BOUNDS = { falseAlarm: 1, missed: 0.2, confidence: 0.95 }

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
      isSupported: isTrue,
    })),
  )
  const { supportedAt } = findLimits(judged, BOUNDS)
  const limit = supportedAt === null ? null : round(supportedAt)
  return { ...fitWeights(samples), limit, count: samples.length }
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
