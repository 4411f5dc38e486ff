import type { Database } from 'better-sqlite3'
import type { Override } from '../../../shared/contract/judgements.ts'
import type { AltTextId, ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import type { FateReason } from '../../../shared/domain/fate.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns, toTextColumns } from '../text-column.ts'
import { createUid } from '../uids.ts'

type VerdictAnswer = Extract<Override, { kind: 'verdict' }>['answer']
type DetailAnswer = Extract<Override, { kind: 'detail' }>['answer']

/** A person's answer and whether it stands, as the journal keeps it to take it back. */
export interface AnswerMark {
  readonly subject: string
  /** Null: nobody has answered, or the answer was taken back. */
  readonly override: Override | null
}

/** The columns in which an answer is stored. */
export interface AnswerColumns {
  readonly kind: Override['kind']
  readonly altTextId: AltTextId | null
  readonly ruleId: string | null
  readonly words: string
  readonly occurrence: number
  readonly answer: string
  readonly reason: string
}

export interface AnswerRow {
  readonly id: number
  readonly kind: Override['kind']
  readonly alt_text_id: AltTextId | null
  readonly rule_id: string | null
  readonly words: string
  readonly words_utf16: Buffer | null
  readonly occurrence: number
  readonly answer: string | null
  readonly reason: string
}

export function toAnswerColumns(override: Override): AnswerColumns {
  const plain = { altTextId: null, ruleId: null, reason: '' }
  switch (override.kind) {
    case 'fate': {
      const { kind, altTextId, words, occurrence, reason } = override
      return { ...plain, kind, altTextId, words, occurrence, answer: reason }
    }
    case 'verdict': {
      const { kind, words, occurrence, answer, reason } = override
      return { ...plain, kind, words, occurrence, answer, reason }
    }
    case 'hygiene': {
      const { kind, ruleId, words, occurrence, answer } = override
      return { ...plain, kind, ruleId, words, occurrence, answer }
    }
    case 'detail':
      return {
        ...plain,
        kind: override.kind,
        words: override.phrase,
        occurrence: 0,
        answer: override.answer,
      }
  }
}

/** The answer of a row, or of one that took an answer back what it was about. */
export function toOverride(row: AnswerRow, answer: string): Override {
  const words = fromTextColumns(row.words, row.words_utf16)
  const { occurrence, reason } = row
  switch (row.kind) {
    case 'fate':
      return {
        kind: 'fate',
        altTextId: row.alt_text_id ?? (0 as AltTextId),
        words,
        occurrence,
        reason: answer as FateReason,
      }
    case 'verdict':
      return { kind: 'verdict', words, occurrence, answer: answer as VerdictAnswer, reason }
    case 'hygiene':
      return { kind: 'hygiene', ruleId: row.rule_id ?? '', words, occurrence, answer: 'keep' }
    case 'detail':
      return { kind: 'detail', phrase: words, answer: answer as DetailAnswer }
  }
}

/** Names the thing that an answer is about: a later answer with the same name replaces it. */
export function subjectOf(
  columns: Pick<AnswerColumns, 'kind' | 'altTextId' | 'ruleId' | 'words' | 'occurrence'>,
): string {
  // As JSON, because that spells half a surrogate pair, which SQLite's TEXT cannot hold.
  return JSON.stringify([
    columns.kind,
    columns.altTextId ?? columns.ruleId,
    columns.words,
    columns.occurrence,
  ])
}

export function isSameAnswer(left: Override | null, right: Override | null): boolean {
  const [one, other] = [left, right].map((side) => (side === null ? null : toAnswerColumns(side)))
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What stands for a subject now. */
export function answerOf(db: Database, imageId: ImageId, subject: string): AnswerMark {
  const row = prepare(
    db,
    'SELECT * FROM override WHERE image_id = ? AND subject = ? ORDER BY id DESC LIMIT 1',
  ).get(imageId, subject) as AnswerRow | undefined
  const answer = row?.answer ?? null
  return {
    subject,
    override: row === undefined || answer === null ? null : toOverride(row, answer),
  }
}

/** Appends an answer, or the taking back of the one that stands. */
export function writeAnswer(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly override: Override
    readonly isWithdrawn: boolean
  },
): void {
  const columns = toAnswerColumns(args.override)
  const words = toTextColumns(columns.words)
  prepare(
    db,
    `INSERT INTO override (uid, image_id, subject, kind, alt_text_id, rule_id, words, words_utf16, occurrence, answer,
       reason, person_id, author_name, created_at)
     SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, id, name, ? FROM person WHERE id = ?`,
  ).run(
    createUid(),
    args.imageId,
    subjectOf(columns),
    columns.kind,
    columns.altTextId,
    columns.ruleId,
    words.text,
    words.utf16,
    columns.occurrence,
    args.isWithdrawn ? null : columns.answer,
    columns.reason,
    Date.now(),
    args.personId,
  )
}

/** The newest row of each subject, oldest first. */
const STANDING = `SELECT o.* FROM override o WHERE o.image_id = ? AND o.answer IS NOT NULL
  AND o.id = (SELECT max(n.id) FROM override n WHERE n.image_id = o.image_id AND n.subject = o.subject)`

/** The answers of an image that stand, whether or not their words do. */
export function listOverrides(db: Database, args: { readonly imageId: ImageId }): Override[] {
  const rows = prepare(db, `${STANDING} ORDER BY o.id`).all(args.imageId) as AnswerRow[]
  return rows.flatMap((row) => (row.answer === null ? [] : [toOverride(row, row.answer)]))
}

/** Records on a new revision the answers that stand and that none of its ancestors carries. */
export function linkAnswers(
  db: Database,
  args: { readonly imageId: ImageId; readonly revisionId: RevisionId },
): void {
  prepare(
    db,
    `WITH RECURSIVE chain (id) AS (
       SELECT ? UNION SELECT r.parent_id FROM chain c JOIN revision r ON r.id = c.id WHERE r.parent_id IS NOT NULL
     )
     INSERT INTO revision_override (revision_id, override_id)
     SELECT ?, o.id FROM (${STANDING}) o WHERE NOT EXISTS (
       SELECT 1 FROM revision_override l JOIN chain c ON c.id = l.revision_id WHERE l.override_id = o.id)`,
  ).run(args.revisionId, args.revisionId, args.imageId)
}
