import type { ImageId, JobId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { nextChange } from './change-counter.ts'
import type { ImportContext, ImportItem, ProbedPicture } from './import-item.ts'

/** A place of the source that an image is known to have. */
export interface KnownPlace {
  readonly id: number
  readonly image_id: ImageId
  readonly seen_job_id: JobId | null
}

interface ImageRow {
  readonly content_hash: string | null
  readonly problem_code: string | null
}

/** Answers whether the picture at a known place is another one than before. */
export function updatePlace(context: ImportContext, item: ImportItem, place: KnownPlace): boolean {
  const { db } = context
  const { picture } = item
  if (picture.kind !== 'probed') {
    prepare(db, 'UPDATE image_location SET seen_job_id = ? WHERE id = ?').run(
      context.jobId,
      place.id,
    )
    return picture.kind === 'problem' && setProblem(context, place.image_id, picture)
  }
  prepare(
    db,
    'UPDATE image_location SET seen_job_id = ?, size_bytes = ?, mtime_ms = ?, path = ?, part = ? WHERE id = ?',
  ).run(
    context.jobId,
    picture.sizeBytes,
    Math.trunc(picture.mtimeMs),
    item.path,
    item.part,
    place.id,
  )
  if (picture.hash === getImage(context, place.image_id).content_hash) {
    return clearProblem(context, place.image_id)
  }
  const same = prepare(db, 'SELECT id FROM image WHERE content_hash = ?')
    .pluck()
    .get(picture.hash) as ImageId | undefined
  if (same === undefined) {
    replacePicture(context, place.image_id, picture)
    return true
  }
  prepare(db, 'UPDATE image_location SET image_id = ? WHERE id = ?').run(same, place.id)
  clearProblem(context, same)
  return true
}

function getImage({ db }: ImportContext, imageId: ImageId): ImageRow {
  return prepare(db, 'SELECT content_hash, problem_code FROM image WHERE id = ?').get(
    imageId,
  ) as ImageRow
}

/**
 * The file at a known place has new content. The item stays the same, with its texts: its owner rotated or
 * re-encoded the picture, and captions must not vanish for that.
 */
function replacePicture(context: ImportContext, imageId: ImageId, picture: ProbedPicture): void {
  const { db, now } = context
  prepare(
    db,
    `UPDATE image SET content_hash = ?, format = ?, width = ?, height = ?, orientation = ?, is_animated = ?,
       size_bytes = ?, perceptual_hash = ?, problem_code = NULL, problem_message = NULL WHERE id = ?`,
  ).run(
    picture.hash,
    picture.format,
    picture.width,
    picture.height,
    picture.orientation,
    Number(picture.isAnimated),
    picture.sizeBytes,
    picture.perceptualHash,
    imageId,
  )
  prepare(
    db,
    'UPDATE image_state SET pixels = ?, problem = 0, updated_seq = ?, updated_at = ? WHERE image_id = ?',
  ).run(picture.width * picture.height, nextChange(db), now, imageId)
}

function setProblem(
  context: ImportContext,
  imageId: ImageId,
  problem: { readonly code: string; readonly message: string },
): boolean {
  const { db, now } = context
  if (getImage(context, imageId).problem_code === problem.code) return false
  prepare(db, 'UPDATE image SET problem_code = ?, problem_message = ? WHERE id = ?').run(
    problem.code,
    problem.message,
    imageId,
  )
  prepare(
    db,
    'UPDATE image_state SET problem = ?, updated_seq = ?, updated_at = ? WHERE image_id = ?',
  ).run(problemKind(problem.code), nextChange(db), now, imageId)
  return true
}

/** Answers whether there was a problem. */
export function clearProblem(context: ImportContext, imageId: ImageId): boolean {
  const { db, now } = context
  const cleared = prepare(
    db,
    'UPDATE image SET problem_code = NULL, problem_message = NULL WHERE id = ? AND problem_code IS NOT NULL',
  ).run(imageId)
  if (cleared.changes === 0) return false
  prepare(
    db,
    'UPDATE image_state SET problem = 0, updated_seq = ?, updated_at = ? WHERE image_id = ?',
  ).run(nextChange(db), now, imageId)
  return true
}

/** The number by which listings know a kind of problem. */
export function problemKind(code: string | null): number {
  if (code === null) return 0
  return code === 'IMAGE_FILE_MISSING' ? 1 : 2
}
