import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { refuseDuringRevert, startBatchRevert } from './batch-revert.ts'
import { recallSummary } from './check-summary.ts'
import { recountAnswered } from './check-sums.ts'
import { applySnapshot, findState, listTags, type ImageSnapshot } from './image-snapshot.ts'
import { ROUND_START } from './journal-record.ts'
import { LAST_WORD, recordRevert, type JournalRow } from './journal-rows.ts'
import { applyTyping, recordTyping, TYPING, type TypingMark } from './journal-typing.ts'
import { refuseOverOthers } from './others-changes.ts'
import { answerOf, isSameAnswer, writeAnswer, type AnswerMark } from './judgements-answers.ts'
import { markOf, writeMark, type ProposalMark } from './proposals-state.ts'
import type { StoredRound } from './round-rows.ts'
import { beginRoundAgain, takeRoundBack } from './rounds-start.ts'

/** What was typed is taken back where its image is open: from elsewhere nobody sees it go. */
function scopeOf(imageId: ImageId | null): string {
  return imageId === null ? `? IS NULL AND j.kind <> '${TYPING}'` : 'j.image_id = ?'
}

/** Undo's next target: the newest change in scope that is not undone. */
function findUndoable(db: Database, { imageId, personId }: UndoScope): JournalRow | undefined {
  return prepare(
    db,
    `SELECT j.* FROM journal j
     WHERE ${scopeOf(imageId)} AND j.person_id = ? AND j.concerns IS NULL AND coalesce(${LAST_WORD}, 'redo') = 'redo'
     ORDER BY j.id DESC LIMIT 1`,
  ).get(imageId, personId) as JournalRow | undefined
}

/** Redo's next target: what was undone last, unless something new was done since. */
function findRedoable(db: Database, { imageId, personId }: UndoScope): JournalRow | undefined {
  const scope = scopeOf(imageId)
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
  /** All that changed, or null where they are too many to name. */
  readonly imageIds: readonly ImageId[] | null
  readonly changed: number
  readonly label: string
  /** What goes on with a batch that is too large for one transaction; null where all is done. */
  readonly rest: number | null
}

export interface UndoScope {
  readonly imageId: ImageId | null
  readonly personId: PersonId
}

/** Puts back the state before the newest change in scope; as a new journal row, so that it survives a restart. */
export function undoChange(db: Database, args: UndoScope): UndoneChange {
  if (args.imageId !== null) recordTyping(db, { ...args, imageId: args.imageId })
  const row = findUndoable(db, args)
  if (row === undefined) {
    throw new AppError('NOTHING_TO_UNDO', 'There is no change left to undo here.')
  }
  const typed = args.imageId === null ? findTypedSince(db, row) : null
  return revert(db, typed ?? row, 'undo')
}

export function redoChange(db: Database, args: UndoScope): UndoneChange {
  if (args.imageId !== null) recordTyping(db, { ...args, imageId: args.imageId })
  const row = findRedoable(db, args)
  if (row === undefined || (args.imageId === null && findTypedSince(db, row) !== null)) {
    throw new AppError('NOTHING_TO_UNDO', 'There is no undone change left to do again here.')
  }
  return revert(db, row, 'redo')
}

/**
 * Takes the newest decision about a caption back that the person made and that stands. Throws NOTHING_TO_UNDO where
 * there is none, or where they changed the image since: that is undone first, where it was made.
 */
export function undoDecision(
  db: Database,
  { personId }: { readonly personId: PersonId },
): { readonly imageId: ImageId; readonly name: string; readonly label: string } {
  const row = prepare(
    db,
    `SELECT j.* FROM journal j WHERE j.person_id = ? AND j.kind IN ('review.accept', 'review.return')
       AND coalesce(${LAST_WORD}, 'redo') = 'redo' ORDER BY j.id DESC LIMIT 1`,
  ).get(personId) as JournalRow | undefined
  const imageId = row?.image_id ?? null
  if (row === undefined || imageId === null) {
    throw new AppError('NOTHING_TO_UNDO', 'There is no decision of yours left to take back.')
  }
  const name = prepare(db, 'SELECT name FROM image_state WHERE image_id = ?')
    .pluck()
    .get(imageId) as string
  recordTyping(db, { imageId, personId })
  if (findUndoable(db, { imageId, personId })?.id !== row.id) {
    throw new AppError(
      'NOTHING_TO_UNDO',
      `You changed ${name} again after your decision. Undo that in Align first.`,
      { data: { imageId } },
    )
  }
  revert(db, row, 'undo')
  return { imageId, name, label: row.label }
}

/** What was typed since a change of a text was made: putting back another text would lose it. */
function findTypedSince(db: Database, row: JournalRow): JournalRow | null {
  if (row.image_id === null || !isWhole(row)) return null
  const scope = { imageId: row.image_id, personId: row.person_id }
  recordTyping(db, scope)
  const newest = findUndoable(db, scope)
  return newest?.kind === TYPING && newest.id > row.id ? newest : null
}

/** Whether a change is put back with all that can be altered about its image. */
function isWhole({ kind }: JournalRow): boolean {
  return kind !== 'proposal.decide' && kind !== 'judgement.answer' && kind !== TYPING
}

function revert(db: Database, row: JournalRow, kind: 'undo' | 'redo'): UndoneChange {
  if (row.batch_id !== null) return revertBatch(db, { ...row, batch_id: row.batch_id }, kind)
  const imageIds = revertChange(db, row, kind)
  recordRevert(db, row, kind)
  const isCount = typeof imageIds === 'number'
  return {
    imageId: row.image_id,
    imageIds: isCount ? null : imageIds,
    changed: isCount ? imageIds : imageIds.length,
    label: row.label,
    rest: null,
  }
}

function revertBatch(
  db: Database,
  row: JournalRow & { readonly batch_id: number },
  kind: 'undo' | 'redo',
): UndoneChange {
  refuseDuringRevert(db)
  const { changed, rest } = startBatchRevert(db, {
    batchId: row.batch_id,
    personId: row.person_id,
    kind,
    journalId: recordRevert(db, row, kind),
  })
  const { image_id: imageId, label } = row
  return { imageId, imageIds: changed, changed: changed.length, label, rest }
}

/** Answers the images that changed, or their number. */
function revertChange(db: Database, row: JournalRow, kind: 'undo' | 'redo'): ImageId[] | number {
  if (row.kind === ROUND_START) return revertRoundStart(db, row, kind)
  return revertImage(db, row, kind)
}

function revertRoundStart(db: Database, row: JournalRow, kind: 'undo' | 'redo'): number {
  const round = JSON.parse(row.after ?? 'null') as StoredRound
  return kind === 'undo'
    ? takeRoundBack(db, round.number)
    : beginRoundAgain(db, { round, personId: row.person_id })
}

function revertImage(db: Database, row: JournalRow, kind: 'undo' | 'redo'): ImageId[] {
  if (row.image_id === null || row.before === null || row.after === null) {
    throw new Error(`Journal row ${row.id} has nothing to revert.`)
  }
  switch (row.kind) {
    case 'proposal.decide':
      return revertDecision(db, { row, imageId: row.image_id, ...sides(row, kind) })
    case 'judgement.answer':
      return revertAnswer(db, { row, imageId: row.image_id, ...sides(row, kind) })
    case TYPING:
      return revertTyping(db, { row, imageId: row.image_id, ...sides(row, kind) })
  }
  const before = JSON.parse(row.before) as ImageSnapshot
  const after = JSON.parse(row.after) as ImageSnapshot
  const state = findState(db, row.image_id)
  if (state === null) throw new Error(`Journal row ${row.id} names an image that does not exist.`)
  const [from, to] = kind === 'undo' ? [after, before] : [before, after]
  if (state.work_round !== (from.workRound ?? 1)) {
    throw new AppError(
      'ROUND_STARTED',
      `“${row.label}” cannot be taken back any more, because round ${state.work_round} of this image has begun since. Restore the wanted revision from the timeline instead.`,
      { data: { imageId: row.image_id, round: state.work_round } },
    )
  }
  refuseOverOthers(db, { row, imageId: row.image_id })
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
  recallSummary(db, row.image_id)
  return [row.image_id]
}

/** The states of a change beside the caption that it goes from and to. */
function sides<State>(row: JournalRow, kind: 'undo' | 'redo'): { from: State; to: State } {
  const before = JSON.parse(row.before ?? 'null') as State
  const after = JSON.parse(row.after ?? 'null') as State
  return kind === 'undo' ? { from: after, to: before } : { from: before, to: after }
}

interface PartRevert<State> {
  readonly row: JournalRow
  readonly imageId: ImageId
  readonly from: State
  readonly to: State
}

/** Where somebody decided otherwise meanwhile, the newer decision stands. */
function revertDecision(db: Database, args: PartRevert<ProposalMark>): ImageId[] {
  const owner = { imageId: args.imageId, personId: args.row.person_id }
  const now = markOf(db, { ...owner, proposalId: args.to.proposalId })
  if (now.state !== args.from.state) return []
  writeMark(db, { ...owner, mark: args.to })
  return [args.imageId]
}

/** Where somebody answered otherwise meanwhile, the newer answer stands. */
function revertAnswer(db: Database, args: PartRevert<AnswerMark>): ImageId[] {
  const { from, to, imageId } = args
  const now = answerOf(db, imageId, to.subject)
  if (!isSameAnswer(now.override, from.override)) return []
  const override = to.override ?? from.override
  if (override === null) return []
  writeAnswer(db, {
    imageId,
    personId: args.row.person_id,
    override,
    isWithdrawn: to.override === null,
  })
  if (override.kind === 'verdict') recountAnswered(db, imageId)
  return [imageId]
}

/** Nothing was typed since, because that would be the change to take back. */
function revertTyping(db: Database, args: PartRevert<TypingMark>): ImageId[] {
  const { imageId, row, to } = args
  const state = findState(db, imageId)
  if (state === null) throw new Error(`Journal row ${row.id} names an image that does not exist.`)
  applyTyping(db, { imageId, personId: row.person_id, state, draft: to.draft })
  return [imageId]
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
