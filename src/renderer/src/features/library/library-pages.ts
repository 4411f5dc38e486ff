import type { LibraryRow } from '../../../../shared/contract/library.ts'
import { client } from '../../api/client.ts'
import { PageCache } from '../../grid/page-cache.ts'
import { createSelection, type Selection } from '../../grid/selection.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { DEFAULT_LISTING, type Listing } from '../../navigation/listing.ts'

interface LibraryPagesState {
  /** Undefined until the first answer for this listing. */
  readonly total: number | undefined
  readonly error: unknown
}

/**
 * The library's rows and selection. They outlive the screen, so that coming back from Align shows the
 * old rows at the old place at once, and then what changed.
 */
export interface LibraryPages {
  readonly cache: PageCache<LibraryRow>
  readonly selection: Selection<ImageId>
  readonly listing: () => Listing
  /** Shows another listing from its top; false when it is the one already shown. */
  readonly setListing: (listing: Listing) => boolean
  /** Drops rows and selection at once when another project is open than before. */
  readonly setProject: (uid: string) => void
  /** Fetches again what is shown. */
  readonly refresh: () => void
  readonly state: () => LibraryPagesState
  readonly subscribe: (listener: () => void) => () => void
  /** Where the screen was left. */
  place: { readonly active: number; readonly scrollTop: number }
}

function createLibraryPages(): LibraryPages {
  const listeners = new Set<() => void>()
  const selection = createSelection<ImageId>()
  let listing = DEFAULT_LISTING
  let projectUid: string | undefined
  let state: LibraryPagesState = { total: undefined, error: undefined }

  function setState(next: LibraryPagesState): void {
    state = next
    for (const listener of listeners) listener()
  }

  const cache = new PageCache<LibraryRow>({
    fetchPage: ({ position, limit, signal }) =>
      client.library.page(
        { query: listing.query, sort: listing.sort, position, limit },
        { signal },
      ),
    onChange: () => {
      // The same object where only rows came: the grid draws those, and React has nothing to do.
      const isSame = state.total === cache.total && state.error === undefined
      setState(isSame ? state : { total: cache.total, error: undefined })
    },
    onError: (error) => {
      setState({ total: state.total, error })
    },
  })

  function startOver(): void {
    pages.place = { active: 0, scrollTop: 0 }
    selection.clear()
    setState({ total: undefined, error: undefined })
    cache.reset()
  }

  const pages: LibraryPages = {
    cache,
    selection,
    listing: () => listing,
    setListing(next) {
      if (isSameListing(listing, next)) return false
      listing = next
      startOver()
      return true
    },
    setProject(uid) {
      const isOther = projectUid !== undefined && projectUid !== uid
      projectUid = uid
      if (isOther) startOver()
    },
    refresh: () => {
      cache.refresh()
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    place: { active: 0, scrollTop: 0 },
  }
  return pages
}

function isSameListing(a: Listing, b: Listing): boolean {
  return a.query === b.query && a.sort.key === b.sort.key && a.sort.descending === b.sort.descending
}

export const libraryPages = createLibraryPages()
