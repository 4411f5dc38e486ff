import type { Database } from 'better-sqlite3'
import type { Override } from '../../../shared/contract/judgements.ts'
import type { AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { AltTextId, ImageId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { getState } from './image-change.ts'
import { listOverrides } from './judgements-answers.ts'

export interface TextSources {
  /** In the order in which Align shows them. */
  readonly altTexts: readonly {
    readonly id: AltTextId
    readonly origin: AltOrigin
    readonly text: string
  }[]
  readonly overrides: readonly Override[]
}

/** What the analysis of a caption compares it with; throws IMAGE_NOT_FOUND. */
export function getTextSources(db: Database, args: { readonly imageId: ImageId }): TextSources {
  getState(db, args.imageId)
  const rows = prepare(
    db,
    'SELECT id, origin, text, text_utf16 FROM alt_text WHERE image_id = ? ORDER BY id',
  ).all(args.imageId) as {
    id: AltTextId
    origin: AltOrigin
    text: string
    text_utf16: Buffer | null
  }[]
  const altTexts = rows.map((row) => ({
    id: row.id,
    origin: row.origin,
    text: fromTextColumns(row.text, row.text_utf16),
  }))
  return { altTexts, overrides: listOverrides(db, args) }
}
