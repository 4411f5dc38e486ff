/** The saved orders of the library. Each has an index in the store, so that a page costs the same anywhere. */
export const SORT_KEYS = ['added', 'updated', 'name', 'pixels', 'status', 'length', 'risk'] as const

export type SortKey = (typeof SORT_KEYS)[number]

export interface Sort {
  readonly key: SortKey
  readonly descending: boolean
}

export const DEFAULT_SORT: Sort = { key: 'added', descending: false }
