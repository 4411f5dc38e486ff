import type { Database } from 'better-sqlite3'
import { join } from 'node:path'
import type { AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { joinPictureAddress } from '../../base/picture-address.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { listTags, statusAt } from './image-snapshot.ts'
import { loadAnswers, type StoredAnswer } from './judgements-exchange.ts'
import { loadReviews, type StoredReview } from './review-rows.ts'
import { toOrigin, type StoredOrigin } from './rounds-exchange.ts'
import { loadProposals, loadTakenUids, type StoredProposal } from './proposals-exchange.ts'

/** One image with all its texts, as exports need it. */
export interface StoredImage {
  readonly id: ImageId
  readonly uid: string
  readonly hash: string | null
  readonly name: string
  /** Address of the picture (`base/picture-address.ts`). */
  readonly filePath: string | null
  /** Web address that it came from, as far as a source told it. */
  readonly url: string | null
  readonly locations: readonly string[]
  readonly width: number | null
  readonly height: number | null
  readonly format: string | null
  readonly sizeBytes: number | null
  readonly perceptualHash: string | null
  readonly status: Status
  readonly round: number
  readonly workRound: number
  readonly cameFrom: StoredOrigin | null
  readonly tags: readonly string[]
  readonly problem: { readonly code: string; readonly message: string } | null
  readonly updatedAt: number
  readonly altTexts: readonly {
    readonly origin: AltOrigin
    readonly text: string
    readonly createdAt: number
  }[]
  readonly headRevisionId: RevisionId | null
  readonly revisions: readonly StoredRevision[]
  readonly draft: {
    readonly text: string
    readonly baseRevisionId: RevisionId | null
    readonly savedAt: number
  } | null
  readonly reviews: readonly StoredReview[]
  readonly proposals: readonly StoredProposal[]
  readonly answers: readonly StoredAnswer[]
}

interface StoredRevision {
  readonly id: RevisionId
  readonly uid: string
  readonly parentId: RevisionId | null
  readonly round: number
  readonly text: string
  readonly authorKind: 'human' | 'model' | 'import'
  readonly authorName: string
  readonly note: string
  readonly createdAt: number
  /** Uids of the proposals that it took from. */
  readonly proposals: readonly string[]
  readonly guidelineVersion: number | null
  readonly editingMs: number | null
  readonly editShare: number | null
}

interface ImageRow {
  readonly id: ImageId
  readonly uid: string
  readonly content_hash: string | null
  readonly width: number | null
  readonly height: number | null
  readonly format: string | null
  readonly size_bytes: number | null
  readonly perceptual_hash: string | null
  readonly problem_code: string | null
  readonly problem_message: string | null
  readonly name: string
  readonly status: number
  readonly round: number
  readonly head_revision_id: RevisionId | null
  readonly work_round: number
  readonly joined_from: number | null
  readonly review_id: number | null
  readonly updated_at: number
}

/** Loads the named images in the given order. */
export function loadImages(
  db: Database,
  args: { readonly imageIds: readonly ImageId[] },
): StoredImage[] {
  const select = prepare(
    db,
    `SELECT i.id, i.uid, i.content_hash, i.width, i.height, i.format, i.size_bytes, i.perceptual_hash,
       i.problem_code, i.problem_message, s.name, s.status, s.round, s.head_revision_id, s.updated_at,
       s.work_round, s.joined_from, s.review_id
     FROM image i JOIN image_state s ON s.image_id = i.id WHERE i.id = ?`,
  )
  const images: StoredImage[] = []
  for (const imageId of args.imageIds) {
    const row = select.get(imageId) as ImageRow | undefined
    if (row !== undefined) images.push(loadImage(db, row))
  }
  return images
}

function loadImage(db: Database, row: ImageRow): StoredImage {
  const places = prepare(
    db,
    `SELECT l.locator, l.path, l.part, l.url, l.origin_locators, s.root FROM image_location l JOIN source s ON s.id = l.source_id
     WHERE l.image_id = ? ORDER BY l.seen_job_id DESC, l.id`,
  ).all(row.id) as {
    locator: string
    path: string | null
    part: string | null
    url: string | null
    origin_locators: string | null
    root: string
  }[]
  const file = places.find((place) => place.path !== null)
  return {
    id: row.id,
    uid: row.uid,
    hash: row.content_hash,
    name: row.name,
    filePath:
      file === undefined || file.path === null
        ? null
        : joinPictureAddress(join(file.root, file.path), file.part),
    url: places.find((place) => place.url !== null)?.url ?? null,
    locations: places
      .flatMap((place) =>
        place.origin_locators === null
          ? [place.locator]
          : (JSON.parse(place.origin_locators) as string[]),
      )
      .toSorted(),
    width: row.width,
    height: row.height,
    format: row.format,
    sizeBytes: row.size_bytes,
    perceptualHash: row.perceptual_hash,
    status: statusAt(row.status),
    round: row.round,
    workRound: row.work_round,
    cameFrom: toOrigin(row.joined_from),
    tags: listTags(db, row.id),
    problem:
      row.problem_code === null
        ? null
        : { code: row.problem_code, message: row.problem_message ?? '' },
    updatedAt: row.updated_at,
    altTexts: loadAltTexts(db, row.id),
    headRevisionId: row.head_revision_id,
    revisions: loadRevisions(db, row.id),
    draft: loadDraft(db, row.id),
    reviews: loadReviews(db, { imageId: row.id, standingId: row.review_id }),
    proposals: loadProposals(db, row.id),
    answers: loadAnswers(db, row.id),
  }
}

function loadAltTexts(db: Database, imageId: ImageId): StoredImage['altTexts'] {
  const rows = prepare(
    db,
    'SELECT origin, text, text_utf16, created_at FROM alt_text WHERE image_id = ? ORDER BY id',
  ).all(imageId) as {
    origin: AltOrigin
    text: string
    text_utf16: Buffer | null
    created_at: number
  }[]
  return rows.map((row) => ({
    origin: row.origin,
    text: fromTextColumns(row.text, row.text_utf16),
    createdAt: row.created_at,
  }))
}

function loadRevisions(db: Database, imageId: ImageId): StoredRevision[] {
  const rows = prepare(
    db,
    `SELECT r.id, r.uid, r.parent_id, r.round, r.text, r.text_utf16, r.author_kind, r.author_name, r.note,
       r.created_at, r.editing_ms, r.edit_share, g.version AS guideline_version
     FROM revision r LEFT JOIN guideline g ON g.id = r.guideline_id WHERE r.image_id = ? ORDER BY r.id`,
  ).all(imageId) as {
    id: RevisionId
    uid: string
    parent_id: RevisionId | null
    round: number
    text: string
    text_utf16: Buffer | null
    author_kind: StoredRevision['authorKind']
    author_name: string
    note: string
    created_at: number
    editing_ms: number | null
    edit_share: number | null
    guideline_version: number | null
  }[]
  const taken = loadTakenUids(db, imageId)
  return rows.map((row) => ({
    id: row.id,
    uid: row.uid,
    parentId: row.parent_id,
    round: row.round,
    text: fromTextColumns(row.text, row.text_utf16),
    authorKind: row.author_kind,
    authorName: row.author_name,
    note: row.note,
    createdAt: row.created_at,
    proposals: taken.get(row.id) ?? [],
    guidelineVersion: row.guideline_version,
    editingMs: row.editing_ms,
    editShare: row.edit_share,
  }))
}

/** The newest open text of anybody: an export must not leave typed words behind. */
function loadDraft(db: Database, imageId: ImageId): StoredImage['draft'] {
  const row = prepare(
    db,
    'SELECT text, text_utf16, base_revision_id, saved_at FROM autosave WHERE image_id = ? ORDER BY saved_at DESC LIMIT 1',
  ).get(imageId) as
    | {
        text: string
        text_utf16: Buffer | null
        base_revision_id: RevisionId | null
        saved_at: number
      }
    | undefined
  if (row === undefined) return null
  return {
    text: fromTextColumns(row.text, row.text_utf16),
    baseRevisionId: row.base_revision_id,
    savedAt: row.saved_at,
  }
}
