import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import {
  applySnapshot,
  findState,
  listTags,
  takeSnapshot,
  type ImageSnapshot,
  type StateRow,
} from './image-snapshot.ts'

interface JournalRow {
  readonly id: number
  readonly kind: string
  readonly label: string
  readonly image_id: ImageId | null
  readonly batch_id: number | null
  readonly person_id: PersonId
  readonly before: string | null
  readonly after: string | null
}

/** Records one change of one image with the state before and after it, inside the change's own transaction. */
export function recordChange(
  db: Database,
  args: {
    readonly kind: string
    readonly label: string
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly before: ImageSnapshot
    readonly after: ImageSnapshot
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

export function recordBatch(
  db: Database,
  args: {
    readonly kind: string
    readonly label: string
    readonly batchId: number
    readonly personId: PersonId
  },
): void {
  prepare(
    db,
    'INSERT INTO journal (kind, label, batch_id, person_id, created_at) VALUES (?, ?, ?, ?, ?)',
  ).run(args.kind, args.label, args.batchId, args.personId, Date.now())
}

const LAST_WORD = `(SELECT r.kind FROM journal r WHERE r.concerns = j.id ORDER BY r.id DESC LIMIT 1)`

/** Undo's next target: the newest change in scope that is not undone. */
function findUndoable(
  db: Database,
  imageId: ImageId | null,
  personId: PersonId,
): JournalRow | undefined {
  const scope = imageId === null ? '? IS NULL' : 'j.image_id = ?'
  return prepare(
    db,
    `SELECT j.* FROM journal j
     WHERE ${scope} AND j.person_id = ? AND j.concerns IS NULL AND coalesce(${LAST_WORD}, 'redo') = 'redo'
     ORDER BY j.id DESC LIMIT 1`,
  ).get(imageId, personId) as JournalRow | undefined
}

/** Redo's next target: what was undone last, unless something new was done since. */
function findRedoable(
  db: Database,
  imageId: ImageId | null,
  personId: PersonId,
): JournalRow | undefined {
  const scope = imageId === null ? '? IS NULL' : 'j.image_id = ?'
  const newest = prepare(
    db,
    `SELECT max(j.id) FROM journal j WHERE ${scope} AND j.person_id = ? AND j.concerns IS NULL`,
  )
    .pluck()
    .get(imageId, personId) as number | null
  return prepare(
    db,
    `SELECT j.* FROM journal j JOIN journal u ON u.concerns = j.id AND u.kind = 'undo'
     WHERE ${scope} AND j.person_id = ? AND u.id > ? AND ${LAST_WORD} = 'undo'
       AND u.id = (SELECT max(id) FROM journal WHERE concerns = j.id)
     ORDER BY u.id DESC LIMIT 1`,
  ).get(imageId, personId, newest ?? 0) as JournalRow | undefined
}

export interface UndoneChange {
  /** The one image that changed, or null after a batch. */
  readonly imageId: ImageId | null
  readonly imageIds: readonly ImageId[]
  readonly label: string
}

export interface UndoScope {
  readonly imageId: ImageId | null
  readonly personId: PersonId
}

/** Puts back the state before the newest change in scope; as a new journal row, so that it survives a restart. */
export function undoChange(db: Database, args: UndoScope): UndoneChange {
  const row = findUndoable(db, args.imageId, args.personId)
  if (row === undefined) {
    throw new AppError('NOTHING_TO_UNDO', 'There is no change left to undo here.')
  }
  return revert(db, row, 'undo')
}

export function redoChange(db: Database, args: UndoScope): UndoneChange {
  const row = findRedoable(db, args.imageId, args.personId)
  if (row === undefined) {
    throw new AppError('NOTHING_TO_UNDO', 'There is no undone change left to do again here.')
  }
  return revert(db, row, 'redo')
}

function revert(db: Database, row: JournalRow, kind: 'undo' | 'redo'): UndoneChange {
  const imageIds =
    row.batch_id === null ? revertImage(db, row, kind) : revertBatch(db, row, row.batch_id, kind)
  prepare(
    db,
    'INSERT INTO journal (kind, label, image_id, batch_id, concerns, person_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(kind, row.label, row.image_id, row.batch_id, row.id, row.person_id, Date.now())
  return { imageId: row.image_id, imageIds, label: row.label }
}

function revertImage(db: Database, row: JournalRow, kind: 'undo' | 'redo'): ImageId[] {
  if (row.image_id === null || row.before === null || row.after === null) {
    throw new Error(`Journal row ${row.id} has nothing to revert.`)
  }
  const before = JSON.parse(row.before) as ImageSnapshot
  const after = JSON.parse(row.after) as ImageSnapshot
  const state = findState(db, row.image_id)
  if (state === null) throw new Error(`Journal row ${row.id} names an image that does not exist.`)
  const [from, to] = kind === 'undo' ? [after, before] : [before, after]
  if (state.head_revision_id !== from.headRevisionId) {
    throw new AppError(
      'REVISION_CONFLICT',
      `“${row.label}” cannot be taken back any more, because the text was changed again since. Restore the wanted revision from the timeline instead.`,
      { data: { imageId: row.image_id, headRevisionId: state.head_revision_id } },
    )
  }
  applySnapshot(db, {
    imageId: row.image_id,
    personId: row.person_id,
    snapshot: { ...to, tags: moveTags(listTags(db, row.image_id), from.tags, to.tags) },
  })
  return [row.image_id]
}

/** Only what the change did to the tags: those that a batch has set since are no part of it. */
function moveTags(
  current: readonly string[],
  from: readonly string[],
  to: readonly string[],
): string[] {
  const added = to.filter((tag) => !from.includes(tag) && !current.includes(tag))
  const kept = current.filter((tag) => !from.includes(tag) || to.includes(tag))
  return [...kept, ...added]
}

/** An image that was changed again since the batch keeps the newer change. */
function revertBatch(
  db: Database,
  row: JournalRow,
  batchId: number,
  kind: 'undo' | 'redo',
): ImageId[] {
  const items = prepare(
    db,
    'SELECT image_id, before, after FROM batch_item WHERE batch_id = ? ORDER BY image_id',
  ).all(batchId) as { image_id: ImageId; before: string; after: string }[]
  const changed: ImageId[] = []
  for (const item of items) {
    const before = JSON.parse(item.before) as ImageSnapshot
    const after = JSON.parse(item.after) as ImageSnapshot
    const state = findState(db, item.image_id)
    const [from, to] = kind === 'undo' ? [after, before] : [before, after]
    if (
      state === null ||
      !isAt(db, { imageId: item.image_id, personId: row.person_id, state, from })
    ) {
      continue
    }
    const draft = takeSnapshot(db, { imageId: item.image_id, personId: row.person_id, state }).draft
    applySnapshot(db, {
      imageId: item.image_id,
      personId: row.person_id,
      snapshot: { ...to, draft },
    })
    changed.push(item.image_id)
  }
  return changed
}

function isAt(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly state: StateRow
    readonly from: ImageSnapshot
  },
): boolean {
  const now = takeSnapshot(db, args)
  return (
    now.headRevisionId === args.from.headRevisionId &&
    now.status === args.from.status &&
    now.tags.join('\n') === args.from.tags.join('\n')
  )
}
