import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import {
  applySnapshot,
  findState,
  takeSnapshot,
  type ImageSnapshot,
  type StateRow,
} from './image-snapshot.ts'

/** Images per transaction: short enough that an autosave never waits long behind one. */
const PAGE = 500

const KEY = 'revert:'

interface BatchRevert {
  readonly batchId: number
  readonly personId: PersonId
  readonly kind: 'undo' | 'redo'
  /** The last image that was looked at, in id order; 0 before the first. */
  readonly after: number
}

export interface RevertedPage {
  readonly changed: ImageId[]
  /** What goes on with it; null once all is done. */
  readonly rest: number | null
}

/**
 * Reverts the first images of a batch. What remains is written down under the undo's own number, so that neither a
 * million images in one transaction delay others nor the end of the program leaves the undo half done for good.
 */
export function startBatchRevert(
  db: Database,
  args: Omit<BatchRevert, 'after'> & { readonly journalId: number },
): RevertedPage {
  const { journalId, ...revert } = args
  return revertPage(db, journalId, { ...revert, after: 0 })
}

/** Reverts the next images of a batch whose undo or redo has begun; nothing where it has ended. */
export function continueBatchRevert(
  db: Database,
  args: { readonly journalId: number },
): RevertedPage {
  const stored = prepare(db, 'SELECT value FROM setting WHERE key = ?')
    .pluck()
    .get(`${KEY}${args.journalId}`) as string | undefined
  if (stored === undefined) return { changed: [], rest: null }
  return revertPage(db, args.journalId, JSON.parse(stored) as BatchRevert)
}

/** Undos and redos of batches that have begun and not ended. */
export function listBatchReverts(db: Database): number[] {
  const keys = prepare(db, 'SELECT key FROM setting WHERE key GLOB ?').pluck().all(`${KEY}*`)
  return (keys as string[]).map((key) => Number(key.slice(KEY.length)))
}

/** Batches are reverted one after the other, because one may begin where another ended. */
export function refuseDuringRevert(db: Database): void {
  if (listBatchReverts(db).length === 0) return
  throw new AppError(
    'DATABASE_BUSY',
    'An earlier undo or redo of many images is still under way. Wait until it has ended and try again.',
  )
}

function revertPage(db: Database, journalId: number, revert: BatchRevert): RevertedPage {
  const items = prepare(
    db,
    `SELECT image_id, before, after FROM batch_item WHERE batch_id = ? AND image_id > ?
     ORDER BY image_id LIMIT ${PAGE}`,
  ).all(revert.batchId, revert.after) as { image_id: ImageId; before: string; after: string }[]
  const changed = items.flatMap((item) => (revertItem(db, item, revert) ? [item.image_id] : []))
  const key = `${KEY}${journalId}`
  const last = items.at(-1)
  if (last === undefined || items.length < PAGE) {
    prepare(db, 'DELETE FROM setting WHERE key = ?').run(key)
    return { changed, rest: null }
  }
  prepare(db, 'INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(
    key,
    JSON.stringify({ ...revert, after: last.image_id }),
  )
  return { changed, rest: journalId }
}

/** An image that was changed again since the batch keeps the newer change. */
function revertItem(
  db: Database,
  item: { readonly image_id: ImageId; readonly before: string; readonly after: string },
  { kind, personId }: BatchRevert,
): boolean {
  const imageId = item.image_id
  const before = JSON.parse(item.before) as ImageSnapshot
  const after = JSON.parse(item.after) as ImageSnapshot
  const [from, to] = kind === 'undo' ? [after, before] : [before, after]
  const state = findState(db, imageId)
  if (state === null || !isAt(db, { imageId, personId, state, from })) return false
  // A batch changes nobody's open text, nor what that took from.
  const { draft, taken = [] } = takeSnapshot(db, { imageId, personId, state })
  applySnapshot(db, { imageId, personId, snapshot: { ...to, draft, taken } })
  return true
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
    now.workRound === (args.from.workRound ?? 1) &&
    now.tags.join('\n') === args.from.tags.join('\n')
  )
}
