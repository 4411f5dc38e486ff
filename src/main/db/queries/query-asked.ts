import type { PersonId } from '../../../shared/domain/ids.ts'

/** What a query means depends on when it is asked and who asks. */
export interface Asked {
  /** What ages are counted from, in milliseconds. */
  readonly now: number
  /** Who `me` is; null where nobody asks, and then `me` is nobody. */
  readonly personId: PersonId | null
}
