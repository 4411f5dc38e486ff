import type { SortKey } from '../../../../shared/domain/sort.ts'

export const SORT_LABELS: Readonly<Record<SortKey, string>> = {
  added: 'As imported',
  updated: 'Last change',
  name: 'Name',
  pixels: 'Picture size',
  status: 'Status',
  length: 'Caption length',
  risk: 'Risk, by the checks',
}
