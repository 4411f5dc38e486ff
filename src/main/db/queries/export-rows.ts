import type { Database } from 'better-sqlite3'
import { join } from 'node:path'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { joinPictureAddress } from '../../base/picture-address.ts'
import {
  loadAltTexts,
  loadDrafts,
  loadRevisions,
  type OpenText,
  type StoredAltText,
  type StoredRevision,
} from './export-texts.ts'
import { IN_LIST, rowsByImage } from './image-rows.ts'
import { statusAt } from './image-snapshot.ts'
import { loadAnswers, type StoredAnswer } from './judgements-exchange.ts'
import { loadReviews, type StoredReview } from './review-rows.ts'
import { toOrigin, type StoredOrigin } from './rounds-exchange.ts'
import { loadProposals, type StoredProposal } from './proposals-exchange.ts'

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
  readonly altTexts: readonly StoredAltText[]
  readonly headRevisionId: RevisionId | null
  readonly revisions: readonly StoredRevision[]
  readonly draft: OpenText | null
  readonly reviews: readonly StoredReview[]
  readonly proposals: readonly StoredProposal[]
  readonly answers: readonly StoredAnswer[]
}

interface ImageRow {
  readonly image_id: ImageId
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

interface PlaceRow {
  readonly image_id: ImageId
  readonly locator: string
  readonly path: string | null
  readonly part: string | null
  readonly url: string | null
  readonly origin_locators: string | null
  readonly root: string
}

interface TagRow {
  readonly image_id: ImageId
  readonly name: string
}

/** The rows of a page of images in all tables. */
interface PageRows {
  readonly places: ReadonlyMap<ImageId, readonly PlaceRow[]>
  readonly tags: ReadonlyMap<ImageId, readonly TagRow[]>
  readonly altTexts: ReadonlyMap<ImageId, readonly StoredAltText[]>
  readonly revisions: ReadonlyMap<ImageId, readonly StoredRevision[]>
  readonly drafts: ReadonlyMap<ImageId, OpenText>
  readonly reviews: ReadonlyMap<ImageId, readonly StoredReview[]>
  readonly proposals: ReadonlyMap<ImageId, readonly StoredProposal[]>
  readonly answers: ReadonlyMap<ImageId, readonly StoredAnswer[]>
}

/** As `findImages`, as JSON: one text crosses to another thread several times faster than the objects. */
export function loadImages(db: Database, args: { readonly imageIds: readonly ImageId[] }): string {
  return JSON.stringify(findImages(db, args.imageIds))
}

/** The named images in the given order, without those that are not there. */
export function findImages(db: Database, imageIds: readonly ImageId[]): readonly StoredImage[] {
  const sql = `SELECT i.id AS image_id, i.uid, i.content_hash, i.width, i.height, i.format, i.size_bytes,
       i.perceptual_hash, i.problem_code, i.problem_message, s.name, s.status, s.round, s.head_revision_id, s.updated_at,
       s.work_round, s.joined_from, s.review_id
     FROM image i CROSS JOIN image_state s ON s.image_id = i.id WHERE i.id ${IN_LIST}`
  const images = rowsByImage<ImageRow>(db, { sql, imageIds })
  const rows: PageRows = {
    places: loadPlaces(db, imageIds),
    tags: rowsByImage<TagRow>(db, {
      sql: `SELECT it.image_id, t.name FROM image_tag it CROSS JOIN tag t ON t.id = it.tag_id
       WHERE it.image_id ${IN_LIST} ORDER BY it.image_id, t.name`,
      imageIds,
    }),
    altTexts: loadAltTexts(db, imageIds),
    revisions: loadRevisions(db, imageIds),
    drafts: loadDrafts(db, imageIds),
    reviews: loadReviews(db, {
      imageIds,
      standingOf: (imageId) => images.get(imageId)?.[0]?.review_id ?? null,
    }),
    proposals: loadProposals(db, imageIds),
    answers: loadAnswers(db, imageIds),
  }
  return imageIds.flatMap((imageId) => {
    const [row] = images.get(imageId) ?? []
    return row === undefined ? [] : [toImage(row, rows)]
  })
}

function toImage(row: ImageRow, page: PageRows): StoredImage {
  const id = row.image_id
  const places = page.places.get(id) ?? []
  const file = places.find((place) => place.path !== null)
  return {
    id,
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
      .sort(),
    width: row.width,
    height: row.height,
    format: row.format,
    sizeBytes: row.size_bytes,
    perceptualHash: row.perceptual_hash,
    status: statusAt(row.status),
    round: row.round,
    workRound: row.work_round,
    cameFrom: toOrigin(row.joined_from),
    tags: (page.tags.get(id) ?? []).map(({ name }) => name),
    problem:
      row.problem_code === null
        ? null
        : { code: row.problem_code, message: row.problem_message ?? '' },
    updatedAt: row.updated_at,
    altTexts: page.altTexts.get(id) ?? [],
    headRevisionId: row.head_revision_id,
    revisions: page.revisions.get(id) ?? [],
    draft: page.drafts.get(id) ?? null,
    reviews: page.reviews.get(id) ?? [],
    proposals: page.proposals.get(id) ?? [],
    answers: page.answers.get(id) ?? [],
  }
}

function loadPlaces(db: Database, imageIds: readonly ImageId[]): PageRows['places'] {
  return rowsByImage(db, {
    sql: `SELECT l.image_id, l.locator, l.path, l.part, l.url, l.origin_locators, s.root
     FROM image_location l CROSS JOIN source s ON s.id = l.source_id
     WHERE l.image_id ${IN_LIST} ORDER BY l.image_id, l.seen_job_id DESC, l.id`,
    imageIds,
  })
}
