import type { SavedView } from '../../../../../shared/contract/views.ts'
import type { Listing } from '../../../navigation/listing.ts'

/** Whether the library shows just what the view holds. */
export function isViewOf({ query, sort }: SavedView, shown: Listing): boolean {
  return (
    query.trim() === shown.query.trim() &&
    sort.key === shown.sort.key &&
    sort.descending === shown.sort.descending
  )
}
