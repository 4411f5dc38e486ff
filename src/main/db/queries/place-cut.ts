import type { CompareOperator } from '../../../shared/domain/query/ast.ts'
import type { Numbers } from './number-list.ts'

/** A comparison that values of a field have in common with a place among all of them. */
export type PlaceCut =
  | { readonly kind: 'all' | 'none' }
  | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly value: number }

/**
 * The comparison that holds for exactly those values whose place among all compares so with a percentage. The place of
 * a value is the share of the other values that are smaller, as SQL's percent_rank has it: 0 for the smallest, 100 for the
 * largest where nothing ties, and equal values share one place. Values come sorted; unknown ones are not among them.
 */
export function cutAtPlace(sorted: Numbers, operator: CompareOperator, percent: number): PlaceCut {
  if (sorted.length === 0) return { kind: 'none' }
  switch (operator) {
    case '<':
      return cutBelow(sorted, percent)
    case '<=':
      return cutUpTo(sorted, percent)
    case '>':
      return opposite(cutUpTo(sorted, percent))
    case '>=':
      return opposite(cutBelow(sorted, percent))
  }
}

function cutBelow(sorted: Numbers, percent: number): PlaceCut {
  const others = sorted.length - 1
  // The first rank whose own place is not below; computed so that whole percentages of round numbers stay whole.
  const rank = Math.ceil((percent * others) / 100)
  const value = sorted[rank]
  if (rank > others || value === undefined) return { kind: 'all' }
  if (others === 0) return { kind: percent > 0 ? 'all' : 'none' }
  // Values equal to it may reach down to a rank that is below, and they all have that one's place.
  const isTied = rank > 0 && sorted[rank - 1] === value
  return { kind: 'compare', operator: isTied ? '<=' : '<', value }
}

function cutUpTo(sorted: Numbers, percent: number): PlaceCut {
  const rank = Math.floor((percent * (sorted.length - 1)) / 100)
  const value = sorted[Math.min(rank, sorted.length - 1)]
  return value === undefined ? { kind: 'all' } : { kind: 'compare', operator: '<=', value }
}

function opposite(cut: PlaceCut): PlaceCut {
  switch (cut.kind) {
    case 'all':
      return { kind: 'none' }
    case 'none':
      return { kind: 'all' }
    case 'compare':
      return { ...cut, operator: cut.operator === '<' ? '>=' : '>' }
  }
}
