import { createHash } from 'node:crypto'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundledPacksFolder, sampleFolder } from '../../src/main/base/app-paths.ts'
import { silentLog } from '../../src/main/base/log.ts'
import { foilBudgetOf, withinBudget } from '../../src/main/checks/foil-budget.ts'
import { wishFor } from '../../src/main/checks/look-wish.ts'
import { usedSignals } from '../../src/main/checks/used-signals.ts'
import type { CalibrationTable } from '../../src/main/checks/calibration-table.ts'
import type { DetailTable } from '../../src/main/checks/details-table.ts'
import { findDetailTable } from '../../src/main/checks/details-tables.ts'
import { gatherDetails, type DetailQuestion } from '../../src/main/features/checks/find-details.ts'
import { scaleOf } from '../../src/main/features/checks/ground.ts'
import { readShippedCalibration } from '../../src/main/features/checks/shipped-calibration.ts'
import { spawnNodeWorker } from '../../src/main/hosts/node/spawn.ts'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { createInferenceClient, type InferenceClient } from '../../src/main/models/client.ts'
import { readPackManifest } from '../../src/main/models/pack-folder.ts'
import type { LookAnswer, LookCall, TextCall } from '../../src/main/models/requests.ts'
import { createTextClient, type TextClient } from '../../src/main/text/client.ts'
import type { LibraryRow } from '../../src/shared/contract/library.ts'
import type { DualEncoderPack } from '../../src/shared/domain/pack.ts'
import { endOf, openBenchCore, untilIdle, withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { plainRow } from './host-cases.ts'
import { median, quantile } from './statistics.ts'

/** As for the case `models`: another encoder than the one that comes with Realign. */
const PACK_FOLDER = process.env['REALIGN_BENCH_PACK'] || undefined
const CAPTION_WORDS = 60
/** Fewer where the machine is busy: `REALIGN_BENCH_CAPTIONS`. */
const CAPTIONS = Number(process.env['REALIGN_BENCH_CAPTIONS'] ?? 16)
/** Two turns of the job and of the bare calls, each on pictures of its own. */
const TURNS = ['name:scene-001*', 'name:scene-002*'] as const
/** Looked at before, so that both have their graphs loaded, and know the texts that every picture is asked for. */
const WARM_UP = 'name:scene-00001*'
const AT_ONCE = 4
/** The host has something else to do while a job is timed, which notes itself when it began and ended. */
const LOOK_AFTER_JOB_MS = 200
const WORDS_ONLY = /^[A-Za-z ,]+$/
const PACK_ID = 'bench-encoder'

interface EncoderPlace {
  readonly manifest: DualEncoderPack
  readonly folder: string
  readonly table: CalibrationTable
}

/**
 * Checks on the sample: a caption of 60 words that is new, one of which a clause was edited, and a job over a project
 * against the bare calls of its models in a process of their own. Not the job with an encoder of the environment, which
 * may take many seconds for each picture.
 */
export async function benchChecks(): Promise<BenchRow[]> {
  const live = await withSample(({ client }) => timeCaptions(client))
  if (PACK_FOLDER !== undefined) return live
  // In a process of its own: that of the captions knows many texts of the sample by now.
  return [...live, await withSample(timeProject)]
}

interface Sample {
  readonly client: Client
  readonly encoder: EncoderPlace
}

function withSample<Value>(measure: (sample: Sample) => Promise<Value>): Promise<Value> {
  return withFolder(async (folder) => {
    const core = await openBenchCore(folder)
    const { client } = core
    try {
      await client.projects.openSample()
      await untilIdle(client)
      return await measure({ client, encoder: await prepareEncoder(client, folder) })
    } finally {
      await core.close()
    }
  })
}

/**
 * The starter, or the encoder of the environment. That one gets the starter's calibration, so that the same signals are
 * computed as for an encoder that somebody measured; what its verdicts say means nothing then.
 */
async function prepareEncoder(client: Client, folder: string): Promise<EncoderPlace> {
  const starter = await readEncoder(join(bundledPacksFolder(), 'starter'))
  const table = await readShippedCalibration(starter.manifest)
  if (table === null) throw new Error('The starter has no calibration.')
  if (PACK_FOLDER === undefined) {
    await client.models.choose({ task: 'dual-encoder', id: starter.manifest.id })
    return { ...starter, table }
  }
  const { result } = await endOf(
    client,
    (await client.models.install({ from: 'folder', path: PACK_FOLDER })).jobId,
  )
  const packs = join(folder, 'data', 'models')
  const installed = join(packs, String(result['id']), String(result['revision']))
  const copy = join(folder, 'calibrated')
  await cp(installed, copy, { recursive: true })
  const manifest = JSON.parse(await readFile(join(copy, 'pack.json'), 'utf8')) as DualEncoderPack
  const contents = JSON.stringify(table)
  await writeFile(join(copy, 'calibration.json'), contents)
  const file = {
    ...{ role: 'calibration', path: 'calibration.json', sizeBytes: Buffer.byteLength(contents) },
    sha256: createHash('sha256').update(contents).digest('hex'),
  }
  const files = [...manifest.files, file]
  await writeFile(join(copy, 'pack.json'), JSON.stringify({ ...manifest, id: PACK_ID, files }))
  await endOf(client, (await client.models.install({ from: 'folder', path: copy })).jobId)
  await client.models.choose({ task: 'dual-encoder', id: PACK_ID })
  return { ...(await readEncoder(join(packs, PACK_ID, manifest.revision))), table }
}

async function readEncoder(folder: string): Promise<Omit<EncoderPlace, 'table'>> {
  const manifest = await readPackManifest(folder)
  if (manifest.task === 'dual-encoder') return { manifest, folder }
  throw new Error('The pack is for something else: an encoder is needed here.')
}

/** Milliseconds from the request to verdicts that are stored; the picture was looked at before. */
async function timeCaptions(client: Client): Promise<BenchRow[]> {
  const clauses = await readClauses()
  const imageId = (await findImages(client, 'name:scene-00001'))[0]?.id
  if (imageId === undefined) throw new Error('The sample has lost its first picture.')
  const check = async (caption: string): Promise<number> => {
    const start = performance.now()
    const { isChecked, missing } = await client.checks.run({ imageId, caption })
    if (!isChecked) throw new Error(missing ?? 'The caption was not checked.')
    return performance.now() - start
  }
  await check('A dog.')
  const fresh: number[] = []
  const edited: number[] = []
  for (let index = 0; index < CAPTIONS; index += 1) {
    const caption = takeCaption(clauses)
    fresh.push(await check(caption.join(' ')))
    const middle = Math.floor(caption.length / 2)
    edited.push(await check(caption.with(middle, takeClause(clauses)).join(' ')))
  }
  return [
    plainRow('checks.caption', median(fresh), 'ms'),
    plainRow('checks.caption.p95', quantile(fresh, 0.95), 'ms'),
    plainRow('checks.edit', median(edited), 'ms'),
    plainRow('checks.edit.p95', quantile(edited, 0.95), 'ms'),
  ]
}

/** Alt-texts of the sample as sentences, each once, in an order that joins unlike ones. */
async function readClauses(): Promise<string[]> {
  const lines = (await readFile(join(sampleFolder(), 'metadata.jsonl'), 'utf8')).trim().split('\n')
  const texts = lines.flatMap((line) => (JSON.parse(line) as { alt: string[] }).alt)
  return [...new Set(texts)]
    .filter((text) => WORDS_ONLY.test(text))
    .map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`)
}

function takeClause(clauses: string[]): string {
  const clause = clauses.shift()
  if (clause === undefined)
    throw new Error('The sample has too few alt-texts for so many captions.')
  return clause
}

/** Clauses that were in no caption before, of 60 words together or a few more. */
function takeCaption(clauses: string[]): readonly string[] {
  const taken: string[] = []
  while (taken.join(' ').split(' ').length < CAPTION_WORDS) taken.push(takeClause(clauses))
  return taken
}

/** Images a second of a check job, against the calls that the models get for the same texts, four at a time as in the job. */
async function timeProject({ client, encoder }: Sample): Promise<BenchRow> {
  const text = createTextClient(spawnNodeWorker)
  const inference = createInferenceClient({ spawn: spawnNodeWorker, log: silentLog })
  try {
    const planCalls = createBarePlan({ client, encoder, text })
    await makeCalls(inference, await planCalls(await findImages(client, WARM_UP)))
    await timeJob(client, WARM_UP)
    const turns: { readonly job: number; readonly bare: number }[] = []
    for (const where of TURNS) {
      const calls = await planCalls(await findImages(client, where))
      const start = performance.now()
      await makeCalls(inference, calls)
      const bare = (calls.length * 1000) / (performance.now() - start)
      turns.push({ bare, job: await timeJob(client, where) })
    }
    return {
      case: 'checks.project',
      value: median(turns.map(({ job }) => job)),
      unit: 'images/s',
      limit: median(turns.map(({ bare }) => bare)),
      ratio: median(turns.map(({ job, bare }) => job / bare)),
    }
  } finally {
    inference.close()
    text.close()
  }
}

/** Images a second, from the job's own beginning to its end. */
async function timeJob(client: Client, where: string): Promise<number> {
  const { jobId } = await client.checks.start({ where })
  const { done, startedAt, endedAt } = await endOf(client, jobId, LOOK_AFTER_JOB_MS)
  if (done === 0 || startedAt === null || endedAt === null) throw new Error('No image was checked.')
  return (done * 1000) / (endedAt - startedAt)
}

/** What the models are asked for one picture. */
interface BareCalls {
  /** The check of its text. */
  readonly look: LookCall
  /** What else details have to know; without the places that fit and all that follows from them. */
  readonly texts: TextCall | null
}

/** Plans the calls of pictures as the job makes them, texts that were asked for before left out. */
function createBarePlan(of: Sample & { readonly text: TextClient }) {
  const { client, text } = of
  const { manifest, folder, table } = of.encoder
  const wanted = usedSignals([table], new Set())
  const budget = foilBudgetOf(manifest, { hasTable: true })
  const pack = { folder, id: manifest.id, revision: manifest.revision }
  const asked = new Set<string>()
  const planOne = async ({ id, name, hash }: ListedImage): Promise<BareCalls> => {
    const { startText, altTexts } = await client.align.get({ imageId: id })
    const { units } = await text.plan({ text: startText, labels: [] })
    const picture = { path: join(sampleFolder(), 'images', name), hash }
    const common = { pack, urgency: 'background' } as const
    const look = {
      ...{ ...common, ...picture, sharpness: scaleOf(manifest) },
      ...wishFor(withinBudget(units, budget, wanted), wanted),
    }
    for (const phrase of look.phrases) asked.add(phrase.text)
    const phrases = await detailPhrases(
      { ...common, picture, caption: startText, altTexts: altTexts.map((each) => each.text) },
      { text, table: findDetailTable(manifest) },
    )
    const texts = [...new Set(phrases)].filter((phrase) => !asked.has(phrase))
    for (const phrase of texts) asked.add(phrase)
    return { look, texts: texts.length === 0 ? null : { ...common, texts, kind: 'phrase' } }
  }
  return async (images: readonly ListedImage[]): Promise<BareCalls[]> => {
    const calls: BareCalls[] = []
    for (const image of images) calls.push(await planOne(image))
    return calls
  }
}

/** What details of a picture ask the encoder for, where nothing is called unsupported. */
async function detailPhrases(
  picture: Pick<DetailQuestion, 'pack' | 'picture' | 'urgency' | 'caption' | 'altTexts'>,
  around: { readonly text: TextClient; readonly table: DetailTable | null },
): Promise<readonly string[]> {
  const asked: string[] = []
  const look = ({ phrases, rest }: LookCall): Promise<LookAnswer> => {
    asked.push(...phrases.map(({ text }) => text), ...(rest?.said ?? []))
    return Promise.resolve({ phrases: [], sentences: [], gates: [], rest: null })
  }
  const none = { neighbours: [], boxes: null, lines: null, isColourless: false }
  const nothing = { ...none, answers: new Map() }
  await gatherDetails(
    { ...picture, ...nothing, statusOf: () => 'unsure' },
    { ...around, inference: { look } },
  )
  return asked
}

async function makeCalls(inference: InferenceClient, calls: readonly BareCalls[]): Promise<void> {
  const waiting = [...calls]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await inference.look(next.look)
      if (next.texts !== null) await inference.texts(next.texts)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

type ListedImage = Pick<LibraryRow, 'id' | 'name' | 'hash'>

async function findImages(client: Client, query: string): Promise<readonly ListedImage[]> {
  const sort = { key: 'name', descending: false } as const
  return (await client.library.page({ query, sort, position: 0, limit: 200 })).rows
}
