import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { migrate } from '../../src/main/db/migrate.ts'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { openBenchCore, withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './statistics.ts'
import { createRandom, makeText } from './synthetic-words.ts'

const SEED = 7

interface Cost {
  readonly seconds: number
  /** Of all threads together: what remains comparable when other programs take the processor. */
  readonly cpuMicroseconds: number
}

interface Row {
  readonly url: string
  readonly alt: string
}

/**
 * Rows a second that the import job reads from JSONL without pictures, from the request to the end of the job, against
 * one loop that inserts the same rows into the same tables in one transaction on this thread.
 */
export function benchImport(): Promise<BenchRow[]> {
  return measureImports({ name: 'import', count: 100_000, rounds: 3 })
}

/** The two take turns, because other work on the machine comes and goes. */
export async function measureImports(options: {
  readonly name: string
  readonly count: number
  readonly rounds: number
}): Promise<BenchRow[]> {
  const { name, count, rounds } = options
  return withFolder(async (folder) => {
    const rows = makeRows(count)
    const table = join(folder, 'rows.jsonl')
    await writeTable(table, rows)
    const turns: { readonly job: Cost; readonly bare: Cost }[] = []
    for (let round = 0; round < rounds; round += 1) {
      const job = await measureImport(join(folder, `core ${round}`), { table, count })
      const bare = measureBareInserts(join(folder, `bare ${round}.sqlite`), rows)
      turns.push({ job, bare })
    }
    return [
      {
        case: name,
        value: count / median(turns.map((turn) => turn.job.seconds)),
        unit: 'rows/s',
        limit: count / median(turns.map((turn) => turn.bare.seconds)),
        ratio: median(turns.map((turn) => turn.bare.seconds / turn.job.seconds)),
      },
      {
        case: `${name}.cpu`,
        value: median(turns.map((turn) => turn.job.cpuMicroseconds)) / count,
        unit: 'µs/row',
        limit: median(turns.map((turn) => turn.bare.cpuMicroseconds)) / count,
        ratio: median(turns.map((turn) => turn.bare.cpuMicroseconds / turn.job.cpuMicroseconds)),
      },
    ]
  })
}

function makeRows(count: number): readonly Row[] {
  const random = createRandom(SEED)
  return Array.from({ length: count }, (_, index) => ({
    url: `https://images.example/${index}/${makeText(random, 1)}.jpg`,
    alt: makeText(random, 5 + Math.floor(random() * 12)),
  }))
}

async function writeTable(path: string, rows: readonly Row[]): Promise<void> {
  const file = createWriteStream(path)
  for (const row of rows) if (!file.write(`${JSON.stringify(row)}\n`)) await once(file, 'drain')
  file.end()
  await once(file, 'close')
}

function startMeasuring(): () => Cost {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { seconds: (performance.now() - startedAt) / 1000, cpuMicroseconds: user + system }
  }
}

async function measureImport(
  folder: string,
  { table, count }: { readonly table: string; readonly count: number },
): Promise<Cost> {
  await mkdir(folder)
  const core = await openBenchCore(folder)
  try {
    const stop = startMeasuring()
    const { jobId } = await core.client.imports.start({ path: table })
    const job = await waitForJob(core.client, jobId)
    const cost = stop()
    if (job.done !== count) throw new Error(`The import ended with ${JSON.stringify(job)}.`)
    return cost
  } finally {
    await core.close()
  }
}

export async function waitForJob(client: Client, jobId: Job['id']): Promise<Job> {
  for (;;) {
    const job = await client.jobs.get({ jobId })
    if (job.state !== 'queued' && job.state !== 'running') return job
    await sleep(25)
  }
}

function measureBareInserts(path: string, rows: readonly Row[]): Cost {
  const db = new Database(path)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('cache_size = -65536')
    migrate(db)
    db.exec(
      "INSERT INTO source (id, uid, format, path, root, map, created_at) VALUES (1, '', '', '', '', '', 0)",
    )
    const insert = prepareInserts(db)
    const stop = startMeasuring()
    db.transaction(() => {
      for (const row of rows) insert(row)
    })()
    return stop()
  } finally {
    db.close()
  }
}

function prepareInserts(db: Database.Database): (row: Row) => void {
  const image = db.prepare(
    "INSERT INTO image (uid, problem_code, problem_message, created_at) VALUES (?, 'IMAGE_FILE_MISSING', 'none', 0)",
  )
  const state = db.prepare(
    'INSERT INTO image_state (image_id, name, problem, alt_count, updated_seq, updated_at) VALUES (?, ?, 1, 1, 1, 0)',
  )
  const place = db.prepare(
    'INSERT INTO image_location (image_id, source_id, locator, url, seen_job_id) VALUES (?, 1, ?, ?, 1)',
  )
  const alt = db.prepare(
    "INSERT INTO alt_text (image_id, source_id, origin, text, created_at) VALUES (?, 1, 'alt', ?, 0)",
  )
  return (row) => {
    const id = image.run(uuid()).lastInsertRowid
    state.run(id, row.url)
    place.run(id, `url:${row.url}`, row.url)
    alt.run(id, row.alt)
  }
}
