import type { Subset } from '../../../../shared/contract/subset.ts'

/** What the fields of a step are given. */
export interface SubsetFieldsProps {
  readonly subset: Subset
  readonly onChange: (subset: Subset) => void
}
