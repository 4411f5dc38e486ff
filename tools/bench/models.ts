import { randomFillSync } from 'node:crypto'
import { mkdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { bundledPacksFolder } from '../../src/main/base/app-paths.ts'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { findNearest } from '../../src/main/models/nearest.ts'
import { openOnnxGraph } from '../../src/main/models/onnx-graph.ts'
import { packFilePath } from '../../src/main/models/pack-file-path.ts'
import { readPackManifest } from '../../src/main/models/pack-folder.ts'
import { findPackFile, type DualEncoderPack } from '../../src/shared/domain/pack.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { endOf, openBenchCore, untilIdle, withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { writePhotos } from './photos.ts'
import { median, quantile } from './statistics.ts'
import { timePipeline } from './transformers-pipeline.ts'

/** A folder of an encoder to measure with instead of the one that comes with Realign, as model hubs have it or with a pack.json. */
const PACK_FOLDER = process.env['REALIGN_BENCH_PACK']
const PHOTOS = 96
/** Job, bare loop and others take turns, so that what else the machine does hits all alike. */
const ROUNDS = 2
const VECTORS = 1_000_000
const DIMENSION = 512
const SEARCHES = 40
const FILTERED_SHARE = 0.1
const QUERIES = 20

/** Models from end to end: the embed job against bare ways to do the same, searches, memory, and what is started unasked. */
export async function benchModels(): Promise<BenchRow[]> {
  const rows = await withFolder(async (folder) => {
    const core = await openBenchCore(folder)
    try {
      return await measureProject(core.client, folder)
    } finally {
      await core.close()
    }
  })
  return [...rows, ...(await measureSearch())]
}

async function measureProject(client: Client, folder: string): Promise<BenchRow[]> {
  const atStart = Number((await client.models.status()).isRunning)
  const pack = await preparePack(client, folder)
  const turns: { job: number; bare: number; pipeline: number | null }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const photos = await importPhotos(client, folder, round)
    const job = await timeEmbedding(client, pack.manifest.id)
    const batch = await batchSize(client)
    turns.push({
      job,
      bare: await timeBareLoop(pack, batch),
      pipeline: PACK_FOLDER === undefined ? null : await timePipeline(PACK_FOLDER, photos, batch),
    })
  }
  const embedMemory = (await client.models.status()).memoryBytes ?? 0
  const queries = await timeQueries(client)
  await read(client)
  const ocrMemory = (await client.models.status()).memoryBytes ?? 0
  const plain = { limit: null, ratio: null }
  return [
    { case: 'models.processes-at-start', value: atStart, unit: '', ...plain },
    against('models.embed', turns, (turn) => turn.bare),
    ...(turns.every(({ pipeline }) => pipeline !== null)
      ? [against('models.embed.pipeline', turns, (turn) => turn.pipeline ?? 0)]
      : []),
    { case: 'models.query', value: median(queries), unit: 'ms', ...plain },
    { case: 'models.query.p95', value: quantile(queries, 0.95), unit: 'ms', ...plain },
    { case: `models.memory.${pack.manifest.id}`, value: embedMemory / 1e6, unit: 'MB', ...plain },
    { case: 'models.memory.and-ocr', value: ocrMemory / 1e6, unit: 'MB', ...plain },
  ]
}

interface EncoderPlace {
  readonly manifest: DualEncoderPack
  readonly folder: string
}

/** Installs the pack of the environment where one is named; measures with the one in use. */
async function preparePack(client: Client, folder: string): Promise<EncoderPlace> {
  if (PACK_FOLDER === undefined) {
    const starter = await readEncoder(join(bundledPacksFolder(), 'starter'))
    await client.models.choose({ task: 'dual-encoder', id: starter.manifest.id })
    return starter
  }
  const { jobId } = await client.models.install({ from: 'folder', path: PACK_FOLDER })
  const { result } = await endOf(client, jobId)
  const id = String(result['id'])
  await client.models.choose({ task: 'dual-encoder', id })
  return readEncoder(join(folder, 'data', 'models', id, String(result['revision'])))
}

async function readEncoder(folder: string): Promise<EncoderPlace> {
  const manifest = await readPackManifest(folder)
  if (manifest.task === 'dual-encoder') return { manifest, folder }
  throw new Error(`${basename(folder)} is a pack for something else: an encoder is needed here.`)
}

async function importPhotos(
  client: Client,
  folder: string,
  round: number,
): Promise<readonly string[]> {
  // Photos are told apart by their number, so each round writes those that the rounds before had not.
  const all = join(folder, 'all-photos')
  const photos = await writePhotos(all, PHOTOS * (round + 1))
  const source = join(folder, `photos-${round}`)
  await mkdir(source)
  const paths: string[] = []
  for (const { path } of photos.slice(PHOTOS * round)) {
    const target = join(source, basename(path))
    await rename(path, target)
    paths.push(target)
  }
  await endOf(client, (await client.imports.start({ path: source })).jobId)
  await untilIdle(client)
  return paths
}

/** Images a second of the whole job; the first round has the start of the process in it. */
async function timeEmbedding(client: Client, pack: string): Promise<number> {
  const start = performance.now()
  const job = await endOf(client, (await client.models.embed({ pack })).jobId)
  if (job.done !== PHOTOS) throw new Error(`Expected ${PHOTOS} vectors, but ${job.done} came.`)
  return (PHOTOS * 1000) / (performance.now() - start)
}

async function batchSize(client: Client): Promise<number> {
  const { rates } = await client.models.status()
  return rates.find(({ task }) => task === 'vector')?.batch ?? 1
}

/** The session alone, with the threads that the job's has, on tensors that are ready. */
async function timeBareLoop({ manifest, folder }: EncoderPlace, batch: number): Promise<number> {
  const file = findPackFile(manifest, 'image-graph')
  if (file === undefined) throw new Error('The pack has no image graph.')
  const graph = await openOnnxGraph(packFilePath(folder, file), 'cpu')
  const { widthPx, heightPx } = manifest.image
  const dims = [batch, 3, heightPx, widthPx]
  const data = Float32Array.from({ length: batch * 3 * heightPx * widthPx }, (_, at) =>
    Math.sin(at),
  )
  const { inputs, outputs } = manifest.imageGraph
  const runOnce = () =>
    graph.run({ [inputs.pixels]: { kind: 'float', data, dims } }, [outputs.vector])
  await runOnce()
  const runs = Math.ceil(PHOTOS / batch)
  const start = performance.now()
  for (let run = 0; run < runs; run += 1) await runOnce()
  const perSecond = (runs * batch * 1000) / (performance.now() - start)
  await graph.close()
  return perSecond
}

/** Words typed into the library, to its first page of 200 in the order of the model. */
async function timeQueries(client: Client): Promise<number[]> {
  const times: number[] = []
  for (let index = -1; index < QUERIES; index += 1) {
    const start = performance.now()
    const query = `sim:"a red circle number ${index} in front of a hill"`
    await client.library.page({ query, sort: DEFAULT_SORT, position: 0, limit: 200 })
    // The first loads the text graph.
    if (index >= 0) times.push(performance.now() - start)
  }
  return times
}

async function read(client: Client): Promise<void> {
  const where = 'name:0*'
  await endOf(client, (await client.findings.find({ task: 'ocr', where })).jobId)
}

async function measureSearch(): Promise<BenchRow[]> {
  const matrix = new Int8Array(VECTORS * DIMENSION)
  for (let from = 0; from < matrix.length; from += 2 ** 28) {
    randomFillSync(matrix.subarray(from, from + 2 ** 28))
  }
  const among = Uint32Array.from(
    { length: VECTORS * FILTERED_SHARE },
    (_, index) => index / FILTERED_SHARE,
  )
  const time = async (filter: Uint32Array | null): Promise<number[]> => {
    const times: number[] = []
    for (let index = -2; index < SEARCHES; index += 1) {
      const at = (Math.abs(index) + 1) * 9_973 * DIMENSION
      const query = Float32Array.from(matrix.subarray(at, at + DIMENSION))
      const start = performance.now()
      await findNearest({
        ...{ matrix, dimension: DIMENSION, rowCount: VECTORS, query, count: 20, among: filter },
      })
      if (index >= 0) times.push(performance.now() - start)
    }
    return times
  }
  const rows: BenchRow[] = []
  for (const [name, filter] of [
    ['models.search', null],
    ['models.search.filtered', among],
  ] as const) {
    const times = await time(filter)
    rows.push({ case: name, value: median(times), unit: 'ms', limit: null, ratio: null })
    const p95 = quantile(times, 0.95)
    rows.push({ case: `${name}.p95`, value: p95, unit: 'ms', limit: null, ratio: null })
  }
  return rows
}

function against<Turn extends { readonly job: number }>(
  name: string,
  turns: readonly Turn[],
  limitOf: (turn: Turn) => number,
): BenchRow {
  return {
    case: name,
    value: median(turns.map(({ job }) => job)),
    unit: 'images/s',
    limit: median(turns.map(limitOf)),
    ratio: median(turns.map((turn) => turn.job / limitOf(turn))),
  }
}

/** Thumbnails follow an import, and would compete with what is measured. */
