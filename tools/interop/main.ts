import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { openBenchCore } from '../bench/bench-core.ts'
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
  ...['img2dataset', 'coco', 'altogether', 'metaclip', 'jsonl', 'csv', 'kohya', 'docci'],
]
const PYTHON_MS = 180_000

interface Result {
  readonly name: string
  readonly problem: string | null
}

/**
 * Proves the formats with the programs that they are for: Realign imports what Python libraries wrote, and they
 * load what it exported. Skipped, and said so, where there is no Python or no network to install them.
 */
async function main(): Promise<void> {
  const environment = preparePython()
  if (environment.kind === 'absent') {
    process.stdout.write(
      `Interoperability was skipped: ${environment.reason}.\n0 passed, 0 failed, 1 skipped\n`,
    )
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'realign-interop-'))
  try {
    const inputs = join(folder, 'inputs')
    const exports = join(folder, 'exports')
    runPython(environment.python, 'write_inputs.py', inputs)
    const core = await openBenchCore(join(folder, 'core'))
    const results: Result[] = []
    try {
      await writeExports(core.client, join(inputs, 'base', 'data.jsonl'), exports)
      for (const input of INPUTS) results.push(await tryInput(core.client, inputs, input))
    } finally {
      await core.close()
    }
    results.push(...parseResults(runPython(environment.python, 'load_exports.py', exports)))
    report(results)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeExports(client: Client, source: string, folder: string): Promise<void> {
  const map = { file_name: 'image', alt: 'alt', caption: 'caption', url: 'url' } as const
  const { jobId } = await client.imports.start({ path: source, map })
  await waitFor(client, jobId)
  for (const format of EXPORTS) {
    const started = await client.exports.start({ format, out: join(folder, format) })
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
function runPython(python: string, script: string, folder: string): string {
  const path = join(ROOT, 'tools', 'interop', script)
  const done = spawnSync(python, [path, folder], {
    ...{ encoding: 'utf8', timeout: PYTHON_MS, stdio: ['ignore', 'pipe', 'inherit'] },
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  })
  if (done.status === 0) return done.stdout
  throw new Error(`${script} ended with ${String(done.status ?? done.error)}.`)
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

function report(results: readonly Result[]): void {
  for (const { name, problem } of results) {
    process.stdout.write(problem === null ? `ok      ${name}\n` : `FAILED  ${name}: ${problem}\n`)
  }
  const failed = results.filter(({ problem }) => problem !== null).length
  process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`)
  if (failed > 0) process.exitCode = 1
}

await main()
