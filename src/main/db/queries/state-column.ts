import type { Database } from 'better-sqlite3'
import { STATUSES } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { currentChange } from './change-counter.ts'
import { changedSince } from './listing-patch.ts'
import { selectNumbers } from './number-list.ts'

/**
 * Status, problem and round of work of every image by id: counting a listing by them is one pass over an array
 * instead of a look into a row for each of its images.
 */
export interface StateColumn {
  readonly codes: Uint16Array
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

const ROUND_SHIFT = 5
/** Numbers that status and problem together can make. */
export const STATE_CODES = 2 ** ROUND_SHIFT

/** Status and problem without the round. */
export function stateOf(code: number): number {
  return code & (STATE_CODES - 1)
}

/** The position in the list of statuses. */
export function statusOf(code: number): number {
  return (code >> 2) & 7
}

/** 0 none, 1 file missing, 2 file broken. */
export function problemOf(code: number): number {
  return code & 3
}

/** The round that the image is worked on in; rounds from the last place on are counted together. */
function workRoundOf(code: number): number {
  return code >> ROUND_SHIFT
}

/** For each round, how many of its images stand at each place of the list of statuses. */
export function countWork(db: Database): ReadonlyMap<number, readonly number[]> {
  const byCode = new Uint32Array(CODES)
  for (const code of getStateColumn(db).codes) byCode[code] = (byCode[code] ?? 0) + 1
  const counts = new Map<number, number[]>()
  for (const [code, images] of byCode.entries()) {
    // Round 0 stands for ids without an image.
    if (images === 0 || workRoundOf(code) === 0) continue
    const round = counts.get(workRoundOf(code)) ?? STATUSES.map(() => 0)
    round[statusOf(code)] = (round[statusOf(code)] ?? 0) + images
    counts.set(workRoundOf(code), round)
  }
  return counts
}

const CODES = 2 ** 16
const LAST_ROUND = CODES / 2 ** ROUND_SHIFT - 1
// All these operators have one precedence in SQLite.
const CODE = `((min(work_round, ${LAST_ROUND}) << ${ROUND_SHIFT}) | (status << 2) | problem)`

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
    `SELECT image_id << 16 | ${CODE} AS n FROM image_state ORDER BY image_id`,
  )
  const newestId = Math.floor((both.at(-1) ?? 0) / CODES)
  const codes = new Uint16Array(newestId + 1)
  for (const value of both) codes[Math.floor(value / CODES)] = value % CODES
  return { codes, change, newestId }
}
