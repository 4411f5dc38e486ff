import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import type { ImageSnapshot } from './image-snapshot.ts'
import { recordTyping } from './journal-typing.ts'
import { insertChange, LAST_WORD, recordRevert, type JournalRow } from './journal-rows.ts'
import type { AnswerMark } from './judgements-answers.ts'
import type { ProposalMark } from './proposals-state.ts'
import type { StoredRound } from './round-rows.ts'

/** Changes beside the caption: they leave head, status and open text alone, and are put back apart from them. */
type PartChange =
  | {
      readonly kind: 'proposal.decide'
      readonly before: ProposalMark
      readonly after: ProposalMark
    }
  | { readonly kind: 'judgement.answer'; readonly before: AnswerMark; readonly after: AnswerMark }

export const ROUND_START = 'round.start'

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

/**
 * Records a change beside the caption, inside the change's own transaction. One that puts back what the same person's
 * last step about the same thing changed is that step's undo, so that undo does not bring it back.
 */
export function recordPart(
  db: Database,
  args: PartChange & {
    readonly label: string
    readonly imageId: ImageId
    readonly personId: PersonId
  },
): void {
  const step = findLastStep(db, { ...args, about: aboutOf(args) })
  const isUndo =
    step !== null &&
    step.before === JSON.stringify(args.after) &&
    step.after === JSON.stringify(args.before)
  if (isUndo) {
    recordRevert(db, step, 'undo')
    return
  }
  recordTyping(db, args)
  insertChange(db, args)
}

/** What stood before the answer that the person gave last about a subject; null where none of theirs stands. */
export function findAnswerBefore(
  db: Database,
  args: { readonly imageId: ImageId; readonly personId: PersonId; readonly standing: AnswerMark },
): AnswerMark | null {
  const { subject } = args.standing
  const step = findLastStep(db, { ...args, kind: 'judgement.answer', about: subject })
  if (step?.after !== JSON.stringify(args.standing)) return null
  return JSON.parse(step.before ?? 'null') as AnswerMark | null
}

/** The newest change of a thing by a person that is not undone. */
function findLastStep(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly kind: PartChange['kind']
    readonly about: string | number
  },
): JournalRow | null {
  const row = prepare(
    db,
    `SELECT j.* FROM journal j
     WHERE j.image_id = ? AND j.person_id = ? AND j.kind = ? AND j.concerns IS NULL
       AND coalesce(json_extract(j.after, '$.subject'), json_extract(j.after, '$.proposalId')) = ?
       AND coalesce(${LAST_WORD}, 'redo') = 'redo'
     ORDER BY j.id DESC LIMIT 1`,
  ).get(args.imageId, args.personId, args.kind, args.about) as JournalRow | undefined
  return row ?? null
}

function aboutOf(change: PartChange): string | number {
  switch (change.kind) {
    case 'proposal.decide':
      return change.after.proposalId
    case 'judgement.answer':
      return change.after.subject
  }
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
