import type { Database } from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { editShare } from '../../../shared/domain/edit-share.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { toTextColumns } from '../text-column.ts'
import { changeImage } from './image-change.ts'
import { LONGEST_PAUSE_MS, writeDraft, writeState, type StateRow } from './image-snapshot.ts'
import { linkAnswers } from './judgements-answers.ts'
import { linkTaken } from './proposals-state.ts'
import { findStartText } from './start-text.ts'

export interface NewRevision {
  readonly imageId: ImageId
  readonly personId: PersonId
  readonly state: StateRow
  readonly text: string
  readonly note: string
  /** Where the image stands afterwards. */
  readonly status: Status
  /** The round that the image is worked on in, unless told otherwise. */
  readonly round?: number
  readonly batchId?: number
}

/** Adds a revision by a person to the round that the image is in and records that as one change of the journal. */
export function appendHumanRevision(
  db: Database,
  args: NewRevision & { readonly kind: string; readonly label: string },
): RevisionId {
  return changeImage(db, args, () => insertHumanRevision(db, args))
}

/** Adds the revision, drops the person's draft and moves the head; for changes that do more than that. */
export function insertHumanRevision(db: Database, args: NewRevision): RevisionId {
  const { imageId, personId, state } = args
  const round = args.round ?? state.work_round
  const columns = toTextColumns(args.text)
  const now = Date.now()
  const before = findStartText(db, { imageId, headRevisionId: state.head_revision_id, round })
  const made = prepare(
    db,
    `INSERT INTO revision (uid, image_id, parent_id, round, text, text_utf16, author_kind, author_name, person_id,
       note, batch_id, created_at, guideline_id, editing_ms, edit_share)
     VALUES (?, ?, ?, ?, ?, ?, 'human', (SELECT name FROM person WHERE id = ?), ?, ?, ?, ?,
       (SELECT id FROM guideline WHERE round = ? ORDER BY version DESC LIMIT 1), ?, ?)`,
  ).run(
    uuid(),
    imageId,
    state.head_revision_id,
    round,
    columns.text,
    columns.utf16,
    personId,
    personId,
    args.note,
    args.batchId ?? null,
    now,
    round,
    editingMs(db, { imageId, personId, now }),
    editShare(before, args.text),
  )
  const revisionId = Number(made.lastInsertRowid) as RevisionId
  linkTaken(db, { imageId, personId, revisionId })
  linkAnswers(db, { imageId, revisionId })
  writeDraft(db, { imageId, personId, draft: null })
  writeState(db, { imageId, status: args.status, round, headRevisionId: revisionId })
  return revisionId
}

/** How long the person wrote at the text, long pauses left out; null for a text that nobody typed. */
function editingMs(
  db: Database,
  args: { readonly imageId: ImageId; readonly personId: PersonId; readonly now: number },
): number | null {
  const draft = prepare(
    db,
    'SELECT editing_ms, saved_at FROM autosave WHERE image_id = ? AND person_id = ?',
  ).get(args.imageId, args.personId) as { editing_ms: number; saved_at: number } | undefined
  if (draft === undefined) return null
  const sincePause = Math.max(0, Math.min(args.now - draft.saved_at, LONGEST_PAUSE_MS))
  return draft.editing_ms + sincePause
}
