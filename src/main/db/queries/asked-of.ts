import type { Database } from 'better-sqlite3'
import { getQualityLimits } from './image-quality.ts'
import { getSortedNumbers } from './number-columns.ts'
import { cutAtPlace } from './place-cut.ts'
import type { Asked, WhoAsks } from './query-asked.ts'

/** What a query means to somebody now, in this project as it is. */
export function askedOf(db: Database, asking: WhoAsks): Asked {
  return {
    ...asking,
    cutAt: (field, operator, percent) => cutAtPlace(getSortedNumbers(db, field), operator, percent),
    limits: () => getQualityLimits(db),
  }
}
