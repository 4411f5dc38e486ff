import { expect, it } from 'vitest'
import { median, quantile } from './statistics.ts'
import { formatTable } from './table.ts'

it('prints numbers to the right and leaves out what there is none of', () => {
  const table = formatTable([
    { case: 'import', value: 23_456.7, unit: 'rows/s', limit: 30_000, ratio: 0.782 },
    { case: 'memory.host', value: 181, unit: 'MB', limit: null, ratio: null },
  ])
  expect(table.split('\n')).toEqual([
    'case          value  unit     limit  ratio',
    'import       23,457  rows/s  30,000   0.78',
    'memory.host     181  MB',
    '',
  ])
})

it('takes quantiles of values in any order', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(quantile([5, 4, 3, 2, 1], 0.95)).toBe(5)
  expect(() => median([])).toThrow('at least one')
})
