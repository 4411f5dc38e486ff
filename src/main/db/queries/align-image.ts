import type { Database } from 'better-sqlite3'
import { join } from 'node:path'
import type { AlignImage } from '../../../shared/contract/align.ts'
import { findAnchor, type AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { AltTextId, ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { getState } from './image-change.ts'
import { findDraft, listTags, statusAt } from './image-snapshot.ts'
import { listReviews } from './review-rows.ts'
import { proposalsByRevision } from './proposals-state.ts'
import { isTurnOfOthers } from './round-turn.ts'

interface ImageRow {
  readonly uid: string
  readonly content_hash: string | null
  readonly width: number | null
  readonly height: number | null
  readonly format: string | null
  readonly size_bytes: number | null
  readonly is_animated: number
  readonly problem_code: string | null
  readonly problem_message: string | null
  readonly name: string
}

interface RevisionRow {
  readonly id: RevisionId
  readonly parent_id: RevisionId | null
  readonly round: number
  readonly text: string
  readonly text_utf16: Buffer | null
  readonly author_kind: 'human' | 'model' | 'import'
  readonly author_name: string
  readonly note: string
  readonly created_at: number
  readonly guideline_version: number | null
  readonly editing_ms: number | null
}

/** Everything the Align screen shows of one image; throws IMAGE_NOT_FOUND. */
export function getAlignImage(
  db: Database,
  args: { readonly imageId: ImageId; readonly personId: PersonId },
): AlignImage {
  const state = getState(db, args.imageId)
  const image = prepare(
    db,
    `SELECT i.uid, i.content_hash, i.width, i.height, i.format, i.size_bytes, i.is_animated, i.problem_code,
       i.problem_message, s.name
     FROM image i JOIN image_state s ON s.image_id = i.id WHERE i.id = ?`,
  ).get(args.imageId) as ImageRow
  const altTexts = listAltTexts(db, args.imageId)
  const revisions = listRevisions(db, args.imageId, state.head_revision_id)
  const draft = findDraft(db, args.imageId, args.personId)
  const head = revisions.find((revision) => revision.id === state.head_revision_id)
  return {
    id: args.imageId,
    uid: image.uid,
    name: image.name,
    hash: image.content_hash ?? '',
    width: image.width,
    height: image.height,
    format: image.format,
    sizeBytes: image.size_bytes,
    isAnimated: image.is_animated === 1,
    status: statusAt(state.status),
    round: state.work_round,
    isForOthers: isTurnOfOthers(db, { state, personId: args.personId }),
    problem:
      image.problem_code === null
        ? null
        : { code: image.problem_code, message: image.problem_message ?? '' },
    locations: listLocations(db, args.imageId),
    tags: listTags(db, args.imageId),
    altTexts,
    revisions,
    reviews: listReviews(db, { imageId: args.imageId, standingId: state.review_id }),
    headRevisionId: state.head_revision_id,
    draft,
    startText: draft?.text ?? head?.text ?? findAnchor(altTexts)?.text ?? '',
  }
}

function listAltTexts(db: Database, imageId: ImageId): AlignImage['altTexts'] {
  const rows = prepare(
    db,
    `SELECT a.id, a.origin, a.text, a.text_utf16, s.format FROM alt_text a JOIN source s ON s.id = a.source_id
     WHERE a.image_id = ? ORDER BY a.id`,
  ).all(imageId) as {
    id: AltTextId
    origin: AltOrigin
    text: string
    text_utf16: Buffer | null
    format: string
  }[]
  return rows.map((row) => ({
    id: row.id,
    origin: row.origin,
    text: fromTextColumns(row.text, row.text_utf16),
    source: row.format,
  }))
}

function listLocations(db: Database, imageId: ImageId): AlignImage['locations'] {
  const rows = prepare(
    db,
    `SELECT s.format, s.root, l.path, l.part, l.url, l.locator FROM image_location l JOIN source s ON s.id = l.source_id
     WHERE l.image_id = ? ORDER BY l.id LIMIT 20`,
  ).all(imageId) as {
    format: string
    root: string
    path: string | null
    part: string | null
    url: string | null
    locator: string
  }[]
  return rows.map((row) => ({
    source: row.format,
    // The locator of a picture in a container goes on where the container's path ends.
    path:
      row.path === null
        ? (row.url ?? row.locator)
        : join(row.root, row.part === null ? row.path : row.locator),
  }))
}

/** Revisions that an undo took back are those that the head no longer descends from. */
function listRevisions(
  db: Database,
  imageId: ImageId,
  headId: RevisionId | null,
): AlignImage['revisions'] {
  const rows = prepare(
    db,
    `SELECT r.id, r.parent_id, r.round, r.text, r.text_utf16, r.author_kind, r.author_name, r.note, r.created_at,
       r.editing_ms, g.version AS guideline_version
     FROM revision r LEFT JOIN guideline g ON g.id = r.guideline_id WHERE r.image_id = ? ORDER BY r.id`,
  ).all(imageId) as RevisionRow[]
  const proposals = proposalsByRevision(db, imageId)
  const parents = new Map(rows.map((row) => [row.id, row.parent_id]))
  const standing = new Set<RevisionId>()
  for (let id = headId; id !== null && !standing.has(id); id = parents.get(id) ?? null) {
    standing.add(id)
  }
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    round: row.round,
    text: fromTextColumns(row.text, row.text_utf16),
    author: { kind: row.author_kind, name: row.author_name },
    note: row.note,
    createdAt: row.created_at,
    isWithdrawn: !standing.has(row.id),
    guidelineVersion: row.guideline_version,
    editingMs: row.editing_ms,
    proposals: [...(proposals.get(row.id) ?? [])],
  }))
}
