import { useMemo } from 'react'
import { useSearch } from 'wouter'
import { parseListing, type Listing } from './listing.ts'

/** The listing named by the current URL. */
export function useListing(): Listing {
  const search = useSearch()
  return useMemo(() => parseListing(search), [search])
}
