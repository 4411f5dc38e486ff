import type { Database } from 'better-sqlite3'
import { prepare } from '../statements.ts'

/**
 * Takes the next number of the project's change counter. Bumped by every write that may move a listing; caches of
 * listings compare it, and `updated_seq` orders changes even when the clock goes backwards.
 */
export function nextChange(db: Database): number {
  return prepare(db, "UPDATE counter SET value = value + 1 WHERE name = 'change' RETURNING value")
    .pluck()
    .get() as number
}

export function currentChange(db: Database): number {
  return prepare(db, "SELECT value FROM counter WHERE name = 'change'").pluck().get() as number
}
