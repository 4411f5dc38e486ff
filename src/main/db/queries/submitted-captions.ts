import type { Database } from 'better-sqlite3'
import { prepare } from '../statements.ts'

/** Captions that somebody submitted on one UTC day. */
export interface SubmittedCaptions {
  /** Days since 1970. */
  readonly day: number
  readonly name: string
  readonly isModel: boolean
  readonly captions: number
}

interface Counted {
  readonly newestId: number
  readonly groups: ReadonlyMap<string, SubmittedCaptions>
}

const caches = new WeakMap<Database, Counted>()
const NONE: Counted = { newestId: 0, groups: new Map() }
const DAY_MS = 86_400_000

/**
 * Who submitted how many captions on which day, imports left out. Revisions are never changed or deleted, so only new
 * ones are read.
 */
export function countSubmitted(db: Database): readonly SubmittedCaptions[] {
  const known = caches.get(db) ?? NONE
  const newestId = (prepare(db, 'SELECT max(id) FROM revision').pluck().get() as number | null) ?? 0
  if (newestId === known.newestId) return [...known.groups.values()]
  const rows = prepare(
    db,
    `SELECT created_at / ${DAY_MS} AS day, author_name AS name, author_kind = 'model' AS isModel, count(*) AS captions
     FROM revision WHERE id > ? AND author_kind <> 'import' GROUP BY 1, 2, 3`,
  ).all(known.newestId) as (Omit<SubmittedCaptions, 'isModel'> & { isModel: number })[]
  const groups = new Map(known.groups)
  for (const row of rows) {
    const key = JSON.stringify([row.day, row.name, row.isModel])
    const captions = (groups.get(key)?.captions ?? 0) + row.captions
    groups.set(key, { ...row, isModel: row.isModel === 1, captions })
  }
  caches.set(db, { newestId, groups })
  return [...groups.values()]
}
