import type { Database } from 'better-sqlite3'
import { prepare } from '../statements.ts'

/** The names of those who changed something in this project, in the order in which they came. */
export function listPeopleAtWork(db: Database): string[] {
  return prepare(
    db,
    `SELECT name FROM person p
     WHERE EXISTS (SELECT 1 FROM journal j WHERE j.person_id = p.id) ORDER BY p.id`,
  )
    .pluck()
    .all() as string[]
}
