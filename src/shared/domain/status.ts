/** Where an image stands in the work, in the order in which lists and facets show it. */
export const STATUSES = [
  'todo',
  'draft',
  'submitted',
  'accepted',
  'returned',
  'skipped',
  'discarded',
] as const

export type Status = (typeof STATUSES)[number]

/** The place in the list, which is what the project file holds. */
export function codeOfStatus(status: Status): number {
  return STATUSES.indexOf(status)
}
