import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { refuseDuringRevert, startBatchRevert } from './batch-revert.ts'
import { applySnapshot, findState, listTags, type ImageSnapshot } from './image-snapshot.ts'
import { refuseOverOthers } from './others-changes.ts'
import { answerOf, isSameAnswer, writeAnswer, type AnswerMark } from './judgements-answers.ts'
import { markOf, writeMark, type ProposalMark } from './proposals-state.ts'
import type { StoredRound } from './round-rows.ts'
import { beginRoundAgain, takeRoundBack } from './rounds-start.ts'

/** Changes beside the caption: they leave head, status and open text alone, and are put back apart from them. */
type PartChange =
  | {
      readonly kind: 'proposal.decide'
      readonly before: ProposalMark
      readonly after: ProposalMark
    }
  | { readonly kind: 'judgement.answer'; readonly before: AnswerMark; readonly after: AnswerMark }

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
  insertChange(db, args)
}

/** Records a change beside the caption, inside the change's own transaction. */
export function recordPart(
  db: Database,
  args: PartChange & {
    readonly label: string
    readonly imageId: ImageId
    readonly personId: PersonId
  },
): void {
  insertChange(db, args)
}

function insertChange(
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

/** Records the start of a round, which undo takes back as one. */
export function recordRoundStart(
  db: Database,
  args: { readonly round: StoredRound; readonly personId: PersonId },
): void {
  prepare(
    db,
    'INSERT INTO journal (kind, label, person_id, after, created_at) VALUES (?, ?, ?, ?, ?)',
  ).run(
    ROUND_START,
    `Start round ${args.round.number}`,
    args.personId,
    JSON.stringify(args.round),
    Date.now(),
  )
}

const ROUND_START = 'round.start'

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

/** Answers the number of the new row. */
function recordRevert(db: Database, row: JournalRow, kind: 'undo' | 'redo'): number {
  const made = prepare(
    db,
    'INSERT INTO journal (kind, label, image_id, batch_id, concerns, person_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(kind, row.label, row.image_id, row.batch_id, row.id, row.person_id, Date.now())
  return Number(made.lastInsertRowid)
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
