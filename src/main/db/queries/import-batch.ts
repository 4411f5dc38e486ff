import type { Database } from 'better-sqlite3'
import type { ImageId, JobId, PersonId, SourceId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { createUid } from '../uids.ts'
import { indexAltTextsTogether } from './alt-text-index.ts'
import { nextChange } from './change-counter.ts'
import type { ImportBatchResult, ImportContext, ImportItem, ImportOutcome } from './import-item.ts'
import { clearProblem, problemKind, updatePlace, type KnownPlace } from './import-place.ts'
import { addAltTexts, addFirstAltTexts, addRevisions } from './import-texts.ts'

/**
 * Stores a batch of records in one transaction. An image is known by its place in the source first and by its
 * content second, so importing again adds nothing twice, and two equal files become one image with two places.
 */
export function importBatch(
  db: Database,
  args: {
    readonly sourceId: SourceId
    readonly jobId: JobId
    readonly personId: PersonId
    readonly items: readonly ImportItem[]
  },
): ImportBatchResult {
  const tally = { altTexts: 0, captions: 0, proposals: 0 }
  const context: ImportContext = {
    db,
    sourceId: args.sourceId,
    jobId: args.jobId,
    personId: args.personId,
    now: Date.now(),
    seq: nextChange(db),
    tally,
  }
  const outcomes = indexAltTextsTogether(db, () =>
    args.items.map((item) => importItem(context, item)),
  )
  return { outcomes, ...tally }
}

function importItem(context: ImportContext, item: ImportItem): ImportOutcome {
  const { db, sourceId, jobId } = context
  // Without the image, which only a known place needs: for a new one the join takes ten times as long.
  const place = prepare(
    db,
    'SELECT id, image_id, seen_job_id FROM image_location WHERE source_id = ? AND locator = ?',
  ).get(sourceId, item.locator) as KnownPlace | undefined
  if (place === undefined) return importNewPlace(context, item)
  const didPictureChange = updatePlace(context, item, place)
  const addedTexts =
    addAltTexts(context, place.image_id, item) + addRevisions(context, place.image_id, item)
  if (didPictureChange || addedTexts > 0) return 'changed'
  return place.seen_job_id === jobId ? 'repeated' : 'unchanged'
}

function importNewPlace(context: ImportContext, item: ImportItem): ImportOutcome {
  const same = findSameContent(context, item)
  if (same === undefined) {
    const imageId = addImage(context, item)
    addPlace(context, imageId, item)
    addRevisions(context, imageId, item)
    return 'added'
  }
  addPlace(context, same, item)
  clearProblem(context, same)
  addAltTexts(context, same, item)
  addRevisions(context, same, item)
  return 'same-content'
}

function findSameContent({ db }: ImportContext, item: ImportItem): ImageId | undefined {
  if (item.picture.kind !== 'probed') return undefined
  return prepare(db, 'SELECT id FROM image WHERE content_hash = ?')
    .pluck()
    .get(item.picture.hash) as ImageId | undefined
}

function addImage(context: ImportContext, item: ImportItem): ImageId {
  const { db, now, seq } = context
  const { picture } = item
  const probed = picture.kind === 'probed' ? picture : null
  const problem = picture.kind === 'problem' ? picture : null
  const made = prepare(
    db,
    `INSERT INTO image (uid, content_hash, format, width, height, orientation, is_animated, size_bytes,
       perceptual_hash, problem_code, problem_message, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    createUid(),
    probed?.hash ?? null,
    probed?.format ?? null,
    probed?.width ?? null,
    probed?.height ?? null,
    probed?.orientation ?? null,
    Number(probed?.isAnimated ?? false),
    probed?.sizeBytes ?? null,
    probed?.perceptualHash ?? null,
    problem?.code ?? null,
    problem?.message ?? null,
    now,
  )
  const imageId = Number(made.lastInsertRowid) as ImageId
  // Before the row of state, which then is written once and not twice.
  const altCount = addFirstAltTexts(context, imageId, item)
  prepare(
    db,
    `INSERT INTO image_state (image_id, name, pixels, alt_count, problem, updated_seq, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    imageId,
    item.name,
    probed === null ? 0 : probed.width * probed.height,
    altCount,
    problemKind(problem?.code ?? null),
    seq,
    now,
  )
  return imageId
}

function addPlace(context: ImportContext, imageId: ImageId, item: ImportItem): void {
  const probed = item.picture.kind === 'probed' ? item.picture : null
  prepare(
    context.db,
    `INSERT INTO image_location (image_id, source_id, locator, path, url, size_bytes, mtime_ms, seen_job_id,
       origin_locators, part)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    imageId,
    context.sourceId,
    item.locator,
    item.path,
    item.url,
    probed?.sizeBytes ?? null,
    probed === null ? null : Math.trunc(probed.mtimeMs),
    context.jobId,
    item.originLocators === null ? null : JSON.stringify(item.originLocators),
    item.part,
  )
}
