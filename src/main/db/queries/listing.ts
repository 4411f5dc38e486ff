import type { Database } from 'better-sqlite3'
import type { PersonId } from '../../../shared/domain/ids.ts'
import type { QueryAst } from '../../../shared/domain/query/ast.ts'
import { DEFAULT_SORT, SORT_KEYS, type Sort } from '../../../shared/domain/sort.ts'
import { cacheBudget } from '../cache-budget.ts'
import { registerFunctions } from '../functions.ts'
import { prepare } from '../statements.ts'
import { currentChange } from './change-counter.ts'
import { countAllImages } from './image-count.ts'
import { findImages } from './image-sets.ts'
import { allImagesSql, sortImagesSql, type ListingKey } from './listing-order.ts'
import { changedSince, moveImages } from './listing-patch.ts'
import { qualityChange } from './image-quality.ts'
import { selectNumbers } from './number-list.ts'
import { askedOf } from './asked-of.ts'
import { asksMeasures } from './query-numbers-sql.ts'
import { toCondition } from './query-sql.ts'
import { findStateColumn, listImages } from './state-column.ts'

/**
 * The ids of all images of a query in one order: 4 bytes an image make any position of any listing one array
 * access, and the place of an image one scan of the array.
 */
export interface Listing {
  readonly ids: Uint32Array
  /** The project's change counter when the listing was right. */
  readonly change: number
  /** The newest image then; a newer one may belong into the listing. */
  readonly newestId: number
}

/** Ages in queries are counted from the last full minute, so that a listing serves more than one call. */
const NOW_STEP_MS = 60_000
const MAX_CACHED_BYTES = 64 * 1024 * 1024
const MAX_CACHED = 32

const caches = new WeakMap<Database, Map<string, Listing>>()

/** A query as somebody asks it. */
export interface AskedQuery {
  readonly ast: QueryAst
  readonly personId: PersonId | null
}

export function listingKey(db: Database, query: AskedQuery, sort: Sort): ListingKey {
  registerFunctions(db)
  const now = Math.floor(Date.now() / NOW_STEP_MS) * NOW_STEP_MS
  const asked = askedOf(db, { now, personId: query.personId })
  const measures = asksMeasures(query.ast) ? qualityChange(db) : 0
  return { ast: query.ast, asked, condition: toCondition(query.ast, asked), measures, sort }
}

/** Every image, whoever asks. */
const EVERYTHING: AskedQuery = { ast: null, personId: null }

/** The listing as it is now: from the cache, brought up to date where only a few images changed, else made anew. */
export function getListing(db: Database, key: ListingKey): Listing {
  const cache = cacheOf(db)
  const name = cacheName(key)
  const change = currentChange(db)
  const listing = refresh(db, key, { cached: cache.get(name), change })
  cache.delete(name)
  cache.set(name, listing)
  shrink(cache, cacheBudget(db, MAX_CACHED_BYTES))
  return listing
}

/** Windows up to here are read straight from the sort's index while the listing is not at hand. */
const MAX_DIRECT_END = 1_000

/** Some positions of a listing, and the length of all of it. */
export function getWindow(
  db: Database,
  args: AskedQuery & { readonly sort: Sort; readonly from: number; readonly to: number },
): { readonly ids: Uint32Array; readonly total: number } {
  const key = listingKey(db, args, args.sort)
  // The first page of the whole project is what a start waits for: it must not wait for the listing of a million.
  if (args.ast === null && args.to <= MAX_DIRECT_END && !cacheOf(db).has(cacheName(key))) {
    const sql = `${allImagesSql(args.sort)} LIMIT ? OFFSET ?`
    const ids = selectNumbers(db, sql, [Math.max(0, args.to - args.from), args.from])
    return { ids: new Uint32Array(ids), total: countAllImages(db) }
  }
  const { ids } = getListing(db, key)
  return { ids: ids.subarray(args.from, args.to), total: ids.length }
}

/** The images of a query in whichever order is at hand, for what needs none. */
export function getImages(db: Database, query: AskedQuery): Uint32Array {
  const cache = cacheOf(db)
  const change = currentChange(db)
  const added = listingKey(db, query, DEFAULT_SORT)
  for (const key of SORT_KEYS) {
    for (const descending of [false, true]) {
      const listing = cache.get(cacheName({ ...added, sort: { key, descending } }))
      if (listing?.change === change) return listing.ids
    }
  }
  return getListing(db, added).ids
}

function cacheOf(db: Database): Map<string, Listing> {
  const cache = caches.get(db) ?? new Map<string, Listing>()
  caches.set(db, cache)
  return cache
}

function cacheName(key: ListingKey): string {
  return JSON.stringify([key.condition.sql, key.condition.params, key.measures, key.sort])
}

function refresh(
  db: Database,
  key: ListingKey,
  args: { readonly cached: Listing | undefined; readonly change: number },
): Listing {
  const { cached, change } = args
  if (cached === undefined) return makeListing(db, key, change)
  if (cached.change === change) return cached
  const changed = changedSince(db, { since: cached.change, change, newestId: cached.newestId })
  if (changed === null) return makeListing(db, key, change)
  return { ...cached, change, ids: moveImages(db, key, { ids: cached.ids, changed }) }
}

/** Drops the listings that were used longest ago, but never the one in use. */
function shrink(cache: Map<string, Listing>, maxBytes: number): void {
  let bytes = 0
  for (const listing of cache.values()) bytes += listing.ids.byteLength
  for (const [name, listing] of cache) {
    if (cache.size <= 1 || (cache.size <= MAX_CACHED && bytes <= maxBytes)) return
    cache.delete(name)
    bytes -= listing.ids.byteLength
  }
}

function makeListing(db: Database, key: ListingKey, change: number): Listing {
  const newestId = prepare(db, 'SELECT max(image_id) FROM image_state').pluck().get() as
    number | null
  return { ids: listIds(db, key, newestId ?? 0), change, newestId: newestId ?? 0 }
}

/** A list of numbers takes several times the memory of its ids, so not all become one at once. */
const IDS_A_STEP = 100_000

function listIdsInSteps(db: Database, newestId: number): Uint32Array {
  const ids = new Uint32Array(newestId)
  let count = 0
  for (let last = 0; last < newestId; last += IDS_A_STEP) {
    const range = [last, last + IDS_A_STEP]
    const sql =
      'SELECT image_id AS n FROM image_state WHERE image_id > ? AND image_id <= ? ORDER BY image_id'
    const step = selectNumbers(db, sql, range)
    ids.set(step, count)
    count += step.length
  }
  return count === newestId ? ids : ids.slice(0, count)
}

/** Shorter listings are sorted by themselves, longer ones are picked out of the order of all images. */
const MAX_SORTED = 20_000

function listIds(db: Database, key: ListingKey, newestId: number): Uint32Array {
  const { ast, asked, sort } = key
  // Ties are broken in the direction of the sort, so that one direction is exactly the other backwards.
  if (sort.descending) {
    return getListing(db, { ...key, sort: { ...sort, descending: false } }).ids.toReversed()
  }
  const inOrder = (order: Sort): Uint32Array =>
    getListing(db, listingKey(db, EVERYTHING, order)).ids
  if (ast === null) {
    const states = sort.key === 'added' ? findStateColumn(db) : null
    if (states !== null) return listImages(states)
    return sort.key === 'added'
      ? listIdsInSteps(db, newestId)
      : new Uint32Array(selectNumbers(db, allImagesSql(sort)))
  }
  if (sort.key === 'added') {
    return findImages(ast, { db, asked, newestId, all: () => inOrder(DEFAULT_SORT) })
  }
  const ids = getImages(db, { ast, personId: asked.personId })
  if (ids.length <= MAX_SORTED) {
    return new Uint32Array(selectNumbers(db, sortImagesSql(sort), [`[${ids.join()}]`]))
  }
  const isMember = new Uint8Array(newestId + 1)
  for (const id of ids) isMember[id] = 1
  return inOrder(sort).filter((id) => isMember[id] === 1)
}
