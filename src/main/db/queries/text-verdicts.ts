import type { Database } from 'better-sqlite3'
import type { Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { readAnswers, statusWith } from './check-sums.ts'
import type { CheckKey } from './checks.ts'
import { findVerdicts, hashOf, readVerdicts } from './judgements.ts'

export interface FateVerdicts {
  readonly caption: readonly Verdict[]
  /** In the order asked; empty for a text that was not judged as the caption was. */
  readonly altTexts: readonly (readonly Verdict[])[]
}

/**
 * What the picture shows of a caption and of the texts that it comes from, all by the same models and tables: numbers of two
 * calibrations cannot be compared. What people answered about the caption goes before what checks say.
 */
export function getFateVerdicts(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly caption: string
    readonly altTexts: readonly string[]
  },
): FateVerdicts {
  const { imageId, caption, altTexts } = args
  const hash = contentHash(db, imageId)
  const found = hash === null ? null : findVerdicts(db, { hash, caption })
  const judgementId = found?.judgementId ?? null
  if (found === null || judgementId === null)
    return { caption: [], altTexts: altTexts.map(() => []) }
  const alike = prepare(
    db,
    `SELECT j.id FROM judgement o JOIN judgement j
       ON j.image_hash = o.image_hash AND j.pack_revision = o.pack_revision AND j.calibration_id = o.calibration_id
         AND j.algorithm_version = o.algorithm_version
     WHERE o.id = ? AND j.text_hash = ? AND j.verdicts_at IS NOT NULL`,
  ).pluck()
  return {
    caption: withAnswers(db, { imageId, text: caption, verdicts: found.verdicts }),
    altTexts: altTexts.map((text) => {
      const id = alike.get(judgementId, hashOf(text)) as number | undefined
      return id === undefined ? [] : readVerdicts(db, id)
    }),
  }
}

/** What the checks of now and people say of this very text of an image; null where it was not checked so. */
export function findTextVerdicts(
  db: Database,
  args: { readonly imageId: ImageId; readonly text: string; readonly key: CheckKey },
): readonly Verdict[] | null {
  const { imageId, text, key } = args
  const id = prepare(
    db,
    `SELECT j.id FROM judgement j JOIN image i ON i.content_hash = j.image_hash
     WHERE i.id = ? AND j.text_hash = ? AND j.pack_revision = ? AND j.calibration_id = ? AND j.algorithm_version = ?
       AND j.verdicts_at IS NOT NULL`,
  )
    .pluck()
    .get(imageId, hashOf(text), key.packRevision, key.calibrationId, key.algorithmVersion) as
    number | undefined
  return id === undefined
    ? null
    : withAnswers(db, { imageId, text, verdicts: readVerdicts(db, id) })
}

/** What somebody saw is sure, and what nobody can tell, or is wanted all the same, is no longer called wrong. */
function withAnswers(
  db: Database,
  of: { readonly imageId: ImageId; readonly text: string; readonly verdicts: readonly Verdict[] },
): readonly Verdict[] {
  const answerOf = readAnswers(db, of.imageId)
  return of.verdicts.map((verdict) => {
    const answer = answerOf(of.text, verdict)
    const status = statusWith(verdict.status, answer)
    if (status === verdict.status) return verdict
    return { ...verdict, status, probability: answer === 'is-there' ? 1 : null }
  })
}

function contentHash(db: Database, imageId: ImageId): string | null {
  return prepare(db, 'SELECT content_hash FROM image WHERE id = ?').pluck().get(imageId) as
    string | null
}
