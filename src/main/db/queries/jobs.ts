import type { Database } from 'better-sqlite3'
import type { JobId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type JobLane = 'io' | 'cpu' | 'gpu'

export interface StoredJob {
  readonly id: JobId
  readonly kind: string
  readonly title: string
  readonly lane: JobLane
  readonly dedupeKey: string | null
  readonly params: unknown
  readonly state: JobState
  readonly done: number
  readonly skipped: number
  readonly failed: number
  readonly total: number | null
  readonly attempts: number
  readonly error: { readonly code: string; readonly message: string } | null
  readonly result: Readonly<Record<string, string | number>>
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
}

/** Errors kept per job; beyond that only the count goes on, so that a million bad rows stay one page. */
const MAX_STORED_ERRORS = 10_000

export interface JobItemError {
  readonly item: string
  readonly code: string
  readonly message: string
}

interface JobRow {
  readonly id: JobId
  readonly kind: string
  readonly title: string
  readonly lane: JobLane
  readonly dedupe_key: string | null
  readonly params: string
  readonly state: JobState
  readonly done: number
  readonly skipped: number
  readonly failed: number
  readonly total: number | null
  readonly attempts: number
  readonly error_code: string | null
  readonly error_message: string | null
  readonly result: string
  readonly created_at: number
  readonly started_at: number | null
  readonly ended_at: number | null
}

function toJob(row: JobRow): StoredJob {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    lane: row.lane,
    dedupeKey: row.dedupe_key,
    params: JSON.parse(row.params) as unknown,
    state: row.state,
    done: row.done,
    skipped: row.skipped,
    failed: row.failed,
    total: row.total,
    attempts: row.attempts,
    error:
      row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    result: JSON.parse(row.result) as Record<string, string | number>,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}

export function findJob(db: Database, args: { readonly id: JobId }): StoredJob | null {
  const row = prepare(db, 'SELECT * FROM job WHERE id = ?').get(args.id) as JobRow | undefined
  return row === undefined ? null : toJob(row)
}

export function listJobs(db: Database, args: { readonly limit: number }): StoredJob[] {
  const rows = prepare(db, 'SELECT * FROM job ORDER BY id DESC LIMIT ?').all(args.limit) as JobRow[]
  return rows.map(toJob)
}

/** The queued or running job that does what `dedupeKey` names. */
export function findActiveJob(
  db: Database,
  args: { readonly dedupeKey: string },
): StoredJob | null {
  const row = prepare(
    db,
    "SELECT * FROM job WHERE dedupe_key = ? AND state IN ('queued', 'running')",
  ).get(args.dedupeKey) as JobRow | undefined
  return row === undefined ? null : toJob(row)
}

export function listQueuedJobs(db: Database): StoredJob[] {
  const rows = prepare(db, "SELECT * FROM job WHERE state = 'queued' ORDER BY id").all() as JobRow[]
  return rows.map(toJob)
}

export function listJobErrors(
  db: Database,
  args: { readonly id: JobId; readonly after: number; readonly limit: number },
): (JobItemError & { readonly id: number })[] {
  return prepare(
    db,
    'SELECT id, item, code, message FROM job_error WHERE job_id = ? AND id > ? ORDER BY id LIMIT ?',
  ).all(args.id, args.after, args.limit) as (JobItemError & { id: number })[]
}

/** Adds a job, or answers the active one with the same key, so that a double click starts one job. */
export function addJob(
  db: Database,
  args: {
    readonly kind: string
    readonly title: string
    readonly lane: JobLane
    readonly dedupeKey: string | null
    readonly params: unknown
  },
): StoredJob {
  if (args.dedupeKey !== null) {
    const active = findActiveJob(db, { dedupeKey: args.dedupeKey })
    if (active !== null) return active
  }
  const row = prepare(
    db,
    `INSERT INTO job (kind, title, lane, dedupe_key, params, state, created_at)
     VALUES (?, ?, ?, ?, ?, 'queued', ?) RETURNING *`,
  ).get(
    args.kind,
    args.title,
    args.lane,
    args.dedupeKey,
    JSON.stringify(args.params),
    Date.now(),
  ) as JobRow
  return toJob(row)
}

/** Counts start from zero at each attempt, because a job that goes on counts what it finds already done. */
export function startJob(db: Database, args: { readonly id: JobId }): StoredJob {
  prepare(db, 'DELETE FROM job_error WHERE job_id = ?').run(args.id)
  const row = prepare(
    db,
    `UPDATE job SET state = 'running', attempts = attempts + 1, done = 0, skipped = 0, failed = 0, total = NULL,
       error_code = NULL, error_message = NULL, started_at = ?, ended_at = NULL
     WHERE id = ? RETURNING *`,
  ).get(Date.now(), args.id) as JobRow
  return toJob(row)
}

export interface JobCounts {
  readonly done: number
  readonly skipped: number
  readonly failed: number
  readonly total: number | null
}

/** `hasNewWork` clears the count of attempts: only a job that never gets on is taken for poison. */
export function saveJobProgress(
  db: Database,
  args: {
    readonly id: JobId
    readonly counts: JobCounts
    readonly errors: readonly JobItemError[]
    readonly hasNewWork: boolean
  },
): void {
  if (args.hasNewWork) prepare(db, 'UPDATE job SET attempts = 1 WHERE id = ?').run(args.id)
  prepare(db, 'UPDATE job SET done = ?, skipped = ?, failed = ?, total = ? WHERE id = ?').run(
    args.counts.done,
    args.counts.skipped,
    args.counts.failed,
    args.counts.total,
    args.id,
  )
  if (args.errors.length === 0) return
  const stored = prepare(db, 'SELECT count(*) FROM job_error WHERE job_id = ?').pluck().get(args.id)
  const insert = prepare(
    db,
    'INSERT INTO job_error (job_id, item, code, message) VALUES (?, ?, ?, ?)',
  )
  const room = Math.max(0, MAX_STORED_ERRORS - Number(stored))
  for (const error of args.errors.slice(0, room)) {
    insert.run(args.id, error.item, error.code, error.message)
  }
}

export function endJob(
  db: Database,
  args: {
    readonly id: JobId
    readonly state: JobState
    readonly error: { readonly code: string; readonly message: string } | null
    readonly result: Readonly<Record<string, string | number>>
  },
): StoredJob {
  const row = prepare(
    db,
    `UPDATE job SET state = ?, attempts = attempts - ?, error_code = ?, error_message = ?, result = ?, ended_at = ?
     WHERE id = ? RETURNING *`,
  ).get(
    args.state,
    // Put aside properly, as when the program is closed: that is no sign of a job that kills it.
    Number(args.state === 'queued'),
    args.error?.code ?? null,
    args.error?.message ?? null,
    JSON.stringify(args.result),
    args.state === 'queued' ? null : Date.now(),
    args.id,
  ) as JobRow
  return toJob(row)
}

/** A job that kills the process would do so at every start: after this many attempts it is given up. */
const MAX_ATTEMPTS = 5

/** At start: what was running when the last program stopped is queued again, or given up when it fails always. */
export function requeueInterruptedJobs(db: Database): void {
  prepare(
    db,
    `UPDATE job SET state = 'failed', error_code = 'JOB_POISONED', ended_at = ?,
       error_message = 'Realign stopped ${MAX_ATTEMPTS} times while this job ran and it never got on, so it is not started again by itself. Look at its last items, then resume it by hand.'
     WHERE state = 'running' AND attempts >= ${MAX_ATTEMPTS}`,
  ).run(Date.now())
  prepare(db, "UPDATE job SET state = 'queued' WHERE state = 'running'").run()
}

/** Puts an ended job back into the queue; false when an active job already does the same. */
export function requeueJob(db: Database, args: { readonly id: JobId }): boolean {
  const job = findJob(db, args)
  if (job === null || job.state === 'queued' || job.state === 'running') return false
  if (job.dedupeKey !== null) {
    const active = prepare(
      db,
      "SELECT id FROM job WHERE dedupe_key = ? AND state IN ('queued', 'running')",
    ).get(job.dedupeKey)
    if (active !== undefined) return false
  }
  prepare(db, "UPDATE job SET state = 'queued', attempts = 0, ended_at = NULL WHERE id = ?").run(
    args.id,
  )
  return true
}
