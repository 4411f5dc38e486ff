import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { LibraryRow } from '../../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { api } from '../../../api/client.ts'
import { previewUrl } from '../../../api/media-url.ts'
import { pictureCache } from '../stage/picture-cache.ts'

/** Fetches text and picture of the next two images and the one before, so that moving on is instant. */
export function usePrefetch(rows: readonly LibraryRow[], imageId: ImageId): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const index = rows.findIndex((row) => row.id === imageId)
    if (index < 0) return
    const wanted = [rows[index + 1], rows[index + 2], rows[index - 1]]
    for (const row of wanted) {
      if (row === undefined) continue
      queryClient.query(api.align.get.queryOptions({ input: { imageId: row.id } })).catch(() => {
        // The image says what is wrong with it when it is opened.
      })
      if (row.problem === null) pictureCache.get(previewUrl(row))
    }
  }, [queryClient, rows, imageId])
}
