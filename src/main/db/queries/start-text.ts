import type { Database } from 'better-sqlite3'
import type { AltOrigin } from '../../../shared/domain/alt-origin.ts'
import { findAnchor } from '../../../shared/domain/alt-origin.ts'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'

/** The newest ancestor of the revision `@head`, itself included, that is of a round before `@round`. */
export const EARLIER_ANCESTOR = `
WITH RECURSIVE chain (id, parent_id, round) AS (
  SELECT id, parent_id, round FROM revision WHERE id = @head
  UNION ALL
  SELECT r.id, r.parent_id, r.round FROM chain c JOIN revision r ON r.id = c.parent_id WHERE c.round >= @round
)
SELECT id FROM chain WHERE round < @round`

export function findStartRevision(
  db: Database,
  args: { readonly headRevisionId: RevisionId | null; readonly round: number },
): RevisionId | null {
  if (args.headRevisionId === null) return null
  const found = prepare(db, EARLIER_ANCESTOR)
    .pluck()
    .get({ head: args.headRevisionId, round: args.round })
  return (found as RevisionId | undefined) ?? null
}

/** What a round of an image begins with: its newest standing caption of an earlier round, else the anchor, else ''. */
export function findStartText(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly headRevisionId: RevisionId | null
    readonly round: number
  },
): string {
  const revisionId = findStartRevision(db, args)
  if (revisionId === null) return findAnchorText(db, args.imageId)
  const row = prepare(db, 'SELECT text, text_utf16 FROM revision WHERE id = ?').get(revisionId) as {
    text: string
    text_utf16: Buffer | null
  }
  return fromTextColumns(row.text, row.text_utf16)
}

/** What a text with this base was made from: the revision's own text, or the anchor where there was no caption. */
export function findBaseText(
  db: Database,
  args: { readonly imageId: ImageId; readonly baseRevisionId: RevisionId | null },
): string {
  if (args.baseRevisionId === null) return findAnchorText(db, args.imageId)
  const row = prepare(
    db,
    'SELECT text, text_utf16 FROM revision WHERE id = ? AND image_id = ?',
  ).get(args.baseRevisionId, args.imageId) as
    { text: string; text_utf16: Buffer | null } | undefined
  return row === undefined ? '' : fromTextColumns(row.text, row.text_utf16)
}

function findAnchorText(db: Database, imageId: ImageId): string {
  const rows = prepare(
    db,
    'SELECT origin, text, text_utf16 FROM alt_text WHERE image_id = ? ORDER BY id',
  ).all(imageId) as { origin: AltOrigin; text: string; text_utf16: Buffer | null }[]
  const anchor = findAnchor(rows)
  return anchor === undefined ? '' : fromTextColumns(anchor.text, anchor.text_utf16)
}
