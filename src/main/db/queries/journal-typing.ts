import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import {
  findDraft,
  findState,
  statusAt,
  writeDraft,
  writeState,
  type ImageSnapshot,
  type StateRow,
} from './image-snapshot.ts'
import { insertChange, LAST_WORD, recordRevert, type JournalRow } from './journal-rows.ts'
import { findBaseText } from './start-text.ts'

/** What was typed between two other changes of an image; only one's own undo of that image takes it back. */
export const TYPING = 'align.type'

/** A person's open text, as it is kept before and after they typed. */
export interface TypingMark {
  readonly draft: ImageSnapshot['draft']
}

interface Writer {
  readonly imageId: ImageId
  readonly personId: PersonId
}

/**
 * Records what the person typed since their last change of the image, so that undo takes it back in its turn instead
 * of losing it. A text that is again what it was before they typed undoes what was recorded of it.
 */
export function recordTyping(db: Database, { imageId, personId }: Writer): void {
  const writer = { imageId, personId }
  const now = findDraft(db, imageId, personId)
  const last = findDraftAt(db, { ...writer, upTo: Number.MAX_SAFE_INTEGER })
  if (now === null && last === null) return
  const head = findState(db, imageId)?.head_revision_id ?? null
  const textOf = (draft: TypingMark['draft']): string =>
    draft?.text ?? findBaseText(db, { imageId, baseRevisionId: head })
  if (textOf(now) === textOf(last)) return
  const typed = listTyping(db, writer)
  const at = typed.findIndex((row) => textOf(markOf(row.before).draft) === textOf(now))
  if (at !== -1) {
    for (const row of typed.slice(0, at + 1)) recordRevert(db, row, 'undo')
    return
  }
  const draft = now === null ? null : { text: now.text, baseRevisionId: now.baseRevisionId }
  const marks: { before: TypingMark; after: TypingMark } = {
    before: { draft: last },
    after: { draft },
  }
  insertChange(db, { kind: TYPING, label: 'Typing', ...writer, ...marks })
}

const HAS_TEXT = `j.kind NOT IN ('proposal.decide', 'judgement.answer')`

/** The person's open text as their newest change of the image, undo or redo up to a row of the journal left it. */
export function findDraftAt(
  db: Database,
  { imageId, personId, upTo }: Writer & { readonly upTo: number },
): TypingMark['draft'] {
  const row = prepare(
    db,
    `SELECT e.kind AS event, j.before, j.after FROM journal e JOIN journal j ON j.id = coalesce(e.concerns, e.id)
     WHERE e.image_id = ? AND e.person_id = ? AND ${HAS_TEXT} AND e.id <= ?
     ORDER BY e.id DESC LIMIT 1`,
  ).get(imageId, personId, upTo) as
    (Pick<JournalRow, 'before' | 'after'> & { event: string }) | undefined
  if (row === undefined) return null
  return markOf(row.event === 'undo' ? row.before : row.after).draft
}

/** The typing on top of the person's other changes of the text, newest first. */
function listTyping(db: Database, { imageId, personId }: Writer): readonly JournalRow[] {
  const rows = prepare(
    db,
    `SELECT j.* FROM journal j WHERE j.image_id = ? AND j.person_id = ? AND j.concerns IS NULL AND ${HAS_TEXT}
       AND coalesce(${LAST_WORD}, 'redo') = 'redo' ORDER BY j.id DESC`,
  ).all(imageId, personId) as JournalRow[]
  const other = rows.findIndex((row) => row.kind !== TYPING)
  return other === -1 ? rows : rows.slice(0, other)
}

function markOf(json: string | null): TypingMark {
  return JSON.parse(json ?? '{"draft":null}') as TypingMark
}

/** Puts an open text back; an image is a draft as long as somebody who began it has one. */
export function applyTyping(
  db: Database,
  args: Writer & { readonly state: StateRow; readonly draft: TypingMark['draft'] },
): void {
  const { imageId, personId, state, draft } = args
  writeDraft(db, { imageId, personId, draft })
  const status = statusAt(state.status)
  const [from, to] = draft === null ? (['draft', 'todo'] as const) : (['todo', 'draft'] as const)
  writeState(db, {
    imageId,
    status: status === from ? to : status,
    round: state.round,
    headRevisionId: state.head_revision_id,
  })
}
