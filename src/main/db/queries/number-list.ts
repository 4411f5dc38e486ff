import type { Database } from 'better-sqlite3'
import { prepare } from '../statements.ts'
import type { SqlValue } from './condition.ts'

/** In single precision where that holds each number exactly, as it does for nearly all that is measured in whole steps. */
export type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

/**
 * All values of a statement's one integer column `n`, in its order. One text with a list in it is several times
 * faster than a million rows that cross into JavaScript singly.
 */
export function selectNumbers(
  db: Database,
  sql: string,
  params: readonly SqlValue[] = [],
): readonly number[] {
  const list = prepare(db, `SELECT group_concat(n) FROM (${sql})`)
    .pluck()
    .get(...params) as string | null
  return JSON.parse(`[${list ?? ''}]`) as number[]
}
