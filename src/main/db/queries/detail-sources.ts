import type { Database } from 'better-sqlite3'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { STORED_STEPS } from '../../../shared/domain/image-quality.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { hashOf, type JudgementKey } from './judgements.ts'

const ACCEPTED = STATUSES.indexOf('accepted')

/** The captions of those of these images whose caption was accepted, in the order of the images. */
export function listAcceptedCaptions(
  db: Database,
  args: { readonly ids: readonly ImageId[] },
): string[] {
  return prepare(
    db,
    `SELECT c.text FROM json_each(?) j
     CROSS JOIN image_state s ON s.image_id = j.value AND s.status = ?
     JOIN caption c ON c.image_id = s.image_id ORDER BY j.key`,
  )
    .pluck()
    .all(JSON.stringify(args.ids), ACCEPTED) as string[]
}

/** How often people inserted or dismissed each detail in this project, by the answers that stand. */
export function listDetailAnswers(
  db: Database,
): { readonly phrase: string; readonly inserted: number; readonly dismissed: number }[] {
  return prepare(
    db,
    `SELECT words AS phrase, sum(answer = 'inserted') AS inserted, sum(answer = 'dismissed') AS dismissed
     FROM override o
     WHERE kind = 'detail' AND answer IS NOT NULL
       AND id = (SELECT max(id) FROM override l WHERE l.image_id = o.image_id AND l.subject = o.subject)
     GROUP BY words`,
  ).all() as { phrase: string; inserted: number; dismissed: number }[]
}

/** How colourful a picture is, 0 for none at all; null where its pixels were not measured yet. */
export function getColourfulness(db: Database, args: { readonly imageId: ImageId }): number | null {
  const stored = prepare(db, 'SELECT colour FROM image_quality WHERE image_id = ?')
    .pluck()
    .get(args.imageId) as number | undefined
  return stored === undefined ? null : stored / STORED_STEPS.colour
}

/** Those of these texts that were not judged by this picture with these packs. */
export function listUnjudgedTexts(
  db: Database,
  args: { readonly key: Omit<JudgementKey, 'text'>; readonly texts: readonly string[] },
): string[] {
  const { imageHash, packRevision, calibrationId, algorithmVersion } = args.key
  const known = prepare(
    db,
    `SELECT 1 FROM judgement WHERE image_hash = ? AND text_hash = ? AND pack_revision = ? AND calibration_id = ?
       AND algorithm_version = ? AND verdicts_at IS NOT NULL`,
  ).pluck()
  return args.texts.filter(
    (text) =>
      known.get(imageHash, hashOf(text), packRevision, calibrationId, algorithmVersion) !== 1,
  )
}
