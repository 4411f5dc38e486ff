import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { codeOfStatus, STATUSES, type Status } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns, toTextColumns } from '../text-column.ts'
import { nextChange } from './change-counter.ts'
import { listTaken, writeTaken } from './proposals-state.ts'

/** What a change can alter about an image, so that the state before it can be put back exactly. */
export interface ImageSnapshot {
  readonly status: Status
  readonly round: number
  readonly headRevisionId: RevisionId | null
  readonly tags: readonly string[]
  /** The open text of the person who made the change. */
  readonly draft: { readonly text: string; readonly baseRevisionId: RevisionId | null } | null
  /** Proposals that this person's next submit names as taken from; not in states of before there were any. */
  readonly taken?: readonly number[]
  /** The round that the image was worked on in; not in states of before rounds could be started. */
  readonly workRound?: number
  /** The decision that stood; not in states of before there were any. */
  readonly reviewId?: number | null
}

export interface StateRow {
  readonly status: number
  readonly round: number
  readonly head_revision_id: RevisionId | null
  /** The round that a submit belongs to; `round` is that of the head. */
  readonly work_round: number
  /** The head when that round began; null in round 1 and for a round that began with the anchor. */
  readonly start_revision_id: RevisionId | null
  /** The decision that stands. */
  readonly review_id: number | null
}

export function statusAt(index: number): Status {
  return STATUSES[index] ?? 'todo'
}

export function findState(db: Database, imageId: ImageId): StateRow | null {
  const row = prepare(
    db,
    `SELECT status, round, head_revision_id, work_round, start_revision_id, review_id FROM image_state
     WHERE image_id = ?`,
  ).get(imageId) as StateRow | undefined
  return row ?? null
}

export function listTags(db: Database, imageId: ImageId): string[] {
  return prepare(
    db,
    'SELECT t.name FROM image_tag it JOIN tag t ON t.id = it.tag_id WHERE it.image_id = ? ORDER BY t.name',
  )
    .pluck()
    .all(imageId) as string[]
}

export interface StoredDraft {
  readonly text: string
  readonly baseRevisionId: RevisionId | null
  readonly savedAt: number
}

export function findDraft(db: Database, imageId: ImageId, personId: PersonId): StoredDraft | null {
  const row = prepare(
    db,
    'SELECT text, text_utf16, base_revision_id, saved_at FROM autosave WHERE image_id = ? AND person_id = ?',
  ).get(imageId, personId) as
    | {
        text: string
        text_utf16: Buffer | null
        base_revision_id: RevisionId | null
        saved_at: number
      }
    | undefined
  if (row === undefined) return null
  return {
    text: fromTextColumns(row.text, row.text_utf16),
    baseRevisionId: row.base_revision_id,
    savedAt: row.saved_at,
  }
}

export function takeSnapshot(
  db: Database,
  args: { readonly imageId: ImageId; readonly personId: PersonId; readonly state: StateRow },
): ImageSnapshot {
  const draft = findDraft(db, args.imageId, args.personId)
  return {
    status: statusAt(args.state.status),
    round: args.state.round,
    headRevisionId: args.state.head_revision_id,
    tags: listTags(db, args.imageId),
    draft: draft === null ? null : { text: draft.text, baseRevisionId: draft.baseRevisionId },
    workRound: args.state.work_round,
    reviewId: args.state.review_id,
    taken: listTaken(db, args),
  }
}

/**
 * Makes the image look as the snapshot says: head, status, round of the text, tags, the decision that stands and the
 * person's open text. The round that it is worked on in moves by starting rounds alone.
 */
export function applySnapshot(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly snapshot: ImageSnapshot
  },
): void {
  const { imageId, personId, snapshot } = args
  setTags(db, imageId, snapshot.tags)
  writeDraft(db, { imageId, personId, draft: snapshot.draft })
  if (snapshot.taken !== undefined) writeTaken(db, { imageId, personId }, snapshot.taken)
  if (snapshot.reviewId !== undefined) writeStandingReview(db, imageId, snapshot.reviewId)
  writeState(db, {
    imageId,
    status: snapshot.status,
    round: snapshot.round,
    headRevisionId: snapshot.headRevisionId,
  })
}

/** Says which decision about the image stands; comes before `writeState`, which makes listings see it. */
export function writeStandingReview(db: Database, imageId: ImageId, reviewId: number | null): void {
  prepare(db, 'UPDATE image_state SET review_id = ? WHERE image_id = ?').run(reviewId, imageId)
}

/** A longer pause between two saves was no writing. */
export const LONGEST_PAUSE_MS = 30_000

export function writeDraft(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly draft: {
      readonly text: string
      readonly baseRevisionId: RevisionId | null
      readonly savedAt?: number
    } | null
  },
): void {
  if (args.draft === null) {
    prepare(db, 'DELETE FROM autosave WHERE image_id = ? AND person_id = ?').run(
      args.imageId,
      args.personId,
    )
    return
  }
  const columns = toTextColumns(args.draft.text)
  prepare(
    db,
    `INSERT INTO autosave (image_id, person_id, base_revision_id, text, text_utf16, saved_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (image_id, person_id) DO UPDATE SET base_revision_id = excluded.base_revision_id,
       text = excluded.text, text_utf16 = excluded.text_utf16, saved_at = excluded.saved_at,
       editing_ms = editing_ms + max(0, min(excluded.saved_at - saved_at, ${LONGEST_PAUSE_MS}))`,
  ).run(
    args.imageId,
    args.personId,
    args.draft.baseRevisionId,
    columns.text,
    columns.utf16,
    args.draft.savedAt ?? Date.now(),
  )
}

/** Writes the listing row of an image and, where the head moved, the text that search reads. */
export function writeState(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly status: Status
    readonly round: number
    readonly headRevisionId: RevisionId | null
  },
): void {
  const head =
    args.headRevisionId === null
      ? undefined
      : (prepare(db, 'SELECT text FROM revision WHERE id = ?').pluck().get(args.headRevisionId) as
          string | undefined)
  const current = prepare(db, 'SELECT text FROM caption WHERE image_id = ?')
    .pluck()
    .get(args.imageId)
  if (head === undefined) {
    if (current !== undefined)
      prepare(db, 'DELETE FROM caption WHERE image_id = ?').run(args.imageId)
  } else if (current !== head) {
    prepare(
      db,
      'INSERT INTO caption (image_id, text) VALUES (?, ?) ON CONFLICT (image_id) DO UPDATE SET text = excluded.text',
    ).run(args.imageId, head)
  }
  prepare(
    db,
    `UPDATE image_state SET status = ?, round = ?, head_revision_id = ?, text_length = ?,
       revision_count = (SELECT count(*) FROM revision WHERE image_id = image_state.image_id),
       draft_count = (SELECT count(*) FROM autosave WHERE image_id = image_state.image_id),
       updated_seq = ?, updated_at = ?
     WHERE image_id = ?`,
  ).run(
    codeOfStatus(args.status),
    args.round,
    args.headRevisionId,
    head?.length ?? 0,
    nextChange(db),
    Date.now(),
    args.imageId,
  )
}

function setTags(db: Database, imageId: ImageId, names: readonly string[]): void {
  const current = new Set(listTags(db, imageId))
  const wanted = new Set(names)
  for (const name of current) if (!wanted.has(name)) removeTag(db, imageId, name)
  for (const name of wanted) if (!current.has(name)) addTag(db, imageId, name)
}

export function addTag(db: Database, imageId: ImageId, name: string): void {
  prepare(db, 'INSERT INTO tag (name) VALUES (?) ON CONFLICT (name) DO NOTHING').run(name)
  prepare(
    db,
    'INSERT OR IGNORE INTO image_tag (image_id, tag_id) SELECT ?, id FROM tag WHERE name = ?',
  ).run(imageId, name)
}

export function removeTag(db: Database, imageId: ImageId, name: string): void {
  prepare(
    db,
    'DELETE FROM image_tag WHERE image_id = ? AND tag_id = (SELECT id FROM tag WHERE name = ?)',
  ).run(imageId, name)
}
