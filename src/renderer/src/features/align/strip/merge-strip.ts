import type { LibraryRow } from '../../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'

/** What the core said about the listing around one image. */
export interface Around {
  readonly rows: readonly LibraryRow[]
  /** Index of the image in `rows`; negative when the listing no longer holds it. */
  readonly index: number
}

/** How many rows are kept on each side, so that a day's walk does not pile up. */
const KEPT_EACH_SIDE = 60

/**
 * Joins what was shown with what the core says now. Working through `status:todo` takes every
 * finished image out of the listing; the strip keeps those on the way behind the current one, so that
 * going back still works and nothing jumps. What lies ahead is always the core's.
 */
export function mergeStrip(
  shown: readonly LibraryRow[],
  { rows, index }: Around,
  currentId: ImageId,
): readonly LibraryRow[] {
  const shownIndex = shown.findIndex((row) => row.id === currentId)
  if (index < 0) return trim(shown, Math.max(shownIndex, 0))
  const ahead = rows.slice(index)
  const behind = rows.slice(0, index)
  if (shownIndex < 0) return trim([...behind, ...ahead], index)
  const fresh = new Map(rows.map((row) => [row.id, row]))
  const aheadIds = new Set(ahead.map((row) => row.id))
  const walked = shown.slice(0, shownIndex).filter((row) => !aheadIds.has(row.id))
  const walkedIds = new Set(walked.map((row) => row.id))
  const before = [
    ...behind.filter((row) => !walkedIds.has(row.id)),
    ...walked.map((row) => fresh.get(row.id) ?? row),
  ]
  return trim([...before, ...ahead], before.length)
}

function trim(rows: readonly LibraryRow[], currentIndex: number): readonly LibraryRow[] {
  return rows.slice(Math.max(0, currentIndex - KEPT_EACH_SIDE), currentIndex + KEPT_EACH_SIDE + 1)
}

export interface Neighbours {
  readonly previous: LibraryRow | undefined
  readonly next: LibraryRow | undefined
}

export function findNeighbours(rows: readonly LibraryRow[], currentId: ImageId): Neighbours {
  const index = rows.findIndex((row) => row.id === currentId)
  if (index < 0) return { previous: undefined, next: undefined }
  return { previous: rows[index - 1], next: rows[index + 1] }
}
