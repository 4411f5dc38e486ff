import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import type { Client } from '../../src/main/http/rpc-client.ts'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { ExpectedCounts, Source } from './source.ts'

const END_LIMIT_MS = 120_000
const POLL_MS = 50

/** Waits until no job is left to do, and answers all of them; rejects when that takes too long. */
export async function waitForJobs(client: Client): Promise<readonly Job[]> {
  const limit = Date.now() + END_LIMIT_MS
  for (;;) {
    const jobs = await client.jobs.list({ limit: 200 })
    if (!jobs.some(isActive)) return jobs
    if (Date.now() > limit) {
      const names = jobs.filter(isActive).map((job) => `${job.title} (${job.state})`)
      throw new Error(`Jobs did not come to an end: ${names.join(', ')}`)
    }
    await sleep(POLL_MS)
  }
}

function isActive(job: { readonly state: Job['state'] }): boolean {
  return job.state === 'queued' || job.state === 'running'
}

/**
 * Whether the second job did the same work when the first was asked to go on: an import of the same source, or an
 * export to the same target, that is active or ended after the first had been given up.
 */
export function isInTheWay(job: Job, other: Job): boolean {
  const isSameWork =
    other.id !== job.id && other.kind === job.kind && workOf(other.title) === workOf(job.title)
  return isSameWork && (isActive(other) || (other.endedAt ?? 0) >= (job.endedAt ?? 0))
}

/** "Export csv to target 2" and "Export txt to target 2" do the same. */
function workOf(title: string): string {
  return title.split(' to ').at(-1) ?? title
}

interface Counts {
  readonly done: number
  readonly skipped: number
  readonly failed: number
}

/** What is wrong with the counts of an import that came to its end. */
export function checkImportCounts(counts: Counts, expected: ExpectedCounts): readonly string[] {
  const sum = counts.done + counts.skipped + counts.failed
  const violations: string[] = []
  if (sum !== expected.rows) {
    violations.push(`An import of ${expected.rows} rows counts ${describe(counts)}.`)
  }
  if (counts.failed !== expected.failed) {
    violations.push(
      `An import with ${expected.failed} faulty rows counts ${counts.failed} as failed.`,
    )
  }
  return violations
}

/**
 * What is wrong with the project after whole imports of those of the given sources that it knows, however often
 * each was imported and interrupted.
 */
export function checkImported(db: Database, sources: readonly Source[]): readonly string[] {
  const known = new Set(db.prepare('SELECT path FROM source').pluck().all())
  const imported = sources.filter((source) => known.has(source.path))
  const violations: string[] = []
  const expect = (what: string, sql: string, key: 'images' | 'altTexts' | 'locations'): void => {
    const found = db.prepare(sql).pluck().get()
    const expected = imported.reduce((sum, source) => sum + source.expected[key], 0)
    if (found !== expected) violations.push(`Expected ${expected} ${what}, found ${String(found)}.`)
  }
  expect('images', 'SELECT count(*) FROM image', 'images')
  expect('alt-texts', 'SELECT count(*) FROM alt_text', 'altTexts')
  expect('places of images', 'SELECT count(*) FROM image_location', 'locations')
  return violations
}

/** What is wrong with the jobs in a project file: none may be lost, and all must be done or still to be done. */
export function checkStoredJobs(
  db: Database,
  acknowledged: ReadonlySet<number>,
): readonly string[] {
  const ids = new Set(db.prepare('SELECT id FROM job').pluck().all() as number[])
  const lost = [...acknowledged].filter((id) => !ids.has(id))
  const rows = db
    .prepare(
      `SELECT id, title, state, error_code FROM job
       WHERE state IN ('failed', 'cancelled')
         AND coalesce(error_code, '') NOT IN ('JOB_POISONED', 'JOB_REPLACED')`,
    )
    .all() as { id: number; title: string; state: string; error_code: string | null }[]
  return [
    ...lost.map((id) => `Job ${id} was started, and is gone.`),
    ...rows.map(
      (row) => `Job ${row.id} (${row.title}) is ${row.state}: ${row.error_code ?? 'no reason'}.`,
    ),
  ]
}

export function hasActiveImport(db: Database): boolean {
  const sql =
    "SELECT count(*) FROM job WHERE state IN ('queued', 'running') AND kind = 'import.run'"
  return db.prepare(sql).pluck().get() !== 0
}

function describe(counts: Counts): string {
  return `${counts.done} done, ${counts.skipped} skipped and ${counts.failed} failed`
}
