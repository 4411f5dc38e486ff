import { expect, it } from 'vitest'
import { pairedChange } from './round-metrics.ts'

it('gives the mean change of pairs, and an interval around it that a seed repeats', () => {
  const before = [0.2, 0.4, 0.6, 0.8, 0.5]
  const after = [0.4, 0.5, 0.9, 0.8, 0.7]
  const change = pairedChange(before, after, 7)
  expect(change?.mean).toBeCloseTo(0.16)
  expect(change?.low).toBeGreaterThan(0)
  expect(change?.low).toBeLessThan(0.16)
  expect(change?.high).toBeGreaterThan(0.16)
  expect(change?.high).toBeLessThanOrEqual(0.3)
  expect(pairedChange(before, after, 7)).toEqual(change)
})

it('has no width where every pair changed alike', () => {
  const change = pairedChange([1, 2, 3], [1.5, 2.5, 3.5], 1)
  expect(change).toEqual({ mean: 0.5, low: 0.5, high: 0.5 })
})

it('is null without pairs', () => {
  expect(pairedChange([], [], 1)).toBeNull()
  expect(pairedChange([1], [1, 2], 1)).toBeNull()
})
