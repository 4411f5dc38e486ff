import type { Database } from 'better-sqlite3'
import type { Override } from '../../../shared/contract/judgements.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import {
  carrySpans,
  listOccurrences,
  occurrenceAt,
} from '../../../shared/domain/text-occurrence.ts'
import { prepare } from '../statements.ts'
import { findDraft, findState } from './image-snapshot.ts'
import { findDraftAt } from './journal-typing.ts'
import {
  subjectOf,
  toAnswerColumns,
  toOverride,
  type AnswerColumns,
  type AnswerRow,
} from './judgements-answers.ts'
import { findBaseText } from './start-text.ts'

interface GivenRow extends AnswerRow {
  readonly image_id: ImageId
  readonly subject: string
  readonly person_id: PersonId | null
  readonly created_at: number
}

/** An answer about words of the caption. */
type WordAnswer = Extract<Override, { readonly kind: 'verdict' | 'hygiene' }>

/**
 * The answers of an image that stand, oldest first; those about words of the caption with the occurrence that these words
 * are in this text: where a phrase stands twice and one of the two goes, the answer stays with the one that it was about.
 * Of words that are nowhere in the text it is the one that was answered.
 */
export function listPlacedAnswers(
  db: Database,
  args: { readonly imageId: ImageId; readonly caption: string },
): Override[] {
  const rows = prepare(db, 'SELECT * FROM override WHERE image_id = ? ORDER BY id').all(
    args.imageId,
  ) as GivenRow[]
  const newest = new Map<string, Override | null>()
  for (const row of rows) {
    // One that takes back says what it is about, too.
    const given = toOverride(row, row.answer ?? 'keep')
    const placed = isOfWords(given) ? placeAnswer(db, { row, given, caption: args.caption }) : given
    if (placed === null) continue
    const subject = subjectOf(toAnswerColumns(placed))
    newest.delete(subject)
    newest.set(subject, row.answer === null ? null : placed)
  }
  return [...newest.values()].filter((override) => override !== null)
}

/** What stands about the thing that an answer is about, as it is in the text that the person has open. */
export function findStandingAnswer(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly columns: AnswerColumns
  },
): Override | null {
  const caption =
    findDraft(db, args.imageId, args.personId)?.text ??
    findBaseText(db, {
      imageId: args.imageId,
      baseRevisionId: findState(db, args.imageId)?.head_revision_id ?? null,
    })
  const subject = subjectOf(args.columns)
  const placed = listPlacedAnswers(db, { imageId: args.imageId, caption })
  return placed.find((one) => subjectOf(toAnswerColumns(one)) === subject) ?? null
}

function isOfWords(override: Override): override is WordAnswer {
  return override.kind === 'verdict' || override.kind === 'hygiene'
}

/** Null where other occurrences of its words stand, and the one that it was about does not. */
function placeAnswer(
  db: Database,
  of: { readonly row: GivenRow; readonly given: WordAnswer; readonly caption: string },
): WordAnswer | null {
  const { row, given, caption } = of
  const here = listOccurrences(caption, given.words)
  if (here.length === 0) return given
  const origin = findAnsweredText(db, row)
  const there = origin === null ? [] : listOccurrences(origin, given.words)
  if (origin === null || origin === caption || there[given.occurrence] === undefined) return given
  if (here.length === 1 && there.length === 1) return given
  const place = carrySpans(origin, caption, there)[given.occurrence] ?? null
  return place === null ? null : { ...given, occurrence: occurrenceAt(caption, place) }
}

/** The caption that a person had open when they gave an answer; null for answers that were given in another project. */
function findAnsweredText(db: Database, row: GivenRow): string | null {
  const { image_id: imageId, person_id: personId, created_at: createdAt } = row
  if (personId === null) return null
  const upTo = prepare(
    db,
    `SELECT min(e.id) FROM journal e LEFT JOIN journal j ON j.id = e.concerns
     WHERE e.image_id = ? AND e.person_id = ? AND e.created_at >= ? AND e.kind IN ('judgement.answer', 'undo', 'redo')
       AND json_extract(coalesce(j.after, e.after), '$.subject') = ?`,
  )
    .pluck()
    .get(imageId, personId, createdAt, row.subject) as number | null
  if (upTo === null) return null
  const draft = findDraftAt(db, { imageId, personId, upTo })
  if (draft !== null) return draft.text
  const headRevisionId = prepare(
    db,
    'SELECT max(id) FROM revision WHERE image_id = ? AND created_at <= ?',
  )
    .pluck()
    .get(imageId, createdAt) as RevisionId | null
  return findBaseText(db, { imageId, baseRevisionId: headRevisionId })
}
