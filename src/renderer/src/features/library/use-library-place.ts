import { useEffect, useLayoutEffect, type RefObject } from 'react'
import { useSearch } from 'wouter'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { client } from '../../api/client.ts'
import type { Listing } from '../../navigation/listing.ts'
import { reportError } from '../../notices/report-error.ts'
import type { LibraryVirtualGrid } from './LibraryGrid.tsx'
import { libraryPages } from './library-pages.ts'

interface PlaceOptions {
  readonly projectUid: string
  readonly listing: Listing
  readonly gridRef: RefObject<LibraryVirtualGrid | null>
}

/** Shows the listing of the address, comes back to where the library was left, and takes the focus. */
export function useLibraryPlace({ projectUid, listing, gridRef }: PlaceOptions): void {
  const at = readImageId(useSearch())

  useLayoutEffect(() => {
    libraryPages.setProject(projectUid)
    if (libraryPages.setListing(listing)) gridRef.current?.startOver()
  }, [projectUid, listing, gridRef])

  useEffect(() => {
    // Rows may have changed while another screen was shown.
    libraryPages.refresh()
    gridRef.current?.focus()
    const grid = gridRef.current
    return () => {
      if (grid !== null) libraryPages.place = { active: grid.active, scrollTop: grid.scrollTop }
    }
  }, [gridRef])

  useEffect(() => {
    if (at === undefined) return undefined
    const aborted = new AbortController()
    void findPosition(at, listing, aborted.signal).then((position) => {
      if (position !== undefined && !aborted.signal.aborted) gridRef.current?.reveal(position)
    })
    return () => {
      aborted.abort()
    }
  }, [at, listing, gridRef])
}

async function findPosition(
  imageId: ImageId,
  { query, sort }: Listing,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const around = await client.library.around(
      { imageId, query, sort, before: 0, after: 0 },
      { signal },
    )
    return around.position + around.index
  } catch (error) {
    // The image may no longer match the query, which is no failure: the library then stays where it was.
    if (!signal.aborted && !isNotFound(error)) reportError(error)
    return undefined
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'IMAGE_NOT_FOUND'
}

function readImageId(search: string): ImageId | undefined {
  const text = new URLSearchParams(search).get('at') ?? ''
  // A checked row id of the URL.
  return /^[1-9]\d{0,14}$/.test(text) ? (Number(text) as ImageId) : undefined
}
