import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { makeFixtures } from './fixtures.ts'
import { runCase } from './fuzz-case.ts'
import { openImports } from './import-set.ts'

/** Cases a format; `npm run fuzz -- 2000 17 1` runs 2000 from seed 17 and imports every one. */
const DEFAULT_CASES = 150
/** Of so many cases one is imported into a project too, with all its threads and processes. */
const IMPORTED_EVERY = 10
/** A case takes milliseconds, or where a Parquet thread has to be ended 20 s a part; one that takes this long does not end. */
const HANG_MS = 100_000

interface Failure {
  readonly name: string
  readonly seed: number
  readonly problem: string
}

type Report =
  | { readonly kind: 'start'; readonly name: string; readonly seed: number }
  | ({ readonly kind: 'failure' } & Failure)
  | { readonly kind: 'end'; readonly cases: number; readonly rows: number }

interface WorkerInput {
  readonly folder: string
  readonly cases: number
  readonly firstSeed: number
  readonly importedEvery: number
  /** Cases that came before, in a thread that hung. */
  readonly skip: number
}

/**
 * Reads thousands of damaged data sets of every format, imports some of them, and says which made a reader throw, hang,
 * tell a path, or leave its folder, or made an import change its source or lose count of its rows. A thread of its own reads, so that one that hangs can be ended.
 */
async function main(): Promise<void> {
  const given = process.argv.slice(2).map(Number)
  const [cases = DEFAULT_CASES, firstSeed = 1, importedEvery = IMPORTED_EVERY] = given
  const folder = await mkdtemp(join(tmpdir(), 'realign-fuzz-'))
  const failures: Failure[] = []
  let skip = 0
  try {
    for (let isDone = false; !isDone;) {
      const ended = await runWorker({ folder, cases, firstSeed, importedEvery, skip }, failures)
      isDone = ended.isDone
      skip += ended.started
      if (isDone) {
        const found = failures.length === 0 ? 'no failure' : `${failures.length} failures`
        process.stdout.write(
          `${skip} cases from seed ${firstSeed}, ${ended.rows} rows read: ${found}\n`,
        )
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  for (const { name, seed, problem } of failures) {
    process.stdout.write(`FAILED  ${name}, seed ${seed}: ${problem}\n`)
  }
  if (failures.length > 0) process.exitCode = 1
}

async function runWorker(
  input: WorkerInput,
  failures: Failure[],
): Promise<{ readonly isDone: boolean; readonly started: number; readonly rows: number }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: input })
  const progress = { started: 0, rows: 0, isDone: false }
  let current = { name: 'the fixtures', seed: 0 }
  const hang = setTimeout(() => {
    failures.push({ ...current, problem: `it took more than ${HANG_MS} ms` })
    void worker.terminate()
  }, HANG_MS)
  worker.on('message', (report: Report) => {
    hang.refresh()
    if (report.kind === 'start') {
      progress.started += 1
      current = report
    } else if (report.kind === 'failure') failures.push(report)
    else {
      progress.isDone = true
      progress.rows = report.rows
    }
  })
  worker.on('error', (error) =>
    failures.push({ ...current, problem: `the thread ended: ${String(error)}` }),
  )
  await once(worker, 'exit').catch(() => undefined)
  clearTimeout(hang)
  // A thread that cannot even start would be started for ever.
  return { ...progress, isDone: progress.isDone || progress.started === 0 }
}

async function work(input: WorkerInput): Promise<void> {
  const { folder, cases, firstSeed, importedEvery, skip } = input
  const report = (message: Report): void => parentPort?.postMessage(message)
  const fixtures = await makeFixtures(await mkdtemp(join(folder, 'fixtures-')))
  const imports = await openImports(await mkdtemp(join(folder, 'project-')))
  let rows = 0
  let count = 0
  for (const fixture of fixtures) {
    for (let seed = firstSeed; seed < firstSeed + cases; seed += 1) {
      count += 1
      if (count <= skip) continue
      report({ kind: 'start', name: fixture.name, seed })
      try {
        const isImported = count % importedEvery === 0
        rows += await runCase({ fixture, seed, folder, imports: isImported ? imports : undefined })
      } catch (error) {
        const problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
        report({ kind: 'failure', name: fixture.name, seed, problem })
      }
    }
  }
  await imports.close()
  report({ kind: 'end', cases: count, rows })
}

await (isMainThread ? main() : work(workerData as WorkerInput))
