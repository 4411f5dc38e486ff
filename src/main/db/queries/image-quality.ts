import type { Database } from 'better-sqlite3'
import type { ImageId } from '../../../shared/domain/ids.ts'
import {
  DEFAULT_LIMITS,
  QUALITY_ISSUES,
  QUALITY_MEASURES,
  STORED_STEPS,
  type ImageQuality,
  type QualityIssue,
  type QualityLimits,
} from '../../../shared/domain/image-quality.ts'
import { prepare } from '../statements.ts'
import { nextChange } from './change-counter.ts'
import { listPictures, type StoredPicture } from './media.ts'

/** Raise it when a measure comes out differently: all are then measured anew. */
export const MEASURE_VERSION = 1

const LIMITS_KEY = 'quality.limits'

/** Changes with the measures, as the change counter does with everything else that listings go by. */
export function qualityChange(db: Database): number {
  return prepare(db, "SELECT value FROM counter WHERE name = 'quality'").pluck().get() as number
}

interface PicturePage {
  readonly after: number
  readonly limit: number
}

/** Readable pictures after an id, in id order, that were not measured, or by an older Realign. */
export function listUnmeasuredPictures(db: Database, args: PicturePage): StoredPicture[] {
  return listPictures(db, {
    ...args,
    where: `NOT EXISTS (
      SELECT 1 FROM image_quality q WHERE q.image_id = i.id AND q.algorithm_version = ${MEASURE_VERSION})`,
  })
}

/** Which of these images were measured. */
export function listMeasured(
  db: Database,
  args: { readonly ids: readonly ImageId[] },
): readonly ImageId[] {
  return prepare(
    db,
    `SELECT q.image_id FROM json_each(?) j CROSS JOIN image_quality q ON q.image_id = j.value
     WHERE q.algorithm_version = ${MEASURE_VERSION}`,
  )
    .pluck()
    .all(JSON.stringify(args.ids)) as ImageId[]
}

/** How many readable pictures there are, and how many of them were measured. */
export function countMeasured(db: Database): {
  readonly measured: number
  readonly total: number
} {
  const count = (sql: string): number => prepare(db, sql).pluck().get() as number
  const total = count('SELECT count(*) FROM image_state') - count(PROBLEMS)
  const measured =
    count('SELECT count(*) FROM image_quality') -
    count(`SELECT count(*) FROM image_state s WHERE s.problem > 0
      AND EXISTS (SELECT 1 FROM image_quality q WHERE q.image_id = s.image_id)`)
  return { measured: Math.min(measured, total), total }
}

const PROBLEMS = 'SELECT count(*) FROM image_state WHERE problem > 0'

/** Stores measures of pictures, as far as the images still show those pictures. */
export function storeImageQuality(
  db: Database,
  args: {
    readonly rows: readonly {
      readonly imageId: ImageId
      readonly hash: string
      readonly quality: ImageQuality
    }[]
  },
): void {
  if (args.rows.length === 0) return
  const insert = prepare(
    db,
    `INSERT OR REPLACE INTO image_quality (image_id, algorithm_version, ${QUALITY_MEASURES.join(', ')})
     SELECT id, ${MEASURE_VERSION}, ${QUALITY_MEASURES.map(() => '?').join(', ')}
     FROM image WHERE id = ? AND content_hash = ?`,
  )
  for (const { imageId, hash, quality } of args.rows) {
    const stored = QUALITY_MEASURES.map((name) => Math.round(quality[name] * STORED_STEPS[name]))
    insert.run(...stored, imageId, hash)
  }
  prepare(db, "UPDATE counter SET value = value + 1 WHERE name = 'quality'").run()
}

/** The limits of this project; where nobody chose one, Realign's own. */
export function getQualityLimits(db: Database): QualityLimits {
  return { ...DEFAULT_LIMITS, ...chosenLimits(db) }
}

/** Sets a limit; null goes back to Realign's own. */
export function setQualityLimit(
  db: Database,
  args: { readonly issue: QualityIssue; readonly limit: number | null },
): void {
  const others = Object.entries(chosenLimits(db)).filter(([issue]) => issue !== args.issue)
  const entries = args.limit === null ? others : [...others, [args.issue, args.limit]]
  prepare(db, 'INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(
    LIMITS_KEY,
    JSON.stringify(Object.fromEntries(entries)),
  )
  // Listings of queries over these words are made anew.
  nextChange(db)
}

function chosenLimits(db: Database): Partial<QualityLimits> {
  const stored = prepare(db, 'SELECT value FROM setting WHERE key = ?').pluck().get(LIMITS_KEY)
  if (typeof stored !== 'string') return {}
  const limits = JSON.parse(stored) as Partial<Record<string, number>>
  // A newer Realign may have known other words.
  return Object.fromEntries(
    QUALITY_ISSUES.flatMap((issue) => {
      const limit = limits[issue]
      return limit === undefined ? [] : [[issue, limit]]
    }),
  )
}
