import type { ImageId } from '../../../shared/domain/ids.ts'
import type { Listing } from './listing.ts'

let lastListing: Listing | undefined
let lastImageId: ImageId | undefined

/** Remembers, for this window, which listing the library showed last. */
export function rememberListing(listing: Listing): void {
  lastListing = listing
}

export function recallListing(): Listing | undefined {
  return lastListing
}

/** Remembers, for this window, which image was open in Align last. */
export function rememberImage(imageId: ImageId | undefined): void {
  lastImageId = imageId
}

export function recallImage(): ImageId | undefined {
  return lastImageId
}

/** Forgets both, because another project was opened. */
export function forgetPlace(): void {
  lastListing = undefined
  lastImageId = undefined
}
