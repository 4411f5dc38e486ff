import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { openBenchCore } from '../bench/bench-core.ts'
import { describeFailure, formatCounts, saveResult } from '../counts.ts'
import { ROOT } from '../package-root.ts'
import { preparePython } from './python-environment.ts'

/** What each input holds: rows, and how many of them have a picture. */
const INPUTS = [
  { path: 'imagefolder-jsonl', format: 'imagefolder', rows: 6, pictures: 6 },
  { path: 'imagefolder-csv', format: 'imagefolder', rows: 6, pictures: 6 },
  { path: 'imagefolder-parquet', format: 'imagefolder', rows: 6, pictures: 6 },
  { path: 'hf-parquet', format: 'parquet', rows: 6, pictures: 6 },
  { path: 'hf-parquet-none', format: 'parquet', rows: 6, pictures: 6 },
  { path: 'hf-parquet-gzip', format: 'parquet', rows: 6, pictures: 6 },
  { path: 'hf-parquet-zstd', format: 'parquet', rows: 6, pictures: 6 },
  { path: 'hf-parquet-brotli', format: 'parquet', rows: 6, pictures: 6 },
  { path: 'hf-parquet-lz4', format: 'parquet', rows: 6, pictures: 6 },
  { path: 'hf-parquet-paged', format: 'parquet', rows: 6, pictures: 6 },
  { path: 'laion', format: 'parquet', rows: 6, pictures: 0 },
  { path: 'webdataset', format: 'webdataset', rows: 6, pictures: 6 },
  { path: 'img2dataset-tar', format: 'img2dataset', rows: 6, pictures: 4 },
  { path: 'img2dataset-files', format: 'img2dataset', rows: 6, pictures: 4 },
  { path: 'img2dataset-parquet', format: 'img2dataset', rows: 6, pictures: 4 },
  { path: 'coco/annotations/captions_val2017.json', format: 'coco', rows: 6, pictures: 6 },
  { path: 'metaclip', format: 'metaclip', rows: 6, pictures: 6 },
] as const

const EXPORTS = [
  ...['imagefolder', 'imagefolder-csv', 'imagefolder-parquet', 'hf-parquet', 'webdataset'],
  ...['img2dataset', 'coco', 'altogether', 'metaclip', 'jsonl', 'csv', 'tsv', 'txt'],
  ...['kohya', 'docci'],
  ...['fiftyone', 'fiftyone-csv', 'label-studio', 'altogether-round3', 'metaclip-nested'],
]
/** Seconds that all of it may take, unless the command line says `--limit-s N`. */
const DEFAULT_LIMIT_S = 900
/** What exports, imports and both scripts need once the libraries are there. */
const RUN_MS = 60_000

interface Result {
  readonly name: string
  readonly problem: string | null
}

/** Something that this machine or the network lacks: no mismatch. */
class Unavailable extends Error {}

/**
 * Proves the formats with the programs that they are for: Realign imports what Python libraries wrote, and they
 * load what it exported. Skipped, and said so, where there is no Python, no network to install them, or no time.
 */
async function main(): Promise<void> {
  const limitMs = 1_000 * readLimit(process.argv.slice(2))
  const endsAt = Date.now() + limitMs
  // What is killed has been skipped.
  await saveSkipped()
  const watchdog = setTimeout(() => {
    process.stdout.write(`Interoperability was skipped: it took more than ${limitMs / 1_000} s.\n`)
    process.exit()
  }, limitMs)
  try {
    const results = await prove(endsAt)
    await report(results)
  } catch (error) {
    if (!(error instanceof Unavailable)) {
      const problem = error instanceof Error ? error.message : String(error)
      await report([{ name: 'exports and imports', problem }])
      return
    }
    await saveSkipped()
    process.stdout.write(
      `Interoperability was skipped: ${error.message}.\n0 passed, 0 failed, 1 skipped\n`,
    )
  } finally {
    clearTimeout(watchdog)
  }
}

function readLimit(args: readonly string[]): number {
  const given = args[0] === '--limit-s' ? Number(args[1]) : DEFAULT_LIMIT_S
  if (args.length > 0 && !(given > 0)) throw new Error('Expected nothing, or --limit-s SECONDS.')
  return given
}

/** A skipped run is no failure in the sum of all. */
async function saveSkipped(): Promise<void> {
  const counts = { passed: 0, failed: 0, skipped: 1 }
  await saveResult('interop', { counts, failures: [] })
}

async function prove(endsAt: number): Promise<readonly Result[]> {
  const environment = preparePython(endsAt - Date.now() - RUN_MS)
  if (environment.kind === 'absent') throw new Unavailable(environment.reason)
  const folder = await mkdtemp(join(tmpdir(), 'realign-interop-'))
  try {
    const inputs = join(folder, 'inputs')
    const exports = join(folder, 'exports')
    runPython({ ...environment, script: 'write_inputs.py', folder: inputs, endsAt })
    const core = await openBenchCore(join(folder, 'core'))
    const results: Result[] = []
    try {
      await writeExports(core.client, join(inputs, 'base', 'data.jsonl'), exports)
      for (const input of INPUTS) results.push(await tryInput(core.client, inputs, input))
    } finally {
      await core.close()
    }
    const said = runPython({ ...environment, script: 'load_exports.py', folder: exports, endsAt })
    return [...results, ...parseResults(said)]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeExports(client: Client, source: string, folder: string): Promise<void> {
  const map = { file_name: 'image', alt: 'alt', caption: 'caption', url: 'url' } as const
  const { jobId } = await client.imports.start({ path: source, map })
  await waitFor(client, jobId)
  for (const format of EXPORTS) {
    const started = await client.exports.start({
      ...{ format, out: join(folder, format) },
      options: {
        describe: { licence: 'CC-BY-4.0', url: 'https://example.test/set', creator: 'Ann' },
      },
    })
    await waitFor(client, started.jobId)
  }
}

async function tryInput(
  client: Client,
  folder: string,
  input: (typeof INPUTS)[number],
): Promise<Result> {
  const name = `import ${input.path.split('/')[0] ?? ''}`
  try {
    const path = join(folder, input.path)
    const preview = await client.imports.preview({ path })
    if (preview.format !== input.format) return { name, problem: `taken for ${preview.format}` }
    const pictures = preview.records.filter(({ isImageFound }) => isImageFound).length
    const texts = preview.records.filter(({ altTexts }) => altTexts.length === 1).length
    if (pictures !== input.pictures) return { name, problem: `${pictures} pictures were found` }
    if (texts !== input.rows) return { name, problem: `${texts} rows have one text` }
    const { jobId } = await client.imports.start({ path })
    const job = await waitFor(client, jobId)
    const problem =
      job.done + job.skipped === input.rows && job.failed === 0
        ? null
        : `${job.done} done, ${job.skipped} skipped, ${job.failed} failed`
    return { name, problem }
  } catch (error) {
    return { name, problem: error instanceof Error ? error.message : String(error) }
  }
}

async function waitFor(client: Client, jobId: Job['id']): Promise<Job> {
  for (;;) {
    const job = await client.jobs.get({ jobId })
    if (job.state === 'done') return job
    if (job.error !== null) throw new Error(`${job.title}: ${job.error.message}`)
    await sleep(50)
  }
}

/** Answers what the script says on standard output; its reasons go to the screen. */
function runPython(work: {
  readonly python: string
  readonly script: string
  readonly folder: string
  readonly endsAt: number
}): string {
  const path = join(ROOT, 'tools', 'interop', work.script)
  const done = spawnSync(work.python, [path, work.folder], {
    ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    timeout: Math.max(1_000, work.endsAt - Date.now()),
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  })
  if (done.status === 0) return done.stdout
  // Each check in the scripts catches what a library says of our files: this is the machine's, or the clock's.
  throw new Unavailable(
    `${work.script} ended with ${String(done.status ?? done.error ?? done.signal)}`,
  )
}

function parseResults(text: string): readonly Result[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const { name, problem } = JSON.parse(line) as Result
      return { name: `load ${name}`, problem }
    })
}

async function report(results: readonly Result[]): Promise<void> {
  const lines = results.map(({ name, problem }) =>
    problem === null ? `ok      ${name}` : `FAILED  ${name}: ${problem}`,
  )
  const failed = results.filter(({ problem }) => problem !== null).length
  const counts = { passed: results.length - failed, failed, skipped: 0 }
  const output = lines.filter((line) => line.startsWith('FAILED')).join('\n')
  await saveResult('interop', {
    counts,
    failures: failed === 0 ? [] : [describeFailure('interop', output)],
  })
  process.stdout.write(`${lines.join('\n')}\n${formatCounts(counts)}\n`)
  if (failed > 0) process.exitCode = 1
}

await main()
