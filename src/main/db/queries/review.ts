import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { insertHumanRevision } from './human-revision.ts'
import { changeImage, getStateAtBase } from './image-change.ts'
import { statusAt, writeState, type StateRow } from './image-snapshot.ts'
import { addReview } from './review-rows.ts'

interface DecisionArgs {
  readonly imageId: ImageId
  readonly baseRevisionId: RevisionId
  readonly personId: PersonId
  readonly remark: string
}

/**
 * Accepts a submitted caption. A text that differs from it becomes a revision by the reviewer first; both are one
 * change of the journal. Throws REVIEW_DECIDED when the caption does not wait any more.
 */
export function acceptCaption(
  db: Database,
  args: DecisionArgs & { readonly text: string | null },
): void {
  const state = getWaiting(db, args)
  const change = { ...args, state, kind: 'review.accept', label: 'Accept caption' }
  changeImage(db, change, () => {
    const { imageId, personId, baseRevisionId } = args
    const isEdited = args.text !== null && args.text !== textOf(db, baseRevisionId)
    const revisionId = isEdited
      ? insertHumanRevision(db, {
          ...{ imageId, personId, state },
          ...{ text: args.text, note: 'Edited in review', status: 'accepted' },
        })
      : baseRevisionId
    addReview(db, {
      ...{ imageId, personId, state, revisionId, submittedRevisionId: baseRevisionId },
      ...{ decision: 'accepted', remark: args.remark, quote: null },
    })
    // A second row of state for one change would make every listing of the project anew.
    if (!isEdited) {
      writeState(db, {
        ...{ imageId, status: 'accepted', round: state.round, headRevisionId: revisionId },
      })
    }
  })
}

/** Sends a submitted caption back to its author, as one change of the journal. Throws like `acceptCaption`. */
export function returnCaption(
  db: Database,
  args: DecisionArgs & {
    readonly quote: { readonly start: number; readonly end: number } | null
  },
): void {
  const state = getWaiting(db, args)
  checkQuote(args.quote, textOf(db, args.baseRevisionId))
  const change = { ...args, state, kind: 'review.return', label: 'Return caption' }
  changeImage(db, change, () => {
    const { imageId, personId, baseRevisionId } = args
    addReview(db, {
      ...{ imageId, personId, state, revisionId: baseRevisionId },
      ...{ submittedRevisionId: baseRevisionId, decision: 'returned' },
      ...{ remark: args.remark, quote: args.quote },
    })
    writeState(db, {
      ...{ imageId, status: 'returned', round: state.round, headRevisionId: baseRevisionId },
    })
  })
}

function getWaiting(db: Database, args: DecisionArgs): StateRow {
  const state = getStateAtBase(db, args)
  const status = statusAt(state.status)
  if (status === 'submitted') return state
  const reviewer = prepare(db, 'SELECT reviewer_name FROM review WHERE id = ?')
    .pluck()
    .get(state.review_id) as string | undefined
  const who = reviewer === undefined ? '' : `, by ${reviewer}`
  throw new AppError(
    'REVIEW_DECIDED',
    `Expected a caption that waits for review, but this one is ${status} already${who}. Undo that first to decide anew.`,
    { data: { imageId: args.imageId, status } },
  )
}

function checkQuote(
  quote: { readonly start: number; readonly end: number } | null,
  text: string,
): void {
  if (quote === null || (quote.start < quote.end && quote.end <= text.length)) return
  throw new AppError(
    'INPUT_INVALID',
    `Expected a stretch of a text of ${text.length} characters, but ${quote.start} to ${quote.end} is none. Mark the words again.`,
  )
}

function textOf(db: Database, revisionId: RevisionId): string {
  const row = prepare(db, 'SELECT text, text_utf16 FROM revision WHERE id = ?').get(revisionId) as {
    text: string
    text_utf16: Buffer | null
  }
  return fromTextColumns(row.text, row.text_utf16)
}
