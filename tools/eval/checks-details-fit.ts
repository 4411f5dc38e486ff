import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { packageRoot } from '../../src/main/base/app-paths.ts'
import { chooseDetails, idOf, type DetailCandidate } from '../../src/main/checks/details.ts'
import {
  FITTED_SOURCES,
  SOURCE_FEATURES,
  visibilityOf,
  type DetailLook,
  type DetailTable,
  type FittedSource,
  type SourceTable,
} from '../../src/main/checks/details-table.ts'
import { DETAIL_TABLES } from '../../src/main/checks/details-tables.ts'
import { fitNonNegativeLogistic } from '../../src/main/checks/logistic.ts'
import type { EvidenceRegion } from '../../src/main/checks/unit-evidence.ts'
import { scaleOf } from '../../src/main/features/checks/ground.ts'
import {
  fewAtOnce,
  gatherFor,
  openSceneSet,
  readStarter,
  type SceneSet,
  type ThinScene,
} from './checks-details-scenes.ts'
import { isTrueOf } from './checks-details-truth.ts'

interface Labelled {
  readonly source: FittedSource
  readonly look: DetailLook
  readonly isTrue: boolean
  readonly scene: string
  readonly region: EvidenceRegion | null
  /** Of candidates with the same one, only the likeliest is ever shown. */
  readonly rivals: string
}

/** What a thinned caption could be told, and how common that is among pictures that look alike. */
type Gathered = Awaited<ReturnType<typeof gatherFor>>

/** Scenes of this seed are for fitting alone. */
const SEED = 7100
const SCENES = 1000
/** Of details that are shown, at most this share is wrong, with this confidence. */
const MOST_WRONG = 0.2
const CONFIDENCE = 0.95
/** Nobody is shown what is less likely than its opposite. */
const EVEN = 0.5
/** Fewer details than this decide nothing; each limit tried takes in a tenth more than the one before. */
const FIRST_RUNG = 30
const RUNG_GROWTH = 1.1

const TABLES_FILE = join('src', 'main', 'checks', 'details-tables.ts')
/** All behind it is written anew. */
const TABLES_MARK = 'export const DETAIL_TABLES'

/**
 * Fits weights on all scenes, and limits with weights that have not seen the scene, for the starter pack as it is, and
 * writes them in the place of those of its revision before; answers what became of each source, in words.
 */
export async function fitDetails(scenes = SCENES): Promise<readonly string[]> {
  const { manifest } = await readStarter()
  const { id, revision, vocabulary = [] } = manifest
  const pack = { id, revision }
  const sharpness = scaleOf(manifest)
  const { samples, thin } = await label({ pack, sharpness, vocabulary }, scenes)
  const fit = (source: FittedSource, own: readonly Labelled[]): SourceTable =>
    fitSource(
      own.filter((one) => one.source === source),
      SOURCE_FEATURES[source],
    )
  const first = Object.fromEntries(
    FITTED_SOURCES.map((source) => [source, fit(source, samples)]),
  ) as DetailTable['sources']
  const left = partsLeft({ pack, sharpness, vocabulary, sources: first }, thin)
  const region = fit(
    'region',
    samples.filter((one) => one.region !== null && left.has(one.region)),
  )
  const sources = { ...first, region }
  await writeTables({ pack, sharpness, sources })
  return FITTED_SOURCES.map((source) => {
    const { limit, count } = sources[source]
    return `${source}: ${limit === null ? 'no limit keeps the bound' : `shown from ${String(limit)} on`}, of ${String(count)} labelled`
  })
}

/**
 * The parts of pictures that would be shown without a limit of theirs: only a few, and none where chosen words lie. A limit
 * found on all of them would promise too much, since those with a word are the surest.
 */
function partsLeft(table: DetailTable, thin: readonly Gathered[]): ReadonlySet<EvidenceRegion> {
  const sources = { ...table.sources, region: { ...table.sources.region, limit: 0 } }
  const shown = thin.flatMap(({ candidates, commonness }) =>
    chooseDetails({
      ...{ candidates, commonness, table: { ...table, sources } },
      answers: new Map(),
    }),
  )
  return new Set(
    shown.flatMap(({ kind, region }) => (kind === 'region' && region !== null ? [region] : [])),
  )
}

async function writeTables(table: Omit<DetailTable, 'vocabulary'>): Promise<void> {
  const path = join(packageRoot(), TABLES_FILE)
  const written = await readFile(path, 'utf8')
  const start = written.indexOf(TABLES_MARK)
  if (start === -1) throw new Error(`Expected "${TABLES_MARK}" in ${TABLES_FILE}, to write behind.`)
  const others = DETAIL_TABLES.filter(({ pack }) => pack.id !== table.pack.id)
  const tables = JSON.stringify([table, ...others])
  const type = "readonly Omit<DetailTable, 'vocabulary'>[]"
  const text = `${written.slice(0, start)}${TABLES_MARK}: ${type} = ${tables}\n`
  await writeFile(path, await format(text, { ...(await resolveConfig(path)), filepath: path }))
}

function fitSource(samples: readonly Labelled[], features: readonly string[]): SourceTable {
  const isEven = ({ scene }: Labelled): boolean => Number(scene.split('-')[1]) % 2 === 0
  const even = samples.filter(isEven)
  const odd = samples.filter((one) => !isEven(one))
  const judged = [
    { weights: fitWeights(even, features), held: odd },
    { weights: fitWeights(odd, features), held: even },
  ].flatMap(({ weights, held }) =>
    held.map(({ look, isTrue, rivals }) => ({
      probability: visibilityOf(look, weights),
      isTrue,
      rivals,
    })),
  )
  const limit = findLimit(likeliestOfRivals(judged))
  return { ...fitWeights(samples, features), limit, count: samples.length }
}

interface Judged {
  readonly probability: number
  readonly isTrue: boolean
  readonly rivals: string
}

function likeliestOfRivals(judged: readonly Judged[]): readonly Judged[] {
  return [...Map.groupBy(judged, ({ rivals }) => rivals).values()].map((same) =>
    same.reduce((best, one) => (one.probability > best.probability ? one : best)),
  )
}

/**
 * The most lenient limit that keeps the bound: from the strictest on to the first that fails the exact test of Clopper
 * and Pearson (1934). Null where none keeps it.
 */
function findLimit(judged: readonly Judged[]): number | null {
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

/** Columns are brought to one mean and spread for the descent, and the weights back. */
function fitWeights(
  samples: readonly Labelled[],
  features: readonly string[],
): Pick<SourceTable, 'intercept' | 'weights'> {
  const columns = features.map((name) => {
    const values = samples.map(({ look }) => look[name] ?? 0)
    const mean = sum(values) / Math.max(1, values.length)
    const variance = sum(values.map((value) => (value - mean) ** 2)) / Math.max(1, values.length)
    return { name, mean, spread: Math.sqrt(variance) || 1 }
  })
  const { intercept, weights } = fitNonNegativeLogistic(
    samples.map(({ look, isTrue }) => ({
      features: columns.map(({ name, mean, spread }) => ((look[name] ?? 0) - mean) / spread),
      ...{ isSupported: isTrue, weight: 1 },
    })),
    columns.map(() => true),
  )
  const raw = columns.map(({ spread }, index) => (weights[index] ?? 0) / spread)
  return {
    intercept: round(intercept - sum(columns.map(({ mean }, index) => mean * (raw[index] ?? 0)))),
    weights: Object.fromEntries(columns.map(({ name }, index) => [name, round(raw[index] ?? 0)])),
  }
}

/** Things and parts of the thinned caption; colours and numbers of the one that tells none. */
async function label(
  table: Omit<DetailTable, 'sources'>,
  scenes: number,
): Promise<{ readonly samples: readonly Labelled[]; readonly thin: readonly Gathered[] }> {
  const set = await openSceneSet(SEED, scenes)
  try {
    const labelled = await fewAtOnce(set.scenes, async (scene) => {
      const thin = await labelCaption(set, scene, { table, which: 'thin' })
      const bare = await labelCaption(set, scene, { table, which: 'bare' })
      return { samples: [...thin.samples, ...bare.samples], thin: thin.gathered }
    })
    return {
      samples: labelled.flatMap(({ samples }) => samples),
      thin: labelled.map(({ thin }) => thin),
    }
  } finally {
    await set.close()
  }
}

async function labelCaption(
  set: SceneSet,
  scene: ThinScene,
  of: { readonly table: Omit<DetailTable, 'sources'>; readonly which: 'thin' | 'bare' },
): Promise<{ readonly samples: readonly Labelled[]; readonly gathered: Gathered }> {
  const { table, which } = of
  const isBare = which === 'bare'
  const gathered = await gatherFor(set, scene, {
    ...{ caption: scene[which].text, table, withAltTexts: true },
    what: isBare ? 'properties' : 'everything',
  })
  const samples = gathered.candidates.filter(isFitted).flatMap((candidate, index): Labelled[] => {
    const { source, look, about, region } = candidate
    if (isBare !== (about === 'colour' || about === 'count')) return []
    const rivals = `${scene.name} ${source} ${isBare ? idOf(candidate) : String(index)}`
    const isTrue = isTrueOf(candidate, scene)
    return [{ source, look, isTrue, scene: scene.name, region, rivals }]
  })
  return { samples, gathered }
}

function isFitted(
  candidate: DetailCandidate,
): candidate is Extract<DetailCandidate, { readonly look: DetailLook }> {
  return 'look' in candidate
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
