import type { LibraryRow } from '../../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'

/** What the core said about the listing around one image. */
export interface Around {
  readonly rows: readonly LibraryRow[]
  /** Index of the image in `rows`; where it is not listed, of the row that follows its place. */
  readonly index: number
  readonly isListed: boolean
}

/** A walk through a listing: what the strip shows, and what the walk itself took out of the listing. */
export interface Walk {
  readonly rows: readonly LibraryRow[]
  readonly visited: ReadonlySet<ImageId>
  /** Visited images that the query no longer matches, e.g. because they are done. */
  readonly departed: ReadonlySet<ImageId>
}

export const NEW_WALK: Walk = { rows: [], visited: new Set(), departed: new Set() }

/** How many rows are kept on each side, so that a day's walk does not pile up. */
const KEPT_EACH_SIDE = 60

/** How near to the open image a visited one must be to be missed when the core does not name it. */
const SURELY_COVERED = 8

/**
 * Joins what was shown with what the core says now. Working through `status:todo` takes every
 * finished image out of the listing; the strip keeps the visited ones where they were, so that going
 * back and forth works and nothing jumps. All other rows are the core's.
 */
export function continueWalk(walk: Walk, around: Around, currentId: ImageId): Walk {
  const listed = new Set(around.rows.map((row) => row.id))
  const visited = new Set([...walk.visited, currentId])
  const all = insertVisited(walk.rows, around.rows, (id) => visited.has(id) && !listed.has(id))
  const currentIndex = all.findIndex((row) => row.id === currentId)
  const middle = currentIndex < 0 ? around.index : currentIndex
  const departed = new Set([...walk.departed].filter((id) => !listed.has(id)))
  for (const [index, row] of all.entries()) {
    const isNear = Math.abs(index - middle) <= SURELY_COVERED
    if (isNear && visited.has(row.id) && !listed.has(row.id)) departed.add(row.id)
  }
  const rows = all.slice(Math.max(0, middle - KEPT_EACH_SIDE), middle + KEPT_EACH_SIDE + 1)
  return { rows, visited, departed }
}

/** Puts rows that the core no longer names back behind the row they were shown after. */
function insertVisited(
  shown: readonly LibraryRow[],
  listed: readonly LibraryRow[],
  isKept: (id: ImageId) => boolean,
): LibraryRow[] {
  const rows = [...listed]
  for (const [index, row] of shown.entries()) {
    if (!isKept(row.id)) continue
    const before = findPlace(rows, shown.slice(0, index).reverse())
    const after = findPlace(rows, shown.slice(index + 1))
    if (before >= 0) rows.splice(before + 1, 0, row)
    else if (after >= 0) rows.splice(after, 0, row)
  }
  return rows
}

/** Index of the first candidate that is among the rows, or -1. */
function findPlace(rows: readonly LibraryRow[], candidates: readonly LibraryRow[]): number {
  for (const { id } of candidates) {
    const index = rows.findIndex((row) => row.id === id)
    if (index >= 0) return index
  }
  return -1
}

export interface Neighbours {
  readonly previous?: LibraryRow | undefined
  readonly next?: LibraryRow | undefined
}

export function findNeighbours(rows: readonly LibraryRow[], currentId: ImageId): Neighbours {
  const index = rows.findIndex((row) => row.id === currentId)
  return index < 0 ? {} : { previous: rows[index - 1], next: rows[index + 1] }
}

interface PlacedRows {
  readonly rows: readonly LibraryRow[]
  /** Place of the first row in the listing, from 0. */
  readonly position: number
  readonly total: number
}

export interface Place {
  /** From 1; null when the listing does not hold the image and the walk did not pass it. */
  readonly place: number | null
  readonly total: number
}

/**
 * The place of an image in the walk, counting what was finished on the way, so that the count goes
 * up while the listing of open work gets shorter.
 */
export function findWalkPlace(walk: Walk, around: PlacedRows, imageId: ImageId): Place {
  const total = around.total + walk.departed.size
  const index = walk.rows.findIndex((row) => row.id === imageId)
  if (index < 0) return { place: null, total }
  const departedAhead = walk.rows.slice(index).filter((row) => walk.departed.has(row.id)).length
  const departedBehind = walk.departed.size - departedAhead
  // The nearest listed row at or behind the image says how many listed ones lie before it.
  const listedIndex = around.rows.findIndex((row) => row.id === nearestListed(walk, around, index))
  return {
    place: around.position + listedIndex + departedBehind + 1 + (isListed(around, imageId) ? 0 : 1),
    total,
  }
}

function isListed(around: PlacedRows, imageId: ImageId): boolean {
  return around.rows.some((row) => row.id === imageId)
}

function nearestListed(walk: Walk, around: PlacedRows, index: number): ImageId | undefined {
  return walk.rows.slice(0, index + 1).findLast((row) => isListed(around, row.id))?.id
}
