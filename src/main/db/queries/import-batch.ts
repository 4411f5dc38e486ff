import type { Database } from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import type { AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { ImageId, JobId, PersonId, RevisionId, SourceId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { toTextColumns } from '../text-column.ts'
import { nextChange } from './change-counter.ts'
import { importHistory, type ExchangeHistory } from './exchange.ts'
import { addTag, findState, statusAt, writeState } from './image-snapshot.ts'

/** What probing a picture file gave. Sizes are after EXIF orientation. */
export interface ProbedPicture {
  readonly hash: string
  readonly format: string
  readonly width: number
  readonly height: number
  readonly orientation: number
  readonly isAnimated: boolean
  readonly sizeBytes: number
  readonly mtimeMs: number
  readonly perceptualHash: string
}

export type ImportedPicture =
  | ({ readonly kind: 'probed' } & ProbedPicture)
  /** Same size and time as at the last import: not read again. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'problem'; readonly code: string; readonly message: string }

export interface ImportItem {
  readonly locator: string
  /** Relative to the source's root, with the system's separators; null when the row names no file. */
  readonly path: string | null
  readonly url: string | null
  readonly name: string
  /** Where the image lay before an exchange file carried it here; null for every other source. */
  readonly originLocators: readonly string[] | null
  readonly picture: ImportedPicture
  readonly altTexts: readonly {
    readonly origin: AltOrigin
    readonly text: string
    /** Kept from the exchange form; else the time of the import. */
    readonly createdAt?: number
  }[]
  readonly caption: string | null
  readonly tags: readonly string[]
  /** Rounds, status and drafts, when the source is our own exchange form. */
  readonly history: ExchangeHistory | null
}

export type ImportOutcome = 'added' | 'changed' | 'same-content' | 'unchanged'

/** What a batch did: one outcome an item, and counts of the texts that came with them. */
export interface ImportBatchResult {
  readonly outcomes: readonly ImportOutcome[]
  readonly altTexts: number
  readonly captions: number
  readonly captionsKept: number
}

interface Tally {
  altTexts: number
  captions: number
  captionsKept: number
}

interface KnownPlace {
  readonly id: number
  readonly image_id: ImageId
  readonly content_hash: string | null
  readonly problem_code: string | null
}

interface Context {
  readonly db: Database
  readonly sourceId: SourceId
  readonly jobId: JobId
  readonly now: number
  readonly seq: number
  readonly personId: PersonId
  readonly tally: Tally
}

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
  const tally: Tally = { altTexts: 0, captions: 0, captionsKept: 0 }
  const context: Context = {
    db,
    sourceId: args.sourceId,
    jobId: args.jobId,
    personId: args.personId,
    now: Date.now(),
    seq: nextChange(db),
    tally,
  }
  return { outcomes: args.items.map((item) => importItem(context, item)), ...tally }
}

function importItem(context: Context, item: ImportItem): ImportOutcome {
  const { db, sourceId } = context
  const location = prepare(
    db,
    `SELECT l.id, l.image_id, i.content_hash, i.problem_code FROM image_location l JOIN image i ON i.id = l.image_id
     WHERE l.source_id = ? AND l.locator = ?`,
  ).get(sourceId, item.locator) as KnownPlace | undefined
  if (location === undefined) return importNewPlace(context, item)
  const didPictureChange = updatePlace(context, item, location)
  const addedTexts = addTexts(context, location.image_id, item)
  return didPictureChange || addedTexts > 0 ? 'changed' : 'unchanged'
}

function importNewPlace(context: Context, item: ImportItem): ImportOutcome {
  const { db } = context
  const hash = item.picture.kind === 'probed' ? item.picture.hash : null
  const same =
    hash === null
      ? undefined
      : (prepare(db, 'SELECT id FROM image WHERE content_hash = ?').pluck().get(hash) as
          ImageId | undefined)
  const imageId = same ?? addImage(context, item)
  addPlace(context, imageId, item)
  if (same !== undefined) clearProblem(context, same)
  addTexts(context, imageId, item)
  return same === undefined ? 'added' : 'same-content'
}

function addImage(context: Context, item: ImportItem): ImageId {
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
    uuid(),
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
  prepare(
    db,
    `INSERT INTO image_state (image_id, name, pixels, problem, updated_seq, updated_at) VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    imageId,
    item.name,
    probed === null ? 0 : probed.width * probed.height,
    problemKind(problem?.code ?? null),
    seq,
    now,
  )
  return imageId
}

function addPlace(context: Context, imageId: ImageId, item: ImportItem): void {
  const probed = item.picture.kind === 'probed' ? item.picture : null
  prepare(
    context.db,
    `INSERT INTO image_location (image_id, source_id, locator, path, url, size_bytes, mtime_ms, seen_job_id,
       origin_locators)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
  )
}

/** Answers whether the picture at a known place is another one than before. */
function updatePlace(context: Context, item: ImportItem, location: KnownPlace): boolean {
  const { db } = context
  const { picture } = item
  if (picture.kind === 'unchanged') {
    prepare(db, 'UPDATE image_location SET seen_job_id = ? WHERE id = ?').run(
      context.jobId,
      location.id,
    )
    return false
  }
  if (picture.kind === 'problem') {
    prepare(db, 'UPDATE image_location SET seen_job_id = ? WHERE id = ?').run(
      context.jobId,
      location.id,
    )
    return setProblem(context, location, picture)
  }
  prepare(
    db,
    'UPDATE image_location SET seen_job_id = ?, size_bytes = ?, mtime_ms = ?, path = ? WHERE id = ?',
  ).run(context.jobId, picture.sizeBytes, Math.trunc(picture.mtimeMs), item.path, location.id)
  if (picture.hash === location.content_hash) return clearProblem(context, location.image_id)
  const same = prepare(db, 'SELECT id FROM image WHERE content_hash = ?')
    .pluck()
    .get(picture.hash) as ImageId | undefined
  if (same === undefined) {
    replacePicture(context, location.image_id, picture)
    return true
  }
  prepare(db, 'UPDATE image_location SET image_id = ? WHERE id = ?').run(same, location.id)
  clearProblem(context, same)
  return true
}

/**
 * The file at a known place has new content. The item stays the same, with its texts: its owner rotated or
 * re-encoded the picture, and captions must not vanish for that.
 */
function replacePicture(context: Context, imageId: ImageId, picture: ProbedPicture): void {
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
  context: Context,
  location: { readonly image_id: ImageId; readonly problem_code: string | null },
  problem: { readonly code: string; readonly message: string },
): boolean {
  const { db, now } = context
  if (location.problem_code === problem.code) return false
  prepare(db, 'UPDATE image SET problem_code = ?, problem_message = ? WHERE id = ?').run(
    problem.code,
    problem.message,
    location.image_id,
  )
  prepare(
    db,
    'UPDATE image_state SET problem = ?, updated_seq = ?, updated_at = ? WHERE image_id = ?',
  ).run(problemKind(problem.code), nextChange(db), now, location.image_id)
  return true
}

function clearProblem(context: Context, imageId: ImageId): boolean {
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

function problemKind(code: string | null): number {
  if (code === null) return 0
  return code === 'IMAGE_FILE_MISSING' ? 1 : 2
}

/** Adds what the image does not have yet; alt-texts are immutable, so a changed one stands beside the old one. */
function addTexts(context: Context, imageId: ImageId, item: ImportItem): number {
  const { db, sourceId, now, tally } = context
  let added = 0
  for (const alt of item.altTexts) {
    const columns = toTextColumns(alt.text)
    const known = prepare(
      db,
      'SELECT 1 FROM alt_text WHERE image_id = ? AND origin = ? AND text = ? AND text_utf16 IS ?',
    ).get(imageId, alt.origin, columns.text, columns.utf16)
    if (known !== undefined) continue
    prepare(
      db,
      'INSERT INTO alt_text (image_id, source_id, origin, text, text_utf16, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(imageId, sourceId, alt.origin, columns.text, columns.utf16, alt.createdAt ?? now)
    added += 1
  }
  tally.altTexts += added
  if (added > 0) {
    prepare(db, 'UPDATE image_state SET alt_count = alt_count + ? WHERE image_id = ?').run(
      added,
      imageId,
    )
  }
  if (item.caption !== null) added += addImportedCaption(context, imageId, item.caption)
  for (const tag of item.tags) addTag(db, imageId, tag)
  if (item.history !== null) {
    added += importHistory(db, { imageId, history: item.history, personId: context.personId })
  }
  return added
}

/** An imported caption becomes the head only while no person has written one; else it just joins the timeline. */
function addImportedCaption(context: Context, imageId: ImageId, caption: string): number {
  const { db, now, tally } = context
  const state = findState(db, imageId)
  if (state === null) return 0
  const columns = toTextColumns(caption)
  const known = prepare(
    db,
    "SELECT 1 FROM revision WHERE image_id = ? AND author_kind = 'import' AND text = ? AND text_utf16 IS ?",
  ).get(imageId, columns.text, columns.utf16)
  if (known !== undefined) return 0
  const headKind =
    state.head_revision_id === null
      ? null
      : prepare(db, 'SELECT author_kind FROM revision WHERE id = ?')
          .pluck()
          .get(state.head_revision_id)
  const made = prepare(
    db,
    `INSERT INTO revision (uid, image_id, parent_id, round, text, text_utf16, author_kind, author_name, created_at)
     VALUES (?, ?, ?, 0, ?, ?, 'import', 'Import', ?)`,
  ).run(uuid(), imageId, state.head_revision_id, columns.text, columns.utf16, now)
  if (headKind === 'human') {
    // The head stays; only the count of revisions moves.
    writeState(db, {
      imageId,
      status: statusAt(state.status),
      round: state.round,
      headRevisionId: state.head_revision_id,
    })
    tally.captionsKept += 1
    return 0
  }
  writeState(db, {
    imageId,
    status: statusAt(state.status),
    round: 0,
    headRevisionId: Number(made.lastInsertRowid) as RevisionId,
  })
  tally.captions += 1
  return 1
}
