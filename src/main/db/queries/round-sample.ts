import type { Database } from 'better-sqlite3'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { readAnswers, sumVerdicts, type CheckSums } from './check-sums.ts'
import { listVerdicts, type CheckKey } from './checks.ts'
import { shuffled } from './shuffled.ts'
import { findStartText } from './start-text.ts'

/** The last caption of an image in a round, with what is known of it. */
export interface SampledCaption {
  readonly imageId: ImageId
  readonly author: string
  readonly isModel: boolean
  readonly text: string
  /** What the round began with: the caption of an earlier round, else the anchor, else ''. */
  readonly before: string
  readonly edit: number | null
  readonly entityRecall: number | null
  /** What the check of the two texts came to; null where one was not checked with the models and tables of now. */
  readonly checks: CheckSums | null
  readonly checksBefore: CheckSums | null
  /** Mean fit of the sentences, of captions that stand. */
  readonly fit: number | null
}

interface SampleRow {
  readonly parentId: RevisionId | null
  readonly imageId: ImageId
  readonly hash: string | null
  readonly author: string
  readonly isModel: number
  readonly text: string
  readonly utf16: Buffer | null
  readonly edit: number | null
  readonly entityRecall: number | null
  readonly fit: number | null
}

/** Captions of a round that were measured, at most `limit`, the same ones each time. */
export function listRoundSample(
  db: Database,
  args: { readonly round: number; readonly limit: number; readonly key: CheckKey | null },
): SampledCaption[] {
  const { round, limit, key } = args
  const rows = prepare(
    db,
    `SELECT r.parent_id AS parentId, m.image_id AS imageId, i.content_hash AS hash,
       r.author_name AS author, r.author_kind = 'model' AS isModel, r.text, r.text_utf16 AS utf16, m.edit,
       m.entity_recall AS entityRecall, c.score AS fit
     FROM (SELECT * FROM revision_metric WHERE round = ? ORDER BY ${shuffled('image_id')} LIMIT ?) m
     JOIN revision r ON r.id = m.revision_id JOIN image i ON i.id = m.image_id
     LEFT JOIN check_summary c ON c.image_id = m.image_id AND c.head_revision_id = m.revision_id
       AND c.image_hash = i.content_hash AND c.pack_revision = ? AND c.calibration_id = ? AND c.algorithm_version = ?`,
  ).all(
    round,
    limit,
    key?.packRevision ?? null,
    key?.calibrationId ?? null,
    key?.algorithmVersion ?? null,
  ) as SampleRow[]
  return rows.map(({ parentId, hash, utf16, ...row }) => {
    const { imageId } = row
    const text = fromTextColumns(row.text, utf16)
    const before = findStartText(db, { imageId, headRevisionId: parentId, round })
    const answerOf = readAnswers(db, imageId)
    const sumsOf = (said: string): CheckSums | null => {
      if (key === null || hash === null || said === '') return null
      const verdicts = listVerdicts(db, { ...key, hash, text: said })
      return verdicts === null ? null : sumVerdicts(said, verdicts, answerOf)
    }
    return {
      ...{ ...row, text, before, isModel: row.isModel === 1 },
      ...{ checks: sumsOf(text), checksBefore: sumsOf(before) },
    }
  })
}
