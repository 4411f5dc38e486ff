import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
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
  return {
    rows,
    place: data === undefined ? null : findPlace(data, imageId),
    total: data?.total ?? null,
    ...findNeighbours(rows, imageId),
  }
}

interface PlacedRows extends Around {
  /** Place of the row at `index` in the listing, from 0. */
  readonly position: number
}

/** Works out an image's place from an answer about a neighbour, until its own answer is here. */
function findPlace({ rows, index, position }: PlacedRows, imageId: ImageId): number | null {
  const at = rows.findIndex((row) => row.id === imageId)
  return at < 0 || index < 0 ? null : position + at - index + 1
}
