import { keepPreviousData, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { LibraryRow } from '../../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { api } from '../../../api/client.ts'
import type { Listing } from '../../../navigation/listing.ts'
import { continueWalk, findNeighbours, findWalkPlace, NEW_WALK, type Neighbours } from './walk.ts'

const ROWS_BEFORE = 10
const ROWS_AFTER = 20

export interface Strip extends Neighbours {
  readonly rows: readonly LibraryRow[]
  /** Place of the image in the walk, from 1; null when it is not known. */
  readonly place: number | null
  readonly total: number | null
  /** False until the core has answered for this very image, so that a neighbour that is missing may yet come. */
  readonly isKnown: boolean
}

/** The images around the open one, in the order of the listing. */
export function useStrip(imageId: ImageId, listing: Listing): Strip {
  const { query, sort } = listing
  const queryClient = useQueryClient()
  const around = useQuery(
    api.library.around.queryOptions({
      input: { query, sort, imageId, before: ROWS_BEFORE, after: ROWS_AFTER },
      placeholderData: keepPreviousData,
    }),
  )
  const { data, isPlaceholderData } = around
  const [state, setState] = useState({ walk: NEW_WALK, listing, from: data })
  let walk = state.listing === listing ? state.walk : NEW_WALK
  // Joined while rendering, so that the strip never shows a frame without the open image.
  if (data !== undefined && !isPlaceholderData && state.from !== data) {
    walk = continueWalk(walk, data, imageId)
    setState({ walk, listing, from: data })
  }
  const rows = useMemo(() => {
    const listed = new Set(data?.rows.map((row) => row.id))
    return walk.rows.map((row) => (listed.has(row.id) ? row : withKnownStatus(queryClient, row)))
  }, [queryClient, walk, data])
  const isKnown = around.isError || (data !== undefined && !isPlaceholderData)
  if (data === undefined) return { rows, place: null, total: null, isKnown }
  const isShown = rows.some((row) => row.id === imageId)
  return {
    rows,
    isKnown,
    ...findWalkPlace(walk, data, imageId),
    ...(isShown
      ? findNeighbours(rows, imageId)
      : { previous: data.rows[data.index - 1], next: data.rows[data.index] }),
  }
}

/** The listing says nothing of images that left it; what was last read of the image itself does. */
function withKnownStatus(queryClient: QueryClient, row: LibraryRow): LibraryRow {
  const known = queryClient.getQueryData(api.align.get.queryKey({ input: { imageId: row.id } }))
  return known === undefined ? row : { ...row, status: known.status }
}
