import type { Database } from 'better-sqlite3'
import type { AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { fromTextColumns } from '../text-column.ts'
import { IN_LIST, rowsByImage } from './image-rows.ts'
import { loadTakenUids } from './proposals-exchange.ts'

export interface StoredAltText {
  readonly origin: AltOrigin
  readonly text: string
  readonly createdAt: number
}

export interface StoredRevision {
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

/** A text that somebody has open. */
export interface OpenText {
  readonly text: string
  readonly baseRevisionId: RevisionId | null
  readonly savedAt: number
}

interface TextRow {
  readonly image_id: ImageId
  readonly text: string
  readonly text_utf16: Buffer | null
}

export function loadAltTexts(
  db: Database,
  imageIds: readonly ImageId[],
): ReadonlyMap<ImageId, readonly StoredAltText[]> {
  const groups = rowsByImage<TextRow & { readonly origin: AltOrigin; readonly created_at: number }>(
    db,
    {
      sql: `SELECT image_id, origin, text, text_utf16, created_at FROM alt_text
     WHERE image_id ${IN_LIST} ORDER BY image_id, id`,
      imageIds,
    },
  )
  return mapGroups(groups, (row) => ({
    origin: row.origin,
    text: fromTextColumns(row.text, row.text_utf16),
    createdAt: row.created_at,
  }))
}

interface RevisionRow extends TextRow {
  readonly id: RevisionId
  readonly uid: string
  readonly parent_id: RevisionId | null
  readonly round: number
  readonly author_kind: StoredRevision['authorKind']
  readonly author_name: string
  readonly note: string
  readonly created_at: number
  readonly editing_ms: number | null
  readonly edit_share: number | null
  readonly guideline_version: number | null
}

export function loadRevisions(
  db: Database,
  imageIds: readonly ImageId[],
): ReadonlyMap<ImageId, readonly StoredRevision[]> {
  const groups = rowsByImage<RevisionRow>(db, {
    sql: `SELECT r.image_id, r.id, r.uid, r.parent_id, r.round, r.text, r.text_utf16, r.author_kind, r.author_name,
       r.note, r.created_at, r.editing_ms, r.edit_share, g.version AS guideline_version
     FROM revision r LEFT JOIN guideline g ON g.id = r.guideline_id
     WHERE r.image_id ${IN_LIST} ORDER BY r.image_id, r.id`,
    imageIds,
  })
  const taken = loadTakenUids(db, imageIds)
  return mapGroups(groups, (row) => ({
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

/** The newest open text of anybody for each image: an export must not leave typed words behind. */
export function loadDrafts(
  db: Database,
  imageIds: readonly ImageId[],
): ReadonlyMap<ImageId, OpenText> {
  const groups = rowsByImage<
    TextRow & { readonly base_revision_id: RevisionId | null; readonly saved_at: number }
  >(db, {
    sql: `SELECT image_id, text, text_utf16, base_revision_id, saved_at FROM autosave
     WHERE image_id ${IN_LIST} ORDER BY image_id, saved_at DESC, person_id`,
    imageIds,
  })
  const newest = new Map<ImageId, OpenText>()
  for (const [imageId, [row]] of groups) {
    if (row === undefined) continue
    newest.set(imageId, {
      text: fromTextColumns(row.text, row.text_utf16),
      baseRevisionId: row.base_revision_id,
      savedAt: row.saved_at,
    })
  }
  return newest
}

function mapGroups<Row, Item>(
  groups: ReadonlyMap<ImageId, readonly Row[]>,
  toItem: (row: Row) => Item,
): ReadonlyMap<ImageId, readonly Item[]> {
  return new Map(Array.from(groups, ([imageId, rows]) => [imageId, rows.map(toItem)]))
}
