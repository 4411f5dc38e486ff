import type { Specificity } from '../../../shared/contract/checks.ts'

/** Nothing is known before an image was compared with its look-alikes. */
export function unknownSpecificity(): Specificity {
  return { rank: null, bagSize: 0, margin: null, status: 'unknown', confusable: null, units: [] }
}
