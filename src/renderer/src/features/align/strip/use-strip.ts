import { keepPreviousData, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { LibraryRow } from '../../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { api } from '../../../api/client.ts'
import type { Listing } from '../../../navigation/listing.ts'
import { findNeighbours, mergeStrip, type Around, type Neighbours } from './merge-strip.ts'

const ROWS_BEFORE = 10
const ROWS_AFTER = 20

export interface Strip extends Neighbours {
  readonly rows: readonly LibraryRow[]
  /** Place of the image in the listing, from 1; null when the listing does not hold it. */
  readonly place: number | null
  readonly total: number | null
}

/** The images around the open one, in the order of the listing. */
export function useStrip(imageId: ImageId, { query, sort }: Listing): Strip {
  const around = useQuery(
    api.library.around.queryOptions({
      input: { query, sort, imageId, before: ROWS_BEFORE, after: ROWS_AFTER },
      placeholderData: keepPreviousData,
    }),
  )
  const [shown, setShown] = useState<{ rows: readonly LibraryRow[]; from: unknown }>({
    rows: [],
    from: undefined,
  })
  // Rows are joined while rendering, so that the strip never shows a frame without the open image.
  const { data, isPlaceholderData } = around
  let { rows } = shown
  if (data !== undefined && !isPlaceholderData && shown.from !== data) {
    rows = mergeStrip(shown.rows, data, imageId)
    setShown({ rows, from: data })
  }
  const queryClient = useQueryClient()
  const shownRows = useMemo(() => {
    const listedIds = new Set(data?.rows.map((row) => row.id))
    return rows.map((row) => (listedIds.has(row.id) ? row : withKnownStatus(queryClient, row)))
  }, [queryClient, rows, data])
  const isHeld = rows.some((row) => row.id === imageId)
  return {
    rows: shownRows,
    place: data === undefined ? null : findPlace(data, imageId),
    total: data?.total ?? null,
    ...(isHeld || data === undefined
      ? findNeighbours(rows, imageId)
      : { previous: data.rows[data.index - 1], next: data.rows[data.index] }),
  }
}

/** The listing says nothing of images that left it; what was last read of the image itself does. */
function withKnownStatus(queryClient: QueryClient, row: LibraryRow): LibraryRow {
  const known = queryClient.getQueryData(api.align.get.queryKey({ input: { imageId: row.id } }))
  return known === undefined ? row : { ...row, status: known.status }
}

interface PlacedRows extends Around {
  /** Place of the first row in the listing, from 0. */
  readonly position: number
}

/** An image's place from 1; an answer about its neighbour does, until its own is here. */
function findPlace({ rows, position }: PlacedRows, imageId: ImageId): number | null {
  const at = rows.findIndex((row) => row.id === imageId)
  return at < 0 ? null : position + at + 1
}
