import type { ImageId } from '../../../shared/domain/ids.ts'
import { DEFAULT_SORT, SORT_KEYS, type Sort } from '../../../shared/domain/sort.ts'

/** What the library shows and Align walks through; it lives in the URL, so a reload keeps it. */
export interface Listing {
  readonly query: string
  readonly sort: Sort
}

export const DEFAULT_LISTING: Listing = { query: '', sort: DEFAULT_SORT }

/** Reads `?q=…&sort=-updated` (a minus means descending); anything unknown falls back to the default order. */
export function parseListing(search: string): Listing {
  const params = new URLSearchParams(search)
  return { query: params.get('q') ?? '', sort: parseSort(params.get('sort')) }
}

function parseSort(text: string | null): Sort {
  if (text === null) return DEFAULT_SORT
  const descending = text.startsWith('-')
  const name = descending ? text.slice(1) : text
  const key = SORT_KEYS.find((known) => known === name)
  return key === undefined ? DEFAULT_SORT : { key, descending }
}

function formatListing({ query, sort }: Listing): string {
  const params = new URLSearchParams()
  if (query !== '') params.set('q', query)
  if (sort.key !== DEFAULT_SORT.key || sort.descending !== DEFAULT_SORT.descending) {
    params.set('sort', `${sort.descending ? '-' : ''}${sort.key}`)
  }
  return params.toString()
}

/** The library's address; `at` is an image to scroll to and focus. */
export function libraryPath(listing: Listing, at?: ImageId): string {
  return withSearch('/library', [formatListing(listing), at === undefined ? '' : `at=${at}`])
}

export function alignPath(imageId: ImageId, listing: Listing): string {
  return withSearch(`/align/${imageId}`, [formatListing(listing)])
}

export function exportPath(query: string): string {
  return withSearch('/export', [query === '' ? '' : new URLSearchParams({ q: query }).toString()])
}

/** Import's address; `path` is a source to look into at once. */
export function importPath(path: string): string {
  return withSearch('/import', [new URLSearchParams({ path }).toString()])
}

function withSearch(path: string, parts: readonly string[]): string {
  const search = parts.filter((part) => part !== '').join('&')
  return search === '' ? path : `${path}?${search}`
}
