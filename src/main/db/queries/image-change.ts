import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { recallSummary } from './check-summary.ts'
import { findState, takeSnapshot, type StateRow } from './image-snapshot.ts'
import { recordChange } from './journal-record.ts'
import { recordTyping } from './journal-typing.ts'
import { findBaseText } from './start-text.ts'

/** What every write to one image says: the head it was made from, and who writes. */
export interface WriteArgs {
  readonly imageId: ImageId
  readonly baseRevisionId: RevisionId | null
  readonly personId: PersonId
}

/** The image's row of state; throws IMAGE_NOT_FOUND. */
export function getState(db: Database, imageId: ImageId): StateRow {
  const state = findState(db, imageId)
  if (state === null) {
    throw new AppError(
      'IMAGE_NOT_FOUND',
      `This project has no image ${imageId}. Go back to the library.`,
    )
  }
  return state
}

/**
 * Every write names the head it was made from. Throws REVISION_CONFLICT with the newer text, its author and the text
 * that both were made from when somebody else was faster, so that nothing is overwritten unseen and all can be merged.
 */
export function getStateAtBase(db: Database, args: WriteArgs): StateRow {
  const state = getState(db, args.imageId)
  if (state.head_revision_id === args.baseRevisionId) return state
  const head =
    state.head_revision_id === null
      ? undefined
      : (prepare(db, 'SELECT text, text_utf16, author_name FROM revision WHERE id = ?').get(
          state.head_revision_id,
        ) as { text: string; text_utf16: Buffer | null; author_name: string } | undefined)
  throw new AppError(
    'REVISION_CONFLICT',
    head === undefined
      ? 'The caption that this text was made from was taken back meanwhile. Your text is not lost: compare and choose.'
      : `${head.author_name} changed this caption after you opened it. Your text is not lost: compare both and choose.`,
    {
      data: {
        headRevisionId: state.head_revision_id,
        headText: head === undefined ? '' : fromTextColumns(head.text, head.text_utf16),
        authorName: head?.author_name ?? '',
        baseText: findBaseText(db, args),
      },
    },
  )
}

export interface ChangeArgs {
  readonly imageId: ImageId
  readonly personId: PersonId
  readonly state: StateRow
  readonly kind: string
  readonly label: string
}

/** Does something to one image and records it in the journal, so that undo can take it back. */
export function changeImage<Value>(db: Database, args: ChangeArgs, apply: () => Value): Value {
  recordTyping(db, args)
  const before = takeSnapshot(db, args)
  const value = apply()
  recallSummary(db, args.imageId)
  const after = takeSnapshot(db, { ...args, state: getState(db, args.imageId) })
  recordChange(db, { ...args, before, after })
  return value
}
