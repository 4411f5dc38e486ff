import type { Database } from 'better-sqlite3'
import { prepare } from '../statements.ts'
import { currentChange } from './change-counter.ts'
import { changedSince } from './listing-patch.ts'
import { selectNumbers } from './number-list.ts'

/**
 * Status and problem of every image by id, a byte each: counting a listing by them is one pass over an array
 * instead of a look into a row for each of its images.
 */
export interface StateColumn {
  readonly codes: Uint8Array
  readonly change: number
  readonly newestId: number
}

const columns = new WeakMap<Database, StateColumn>()

/** The column as it is now; made anew only when more changed than a few images. */
export function getStateColumn(db: Database): StateColumn {
  const change = currentChange(db)
  const cached = columns.get(db)
  if (cached?.change === change) return cached
  const column = (cached && patch(db, cached, change)) ?? readAll(db, change)
  columns.set(db, column)
  return column
}

/** The position in the list of statuses. */
export function statusOf(code: number): number {
  return code >> 2
}

/** 0 none, 1 file missing, 2 file broken. */
export function problemOf(code: number): number {
  return code & 3
}

const CODE = '(status << 2 | problem)'

function patch(db: Database, column: StateColumn, change: number): StateColumn | null {
  const { newestId } = column
  const changed = changedSince(db, { since: column.change, change, newestId })
  if (changed === null) return null
  const codeOf = prepare(db, `SELECT ${CODE} FROM image_state WHERE image_id = ?`).pluck()
  for (const id of changed) column.codes[id] = codeOf.get(id) as number
  return { ...column, change }
}

function readAll(db: Database, change: number): StateColumn {
  const both = selectNumbers(
    db,
    `SELECT image_id << 8 | ${CODE} AS n FROM image_state ORDER BY image_id`,
  )
  const newestId = Math.floor((both.at(-1) ?? 0) / 256)
  const codes = new Uint8Array(newestId + 1)
  for (const value of both) codes[Math.floor(value / 256)] = value % 256
  return { codes, change, newestId }
}
