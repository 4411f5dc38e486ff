import type { LibraryRow } from '../../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'

/** What the core said about the listing around one image. */
export interface Around {
  readonly rows: readonly LibraryRow[]
  /** Index of the image in `rows`; where it is not listed, of the row that follows its place. */
  readonly index: number
  readonly isListed: boolean
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
  { rows, index, isListed }: Around,
  currentId: ImageId,
): readonly LibraryRow[] {
  const shownIndex = shown.findIndex((row) => row.id === currentId)
  const current = isListed ? rows[index] : shown[shownIndex]
  const ahead = rows.slice(isListed ? index + 1 : index)
  const behind = rows.slice(0, index)
  const fresh = new Map(rows.map((row) => [row.id, row]))
  const aheadIds = new Set([currentId, ...ahead.map((row) => row.id)])
  const walked = shown
    .slice(0, Math.max(shownIndex, 0))
    .filter((row) => !aheadIds.has(row.id))
    .map((row) => fresh.get(row.id) ?? row)
  const walkedIds = new Set(walked.map((row) => row.id))
  const before = [...behind.filter((row) => !walkedIds.has(row.id)), ...walked]
  return trim([...before, ...(current === undefined ? [] : [current]), ...ahead], before.length)
}

function trim(rows: readonly LibraryRow[], currentIndex: number): readonly LibraryRow[] {
  return rows.slice(Math.max(0, currentIndex - KEPT_EACH_SIDE), currentIndex + KEPT_EACH_SIDE + 1)
}

export interface Neighbours {
  readonly previous?: LibraryRow | undefined
  readonly next?: LibraryRow | undefined
}

export function findNeighbours(rows: readonly LibraryRow[], currentId: ImageId): Neighbours {
  const index = rows.findIndex((row) => row.id === currentId)
  return index < 0 ? {} : { previous: rows[index - 1], next: rows[index + 1] }
}
