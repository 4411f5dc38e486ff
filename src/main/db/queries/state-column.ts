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
  const column = findStateColumn(db) ?? readAll(db, currentChange(db))
  columns.set(db, column)
  return column
}

/** The column where it is at hand without reading all images; else null. */
export function findStateColumn(db: Database): StateColumn | null {
  const cached = columns.get(db)
  if (cached === undefined) return null
  const change = currentChange(db)
  if (cached.change === change) return cached
  const column = patch(db, cached, change)
  if (column !== null) columns.set(db, column)
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
  const reading = startReading(db, change)
  while (!reading.readSome());
  return reading.column
}

/** Reads the column in short steps, so that who asks meanwhile waits for none of them long. */
export function* prepareStateColumn(db: Database): Generator<void> {
  if (columns.has(db)) return
  const reading = startReading(db, currentChange(db))
  while (!reading.readSome()) yield
  // What changed in between has a newer number, so that the next use brings it up to date.
  if (!columns.has(db)) columns.set(db, reading.column)
}

const IMAGES_A_STEP = 50_000

/** Answers from `readSome` whether all is read. */
function startReading(
  db: Database,
  change: number,
): { readonly column: StateColumn; readSome(): boolean } {
  const newestId = (prepare(db, 'SELECT max(image_id) FROM image_state').pluck().get() ??
    0) as number
  const codes = new Uint16Array(newestId + 1)
  const rows = 'FROM image_state WHERE image_id > ? AND image_id <= ? ORDER BY image_id'
  let last = 0
  return {
    column: { codes, change, newestId },
    readSome() {
      const range = [last, Math.min(newestId, last + IMAGES_A_STEP)] as const
      const values = selectNumbers(db, `SELECT ${CODE} AS n ${rows}`, range)
      if (values.length === range[1] - range[0]) codes.set(values, last + 1)
      else {
        const ids = selectNumbers(db, `SELECT image_id AS n ${rows}`, range)
        for (const [index, id] of ids.entries()) codes[id] = values[index] ?? 0
      }
      last = range[1]
      return last === newestId
    },
  }
}

/** All images, ascending. */
export function listImages({ codes }: StateColumn): Uint32Array {
  let count = 0
  // 0 stands for ids without an image.
  for (const code of codes) count += Number(code !== 0)
  const ids = new Uint32Array(count)
  let index = 0
  for (let id = 0; id < codes.length; id += 1) {
    if (codes[id] === 0) continue
    ids[index] = id
    index += 1
  }
  return ids
}

/** How many images have each status and problem. */
export function countStateCodes({ codes }: StateColumn): Uint32Array {
  const byCode = new Uint32Array(STATE_CODES)
  for (const code of codes) {
    if (code !== 0) byCode[stateOf(code)] = (byCode[stateOf(code)] ?? 0) + 1
  }
  return byCode
}
