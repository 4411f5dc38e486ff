import type { Database } from 'better-sqlite3'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import { findOccurrence } from '../../../shared/domain/text-occurrence.ts'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { findPicture } from './media.ts'
import { shuffled } from './shuffled.ts'

const ACCEPTED = STATUSES.indexOf('accepted')
/** Texts of one picture that are searched for the words of an answer, the newest first. */
const MOST_TEXTS = 30

export interface StoredCalibration {
  readonly id: number
  /** As JSON. */
  readonly contents: string
  readonly isUsed: boolean
  readonly createdAt: number
}

export interface LabelledText {
  readonly imageId: ImageId
  readonly picture: { readonly path: string; readonly hash: string }
  /** The same for images that the last look for duplicates found to be alike. */
  readonly group: string
  readonly perceptualHash: string | null
  readonly text: string
}

/** What a person said of words: whether the picture shows them. */
export type AnsweredUnit = LabelledText & TextSpan & { readonly isSupported: boolean }

/** What was measured last for this revision of a pack, whether or not it is in use. */
export function findCalibration(
  db: Database,
  args: { readonly packRevision: string; readonly algorithmVersion: number },
): StoredCalibration | null {
  const row = prepare(
    db,
    `SELECT id, contents, is_used, created_at FROM calibration
     WHERE pack_revision = ? AND algorithm_version = ? ORDER BY id DESC LIMIT 1`,
  ).get(args.packRevision, args.algorithmVersion) as
    { id: number; contents: string; is_used: number; created_at: number } | undefined
  if (row === undefined) return null
  const { id, contents, is_used, created_at } = row
  return { id, contents, isUsed: is_used === 1, createdAt: created_at }
}

export function storeCalibration(
  db: Database,
  args: {
    readonly packRevision: string
    readonly algorithmVersion: number
    readonly contents: string
    readonly now: number
  },
): void {
  prepare(
    db,
    `INSERT INTO calibration (pack_revision, algorithm_version, contents, is_used, created_at)
     VALUES (?, ?, ?, 1, ?)`,
  ).run(args.packRevision, args.algorithmVersion, args.contents, args.now)
}

/** Takes what was measured last into use, or out of it. */
export function switchCalibration(
  db: Database,
  args: {
    readonly packRevision: string
    readonly algorithmVersion: number
    readonly isUsed: boolean
  },
): void {
  const found = findCalibration(db, args)
  if (found === null) return
  prepare(db, 'UPDATE calibration SET is_used = ? WHERE id = ?').run(Number(args.isUsed), found.id)
}

const LAST_RUN = '(SELECT max(id) FROM duplicate_run WHERE ended_at IS NOT NULL)'
const GROUP = `ifnull((SELECT 'alike ' || min(group_number) FROM duplicate_member
  WHERE run_id = ${LAST_RUN} AND image_id = i.id), i.content_hash)`

/** Accepted captions of readable pictures, at most `limit`, the same ones each time. */
export function listAcceptedTexts(db: Database, args: { readonly limit: number }): LabelledText[] {
  const rows = prepare(
    db,
    `SELECT s.image_id AS imageId, ${GROUP} AS "group", i.perceptual_hash AS perceptualHash, c.text
     FROM image_state s JOIN image i ON i.id = s.image_id JOIN caption c ON c.image_id = s.image_id
     WHERE s.status = ${ACCEPTED} AND s.problem = 0 AND i.content_hash IS NOT NULL
     ORDER BY ${shuffled('s.image_id')} LIMIT ?`,
  ).all(args.limit) as Omit<LabelledText, 'picture'>[]
  return rows.flatMap((row) => withPicture(db, row))
}

/** The newest answer to each mark that says whether the picture shows the words. */
const STANDING_ANSWERS = `override o WHERE o.kind = 'verdict'
  AND o.answer IN ('is-there', 'deleted', 'took-rival')
  AND o.id = (SELECT max(n.id) FROM override n WHERE n.image_id = o.image_id AND n.subject = o.subject)`

/** What people answered to marks, the newest `limit`, each with a text that was judged and in which the words stand. */
export function listAnsweredUnits(db: Database, args: { readonly limit: number }): AnsweredUnit[] {
  const rows = prepare(
    db,
    `SELECT o.image_id AS imageId, ${GROUP} AS "group", i.perceptual_hash AS perceptualHash, i.content_hash AS hash, a.words, a.words_utf16,
       a.occurrence, a.answer
     FROM (SELECT o.* FROM ${STANDING_ANSWERS} ORDER BY o.id DESC LIMIT ?) a
     JOIN override o ON o.id = a.id JOIN image i ON i.id = o.image_id
     WHERE i.content_hash IS NOT NULL AND i.problem_code IS NULL ORDER BY o.id DESC`,
  ).all(args.limit) as AnswerRow[]
  return rows.flatMap((row) => {
    const { imageId, group, perceptualHash, answer } = row
    const words = fromTextColumns(row.words, row.words_utf16)
    const place = findJudgedPlace(db, { ...row, words })
    if (place === null) return []
    const unit = { imageId, group, perceptualHash, ...place, isSupported: answer === 'is-there' }
    return withPicture(db, unit)
  })
}

interface AnswerRow {
  readonly imageId: ImageId
  readonly group: string
  readonly perceptualHash: string | null
  readonly hash: string
  readonly words: string
  readonly words_utf16: Buffer | null
  readonly occurrence: number
  readonly answer: 'is-there' | 'deleted' | 'took-rival'
}

/** The text judged last in which a mark stood on these words: after an answer they are often gone. */
function findJudgedPlace(
  db: Database,
  at: { readonly hash: string; readonly words: string; readonly occurrence: number },
): (TextSpan & { readonly text: string }) | null {
  const judged = prepare(
    db,
    `SELECT id, text, text_utf16 FROM judgement WHERE image_hash = ? AND verdicts_at IS NOT NULL
     ORDER BY id DESC LIMIT ${MOST_TEXTS}`,
  ).all(at.hash) as { id: number; text: string; text_utf16: Buffer | null }[]
  const hasMark = prepare(
    db,
    'SELECT 1 FROM verdict WHERE judgement_id = ? AND start_offset = ? AND end_offset = ?',
  ).pluck()
  for (const row of judged) {
    const text = fromTextColumns(row.text, row.text_utf16)
    const place = findOccurrence(text, at.words, at.occurrence)
    if (place !== null && hasMark.get(row.id, place.start, place.end) === 1) {
      return { ...place, text }
    }
  }
  return null
}

/** How many labels a calibration could be made of now. */
export function countLabels(db: Database): {
  readonly accepted: number
  readonly answered: number
} {
  return prepare(
    db,
    `SELECT (SELECT count(*) FROM image_state WHERE status = ${ACCEPTED} AND problem = 0) AS accepted,
       (SELECT count(*) FROM ${STANDING_ANSWERS}) AS answered`,
  ).get() as { accepted: number; answered: number }
}

function withPicture<Row extends Omit<LabelledText, 'picture'>>(
  db: Database,
  row: Row,
): (Row & Pick<LabelledText, 'picture'>)[] {
  const picture = findPicture(db, { id: row.imageId })
  if (picture?.path == null || picture.hash === '' || picture.problem !== null) return []
  return [{ ...row, picture: { path: picture.path, hash: picture.hash } }]
}
