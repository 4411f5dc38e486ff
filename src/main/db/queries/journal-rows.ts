import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'

export interface JournalRow {
  readonly id: number
  readonly kind: string
  readonly label: string
  readonly image_id: ImageId | null
  readonly batch_id: number | null
  readonly person_id: PersonId
  readonly before: string | null
  readonly after: string | null
}

/** The kind of the row, `undo` or `redo`, that says whether the change `j` stands; NULL where nothing was said. */
export const LAST_WORD = `(SELECT r.kind FROM journal r WHERE r.concerns = j.id ORDER BY r.id DESC LIMIT 1)`

export function insertChange(
  db: Database,
  args: {
    readonly kind: string
    readonly label: string
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly before: unknown
    readonly after: unknown
  },
): void {
  prepare(
    db,
    `INSERT INTO journal (kind, label, image_id, person_id, before, after, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    args.kind,
    args.label,
    args.imageId,
    args.personId,
    JSON.stringify(args.before),
    JSON.stringify(args.after),
    Date.now(),
  )
}

/** Says that a change is taken back or done again. Answers the number of the new row. */
export function recordRevert(db: Database, row: JournalRow, kind: 'undo' | 'redo'): number {
  const made = prepare(
    db,
    'INSERT INTO journal (kind, label, image_id, batch_id, concerns, person_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(kind, row.label, row.image_id, row.batch_id, row.id, row.person_id, Date.now())
  return Number(made.lastInsertRowid)
}
