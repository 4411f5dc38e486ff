import type { Database } from 'better-sqlite3'
import { AppError } from '../../../shared/errors.ts'
import type { LibraryFacets, LibraryPage } from '../../../shared/contract/library.ts'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { DEFAULT_SORT, type Sort } from '../../../shared/domain/sort.ts'
import { prepare } from '../statements.ts'
import { countFacets } from './facet-counts.ts'
import { loadRows } from './library-rows.ts'
import {
  getImages,
  getListing,
  getWindow,
  listingKey,
  type AskedQuery,
  type Listing,
} from './listing.ts'
import { insertionPoint } from './listing-order.ts'
import { readQuery } from './query-sql.ts'

interface QueryArgs {
  /** Text of the query language; '' is every image. A mistake in it throws QUERY_INVALID. */
  readonly query: string
  /** Who "me" is in the query; nobody when left out. */
  readonly personId?: PersonId
}

interface ListingArgs extends QueryArgs {
  readonly sort: Sort
}

/** A page of the library from any position; past the end it has no rows. */
export function libraryPage(
  db: Database,
  args: ListingArgs & {
    readonly position: number
    readonly limit: number
    readonly personId: PersonId
  },
): LibraryPage {
  const { ids, total } = getWindow(db, {
    ...askedQuery(args),
    sort: args.sort,
    from: args.position,
    to: args.position + args.limit,
  })
  return { rows: loadRows(db, { ids, personId: args.personId }), position: args.position, total }
}

export interface LibraryAround extends LibraryPage {
  /** Index of the image in `rows`; where it is not listed, of the one that follows its place (maybe past the end). */
  readonly index: number
  readonly isListed: boolean
}

/**
 * The rows around one image. An image that the query does not match (any more) keeps its place in the order: the
 * rows then are its neighbours, so that "next" goes on from there. Throws IMAGE_NOT_FOUND.
 */
export function libraryAround(
  db: Database,
  args: ListingArgs & {
    readonly imageId: ImageId
    readonly before: number
    readonly after: number
    readonly personId: PersonId
  },
): LibraryAround {
  const { ids } = listingOf(db, args)
  const found = ids.indexOf(args.imageId)
  const isListed = found >= 0
  if (!isListed) requireImage(db, args.imageId)
  const at = isListed ? found : insertionPoint(db, { ids, sort: args.sort, imageId: args.imageId })
  const position = Math.max(0, at - args.before)
  const shown = ids.subarray(position, at + args.after + (isListed ? 1 : 0))
  return {
    rows: loadRows(db, { ids: shown, personId: args.personId }),
    index: at - position,
    isListed,
    position,
    total: ids.length,
  }
}

/** Counts for the sidebar; see `countFacets` for what each leaves out. */
export function facets(db: Database, args: QueryArgs): LibraryFacets {
  return countFacets(db, askedQuery(args))
}

/** Tag names that start with a prefix in any case, most used first. */
export function tagNames(
  db: Database,
  args: { readonly prefix: string; readonly limit: number },
): string[] {
  const prefix = args.prefix.toWellFormed().replaceAll(/[\\%_]/gu, '\\$&')
  return prepare(
    db,
    String.raw`SELECT name FROM tag WHERE name LIKE ? ESCAPE '\' ORDER BY image_count DESC, name LIMIT ?`,
  )
    .pluck()
    .all(`${prefix}%`, args.limit) as string[]
}

/**
 * The next images of a query after one of them (from the first when `after` is null), in the order of import unless
 * a sort is given: the stream that batches and exports work through.
 */
export function selectImageIds(
  db: Database,
  args: QueryArgs & {
    readonly sort?: Sort
    readonly after: ImageId | null
    readonly limit: number
  },
): ImageId[] {
  const sort = args.sort ?? DEFAULT_SORT
  const { ids } = listingOf(db, { ...args, sort })
  const start = args.after === null ? 0 : placeAfter(db, { ids, sort, imageId: args.after })
  return Array.from(ids.subarray(start, start + args.limit), toImageId)
}

/** The number of images that a query matches. */
export function countImages(db: Database, args: QueryArgs): number {
  return getImages(db, askedQuery(args)).length
}

function listingOf(db: Database, args: ListingArgs): Listing {
  return getListing(db, listingKey(db, askedQuery(args), args.sort))
}

function askedQuery(args: QueryArgs): AskedQuery {
  return { ast: readQuery(args.query), personId: args.personId ?? null }
}

function placeAfter(
  db: Database,
  args: { readonly ids: Uint32Array; readonly sort: Sort; readonly imageId: ImageId },
): number {
  const found = args.ids.indexOf(args.imageId)
  if (found >= 0) return found + 1
  requireImage(db, args.imageId)
  return insertionPoint(db, args)
}

function requireImage(db: Database, imageId: ImageId): void {
  const row = prepare(db, 'SELECT 1 FROM image_state WHERE image_id = ?').get(imageId)
  if (row !== undefined) return
  throw new AppError(
    'IMAGE_NOT_FOUND',
    `Expected an image of this project, but there is none with number ${imageId}. Go back to the library and choose another.`,
    { data: { imageId } },
  )
}

function toImageId(id: number): ImageId {
  return id as ImageId
}
