import type { LibraryRow } from '../../../../shared/contract/library.ts'
import { formatCount } from '../../components/quantities.ts'

/** The mark at a tile's corner: what is special about its text. */
export function describeMark(row: LibraryRow): string {
  if (row.similarity !== undefined) return describeSimilarity(row.similarity)
  if (row.hasDraft) return 'open draft'
  switch (row.textKind) {
    case 'alt':
      return 'alt only'
    case 'none':
      return 'no text'
    case 'draft':
    case 'caption':
      return row.revisionCount > 1 ? `${formatCount(row.revisionCount)} revisions` : ''
  }
}

/** `3 · 0.284`: the place in a model's order, and its score, which means something within one search only. */
export function describeSimilarity({ rank, score }: NonNullable<LibraryRow['similarity']>): string {
  return `${formatCount(rank)} · ${score.toFixed(3)}`
}

/** Why a picture cannot be shown, in two or three words; the row's own message says more. */
export function describeProblem(code: string): string {
  switch (code) {
    case 'IMAGE_FILE_MISSING':
      return 'File missing'
    case 'IMAGE_TOO_LARGE':
      return 'Too many pixels'
    default:
      return 'File broken'
  }
}

/** `1600 × 1200`, or nothing while the size is not known. */
export function describeSize({ width, height }: LibraryRow): string {
  return width === null || height === null ? '' : `${width} × ${height}`
}
