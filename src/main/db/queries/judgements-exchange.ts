import type { Database } from 'better-sqlite3'
import type { AltTextId, ImageId } from '../../../shared/domain/ids.ts'
import type { AltOrigin } from '../../../shared/domain/alt-origin.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns, toTextColumns } from '../text-column.ts'
import { IN_LIST, rowsByImage } from './image-rows.ts'
import { subjectOf, type AnswerRow } from './judgements-answers.ts'

/** A person's answer or the taking back of one, as exports carry it. */
export interface StoredAnswer {
  readonly uid: string
  readonly kind: AnswerRow['kind']
  /** Place of the alt-text among those of the image, from 0; null where the answer is about none. */
  readonly alt: number | null
  readonly rule: string | null
  readonly words: string
  readonly occurrence: number
  /** Null: the answer before it was taken back. */
  readonly answer: string | null
  readonly reason: string
  readonly author: string
  /** Uid of the first revision that carries it. */
  readonly revision: string | null
  readonly createdAt: number
}

/** Those of each image, oldest first, those that no longer stand too. */
export function loadAnswers(
  db: Database,
  imageIds: readonly ImageId[],
): ReadonlyMap<ImageId, readonly StoredAnswer[]> {
  const sql = `SELECT o.*, (SELECT r.uid FROM revision_override l JOIN revision r ON r.id = l.revision_id
       WHERE l.override_id = o.id ORDER BY r.id LIMIT 1) AS revision
     FROM override o WHERE o.image_id ${IN_LIST} ORDER BY o.image_id, o.id`
  const answers = rowsByImage<ExportedAnswerRow>(db, { sql, imageIds })
  if (answers.size === 0) return new Map()
  const alts = rowsByImage<{ readonly image_id: ImageId; readonly id: AltTextId }>(db, {
    sql: `SELECT image_id, id FROM alt_text WHERE image_id ${IN_LIST} ORDER BY image_id, id`,
    imageIds: [...answers.keys()],
  })
  return new Map(
    Array.from(answers, ([imageId, rows]) => {
      const altTextIds = (alts.get(imageId) ?? []).map(({ id }) => id)
      return [imageId, rows.map((row) => toStoredAnswer(row, altTextIds))]
    }),
  )
}

interface ExportedAnswerRow extends AnswerRow {
  readonly image_id: ImageId
  readonly uid: string
  readonly author_name: string
  readonly revision: string | null
  readonly created_at: number
}

function toStoredAnswer(row: ExportedAnswerRow, altTextIds: readonly AltTextId[]): StoredAnswer {
  return {
    uid: row.uid,
    kind: row.kind,
    alt: row.alt_text_id === null ? null : altTextIds.indexOf(row.alt_text_id),
    rule: row.rule_id,
    words: fromTextColumns(row.words, row.words_utf16),
    occurrence: row.occurrence,
    answer: row.answer,
    reason: row.reason,
    author: row.author_name,
    revision: row.revision,
    createdAt: row.created_at,
  }
}

/**
 * Brings answers in from the exchange form. They are known by uid; about a thing that somebody answered here already,
 * the answer from here stands.
 */
export function importAnswers(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly answers: readonly StoredAnswer[]
    readonly alts: readonly { readonly origin: AltOrigin; readonly text: string }[]
  },
): void {
  if (args.answers.length === 0) return
  const answered = new Set(
    prepare(db, 'SELECT DISTINCT subject FROM override WHERE image_id = ?')
      .pluck()
      .all(args.imageId) as string[],
  )
  for (const answer of args.answers) {
    const alt = answer.alt === null ? undefined : args.alts[answer.alt]
    const altTextId = alt === undefined ? null : findAltText(db, args.imageId, alt)
    const subject = subjectOf({ ...answer, altTextId, ruleId: answer.rule })
    const isLost = answer.kind === 'fate' && altTextId === null
    if (isLost || answered.has(subject)) continue
    insertAnswer(db, { imageId: args.imageId, answer, altTextId, subject })
  }
}

function insertAnswer(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly answer: StoredAnswer
    readonly altTextId: AltTextId | null
    readonly subject: string
  },
): void {
  const { answer } = args
  const words = toTextColumns(answer.words)
  const made = prepare(
    db,
    `INSERT INTO override (uid, image_id, subject, kind, alt_text_id, rule_id, words, words_utf16, occurrence, answer,
       reason, author_name, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING`,
  ).run(
    answer.uid,
    args.imageId,
    args.subject,
    answer.kind,
    args.altTextId,
    answer.rule,
    words.text,
    words.utf16,
    answer.occurrence,
    answer.answer,
    answer.reason,
    answer.author,
    answer.createdAt,
  )
  if (made.changes === 0 || answer.revision === null) return
  prepare(
    db,
    `INSERT INTO revision_override (revision_id, override_id)
     SELECT id, ? FROM revision WHERE uid = ? AND image_id = ?`,
  ).run(made.lastInsertRowid, answer.revision, args.imageId)
}

function findAltText(
  db: Database,
  imageId: ImageId,
  alt: { readonly origin: AltOrigin; readonly text: string },
): AltTextId | null {
  const columns = toTextColumns(alt.text)
  const found = prepare(
    db,
    'SELECT id FROM alt_text WHERE image_id = ? AND origin = ? AND text = ? AND text_utf16 IS ?',
  )
    .pluck()
    .get(imageId, alt.origin, columns.text, columns.utf16) as AltTextId | undefined
  return found ?? null
}
