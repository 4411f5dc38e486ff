import { expect, it } from 'vitest'
import { planTextBatches } from './text-batches.ts'

function rows(count: number, tokens: number): number[] {
  return Array.from({ length: count }, () => tokens)
}

it('fills no short rows up to long ones where that costs more than another run', () => {
  expect(planTextBatches([...rows(12, 5), ...rows(8, 20)])).toEqual([12, 8])
  expect(planTextBatches([...rows(12, 5), 6, 6, 7])).toEqual([15])
  expect(planTextBatches([4, 20])).toEqual([2])
})

it('takes at most 32 rows at a time, and all of them', () => {
  const batches = planTextBatches([...rows(70, 5), ...rows(40, 30)])
  expect(Math.max(...batches)).toBeLessThanOrEqual(32)
  expect(batches.reduce((sum, count) => sum + count, 0)).toBe(110)
  expect(planTextBatches([])).toEqual([])
})
