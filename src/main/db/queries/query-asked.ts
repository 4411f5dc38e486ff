import type { PersonId } from '../../../shared/domain/ids.ts'
import type { QualityLimits } from '../../../shared/domain/image-quality.ts'
import type { CompareOperator } from '../../../shared/domain/query/ast.ts'
import type { NumberField } from '../../../shared/domain/query/fields.ts'
import type { PlaceCut } from './place-cut.ts'

/** Who asks a query, and when. */
export interface WhoAsks {
  /** What ages are counted from, in milliseconds. */
  readonly now: number
  /** Who `me` is; null where nobody asks, and then `me` is nobody. */
  readonly personId: PersonId | null
}

/** What a query means depends on when it is asked, who asks, and what the project holds. */
export interface Asked extends WhoAsks {
  /** What a place among all images (`width<20%`) comes to. */
  readonly cutAt: (field: NumberField, operator: CompareOperator, percent: number) => PlaceCut
  /** What `is:dark` and the like go by. */
  readonly limits: () => QualityLimits
}
