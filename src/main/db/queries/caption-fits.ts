import type { Database } from 'better-sqlite3'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { CHECKED_NOW, type CheckKey } from './checks.ts'
import { firstNotBelow, getSortedNumbers } from './number-columns.ts'

/** How a text that stands does by the sums of its check. */
export interface CaptionFit {
  readonly imageId: ImageId
  /** Share of its units that checks or people decided on; null without units. */
  readonly coverage: number | null
  /** Mean cosine of its sentences with the picture; null without any. */
  readonly score: number | null
  /** Share of the other checked texts of the project that fit worse, 0 to 1; null without a score. */
  readonly place: number | null
}

/** Of these images those whose text was checked as it stands with these models and tables, the key of the last check. */
export function listFits(
  db: Database,
  args: { readonly ids: readonly ImageId[]; readonly key: CheckKey },
): CaptionFit[] {
  const { packRevision, calibrationId, algorithmVersion } = args.key
  const rows = prepare(
    db,
    `SELECT c.image_id AS imageId, c.coverage, c.score ${CHECKED_NOW} AND c.image_id IN (SELECT value FROM json_each(?))
       AND c.pack_revision = ? AND c.calibration_id = ? AND c.algorithm_version = ?`,
  ).all(JSON.stringify(args.ids), packRevision, calibrationId, algorithmVersion) as Omit<
    CaptionFit,
    'place'
  >[]
  const known = rows.some(({ score }) => score !== null) ? getSortedNumbers(db, 'score') : null
  return rows.map((row) => {
    const worse = row.score === null || known === null ? null : firstNotBelow(known, row.score)
    const others = Math.max(1, (known?.length ?? 0) - 1)
    return { ...row, place: worse === null ? null : worse / others }
  })
}
