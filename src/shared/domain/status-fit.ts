import type { Status } from './status.ts'

/**
 * Whether an image may be given a status by hand: one is `draft` only with typed text, and `submitted` or `returned`
 * only with a caption. `accepted` without a caption accepts the alt-text as it is.
 */
export function fitsStatus(
  status: Status,
  image: { readonly hasCaption: boolean; readonly hasDraft: boolean },
): boolean {
  switch (status) {
    case 'draft':
      return image.hasDraft
    case 'submitted':
    case 'returned':
      return image.hasCaption
    case 'todo':
    case 'accepted':
    case 'skipped':
    case 'discarded':
      return true
  }
}
