import type { Database } from 'better-sqlite3'
import type { SavedView, ViewContent } from '../../../shared/contract/views.ts'
import type { PersonId, ViewId } from '../../../shared/domain/ids.ts'
import type { SortKey } from '../../../shared/domain/sort.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { readQuery } from './query-sql.ts'

interface ViewRow {
  readonly id: ViewId
  readonly name: string
  readonly query: string
  readonly sort_key: SortKey
  readonly is_descending: number
  readonly version: number
  readonly author_name: string
  readonly changed_at: number
}

/** A view as somebody last saw it. */
interface SeenView {
  readonly id: ViewId
  readonly version: number
}

const SELECT =
  'SELECT id, name, query, sort_key, is_descending, version, author_name, changed_at FROM saved_view'

function toView(row: ViewRow): SavedView {
  return {
    id: row.id,
    name: row.name,
    query: row.query,
    sort: { key: row.sort_key, descending: row.is_descending === 1 },
    version: row.version,
    author: row.author_name,
    changedAt: row.changed_at,
  }
}

/** By name. */
export function listViews(db: Database): SavedView[] {
  return (prepare(db, `${SELECT} ORDER BY name`).all() as ViewRow[]).map(toView)
}

/** Throws NAME_TAKEN, or QUERY_INVALID: a view that cannot be read would be of use to nobody. */
export function saveView(
  db: Database,
  args: ViewContent & { readonly personId: PersonId },
): SavedView {
  checkContent(db, args, null)
  const { lastInsertRowid } = prepare(
    db,
    `INSERT INTO saved_view (name, query, sort_key, is_descending, author_name, changed_at)
     VALUES (?, ?, ?, ?, (SELECT name FROM person WHERE id = ?), ?)`,
  ).run(
    args.name,
    args.query.toWellFormed(),
    args.sort.key,
    Number(args.sort.descending),
    args.personId,
    Date.now(),
  )
  return toView(prepare(db, `${SELECT} WHERE id = ?`).get(lastInsertRowid) as ViewRow)
}

/** Throws VIEW_NOT_FOUND, VIEW_CONFLICT, NAME_TAKEN or QUERY_INVALID. */
export function updateView(
  db: Database,
  args: SeenView & ViewContent & { readonly personId: PersonId },
): SavedView {
  checkSeen(db, args)
  checkContent(db, args, args.id)
  prepare(
    db,
    `UPDATE saved_view SET name = ?, query = ?, sort_key = ?, is_descending = ?, version = version + 1,
       author_name = (SELECT name FROM person WHERE id = ?), changed_at = ? WHERE id = ?`,
  ).run(
    args.name,
    args.query.toWellFormed(),
    args.sort.key,
    Number(args.sort.descending),
    args.personId,
    Date.now(),
    args.id,
  )
  return checkSeen(db, { id: args.id, version: args.version + 1 })
}

/** Throws VIEW_NOT_FOUND or VIEW_CONFLICT. */
export function removeView(db: Database, args: SeenView): void {
  checkSeen(db, args)
  prepare(db, 'DELETE FROM saved_view WHERE id = ?').run(args.id)
}

function checkSeen(db: Database, { id, version }: SeenView): SavedView {
  const row = prepare(db, `${SELECT} WHERE id = ?`).get(id) as ViewRow | undefined
  if (row === undefined) {
    throw new AppError('VIEW_NOT_FOUND', `There is no view ${id} any more.`)
  }
  if (row.version !== version) {
    throw new AppError(
      'VIEW_CONFLICT',
      `${row.author_name} has changed the view “${row.name}” since: it is at version ${row.version}, you saw ${version}.`,
      { data: { version: row.version } },
    )
  }
  return toView(row)
}

function checkContent(db: Database, { name, query }: ViewContent, own: ViewId | null): void {
  readQuery(query)
  const taken = prepare(db, 'SELECT name FROM saved_view WHERE name = ? AND id IS NOT ?')
    .pluck()
    .get(name, own) as string | undefined
  if (taken !== undefined) {
    throw new AppError('NAME_TAKEN', `There is a view “${taken}” already.`)
  }
}
