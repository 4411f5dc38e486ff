import type { Database } from 'better-sqlite3'
import type { RevisionId } from '../../../shared/domain/ids.ts'
import { fitsStatus } from '../../../shared/domain/status-fit.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { appendHumanRevision } from './human-revision.ts'
import { changeImage, getStateAtBase, type WriteArgs } from './image-change.ts'
import { findDraft, statusAt, writeDraft, writeState } from './image-snapshot.ts'
import { writeTaken } from './proposals-state.ts'
import { addStatusReview } from './review-rows.ts'
import { refuseSamePerson } from './round-turn.ts'

/** Makes the open text durable; a first draft moves the image from todo to draft. */
export function saveDraft(
  db: Database,
  args: WriteArgs & { readonly text: string },
): { readonly savedAt: number; readonly isStructural: boolean } {
  const state = getStateAtBase(db, args)
  const hadDraft = findDraft(db, args.imageId, args.personId) !== null
  writeDraft(db, {
    imageId: args.imageId,
    personId: args.personId,
    draft: { text: args.text, baseRevisionId: args.baseRevisionId },
  })
  const status = statusAt(state.status)
  const isStructural = status === 'todo' || !hadDraft
  // Only a first draft moves a listing; rewriting the state at each pause would make every listing stale.
  if (isStructural) {
    writeState(db, {
      imageId: args.imageId,
      status: status === 'todo' ? 'draft' : status,
      round: state.round,
      headRevisionId: state.head_revision_id,
    })
  }
  return { savedAt: Date.now(), isStructural }
}

export function discardDraft(db: Database, args: WriteArgs): void {
  const state = getStateAtBase(db, args)
  const change = { ...args, state, kind: 'align.discardDraft', label: 'Discard draft' }
  changeImage(db, change, () => {
    writeDraft(db, { imageId: args.imageId, personId: args.personId, draft: null })
    writeTaken(db, args, [])
    writeState(db, {
      imageId: args.imageId,
      status: statusAt(state.status) === 'draft' ? 'todo' : statusAt(state.status),
      round: state.round,
      headRevisionId: state.head_revision_id,
    })
  })
}

/**
 * Turns the text into the next revision of the round, drops the draft, and moves the head, all at once. Throws
 * ROUND_NEEDS_OTHER_PERSON where the round asks for another person than this one.
 */
export function submitRevision(
  db: Database,
  args: WriteArgs & { readonly text: string; readonly note: string },
): RevisionId {
  const state = getStateAtBase(db, args)
  refuseSamePerson(db, { state, personId: args.personId })
  keepTyped(db, args)
  return appendHumanRevision(db, {
    ...args,
    state,
    status: 'submitted',
    kind: 'align.submit',
    label: 'Submit round',
  })
}

/** What was typed since the last pause, so that undoing the submit gives back all of the text. */
function keepTyped(db: Database, args: WriteArgs & { readonly text: string }): void {
  const { imageId, personId, baseRevisionId, text } = args
  const draft = findDraft(db, imageId, personId)
  if (draft === null || draft.text === text) return
  writeDraft(db, { imageId, personId, draft: { text, baseRevisionId } })
}

export function restoreRevision(
  db: Database,
  args: WriteArgs & { readonly revisionId: RevisionId },
): RevisionId {
  const state = getStateAtBase(db, args)
  refuseSamePerson(db, { state, personId: args.personId })
  const old = prepare(
    db,
    'SELECT text, text_utf16, round FROM revision WHERE id = ? AND image_id = ?',
  ).get(args.revisionId, args.imageId) as
    { text: string; text_utf16: Buffer | null; round: number } | undefined
  if (old === undefined) {
    throw new AppError(
      'REVISION_NOT_FOUND',
      `This image has no revision ${args.revisionId}. Reload the image.`,
    )
  }
  return appendHumanRevision(db, {
    ...args,
    state,
    text: fromTextColumns(old.text, old.text_utf16),
    note: `Restored from round ${old.round}`,
    status: statusAt(state.status) === 'todo' ? 'draft' : statusAt(state.status),
    kind: 'align.restore',
    label: 'Restore revision',
  })
}

/** Throws STATUS_UNFIT for a status that would say what is not so; a decision about a caption leaves a review. */
export function setImageStatus(db: Database, args: WriteArgs & { readonly status: Status }): void {
  const state = getStateAtBase(db, args)
  if (statusAt(state.status) === args.status) return
  const hasCaption = state.head_revision_id !== null
  const hasDraft = findDraft(db, args.imageId, args.personId) !== null
  if (!fitsStatus(args.status, { hasCaption, hasDraft })) {
    throw new AppError(
      'STATUS_UNFIT',
      `An image is “${args.status}” once it has ${args.status === 'draft' ? 'text that is typed and not submitted' : 'a caption'}, and this one has none.`,
      { data: { status: args.status } },
    )
  }
  const change = { ...args, state, kind: 'align.setStatus', label: `Set status ${args.status}` }
  changeImage(db, change, () => {
    writeState(db, {
      imageId: args.imageId,
      status: args.status,
      round: state.round,
      headRevisionId: state.head_revision_id,
    })
    addStatusReview(db, { ...args, state })
  })
}
