import type { ImageId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns, toTextColumns } from '../text-column.ts'
import { createUid } from '../uids.ts'
import type { ImportContext, ImportItem } from './import-item.ts'

/**
 * Puts a text that an import brought beside the caption. Nothing comes twice: neither a text that is proposed already,
 * whoever did, nor the one that the caption is. Answers how many proposals are new.
 */
export function addImportedProposal(
  context: ImportContext,
  args: {
    readonly imageId: ImageId
    readonly item: ImportItem
    readonly column: string
    readonly text: string
  },
): number {
  const { db } = context
  const columns = toTextColumns(args.text)
  const known = prepare(
    db,
    'SELECT 1 FROM proposal WHERE image_id = ? AND text = ? AND text_utf16 IS ?',
  ).get(args.imageId, columns.text, columns.utf16)
  if (known !== undefined || headText(context, args.imageId) === args.text) return 0
  prepare(
    db,
    `INSERT INTO proposal (uid, image_id, text, text_utf16, author_kind, author_name, source_id, source_row, created_at)
     VALUES (?, ?, ?, ?, 'import', ?, ?, ?, ?)`,
  ).run(
    createUid(),
    args.imageId,
    columns.text,
    columns.utf16,
    args.column,
    context.sourceId,
    args.item.row,
    context.now,
  )
  context.tally.proposals += 1
  return 1
}

function headText({ db }: ImportContext, imageId: ImageId): string | null {
  const row = prepare(
    db,
    `SELECT r.text, r.text_utf16 FROM image_state s JOIN revision r ON r.id = s.head_revision_id WHERE s.image_id = ?`,
  ).get(imageId) as { text: string; text_utf16: Buffer | null } | undefined
  return row === undefined ? null : fromTextColumns(row.text, row.text_utf16)
}
