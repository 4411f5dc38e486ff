import { expect, it } from 'vitest'
import { meanInterval, pairedChange, shareInterval } from './round-metrics.ts'

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

it('takes the share of all, not the mean of shares, and draws whole images', () => {
  // 9 of 10 and 0 of 1: together 9 of 11. Of two images a quarter of the draws has one of them twice.
  const portions = [
    { part: 9, whole: 10 },
    { part: 0, whole: 1 },
    { part: 0, whole: 0 },
  ]
  expect(shareInterval(portions, 3)).toEqual({ mean: 9 / 11, low: 0, high: 0.9 })
  expect(shareInterval([{ part: 0, whole: 0 }], 3)).toBeNull()
})

it('has the interval that the theory of means gives for many values', () => {
  // 0 and 1, 200 times each: the deviation of the mean is 0.5 / 20, so 95 % lie within 0.049 of one half.
  const values = Array.from({ length: 400 }, (_, index) => index % 2)
  const { mean, low, high } = meanInterval([...values, null], 5) ?? { mean: 0, low: 0, high: 0 }
  expect(mean).toBe(0.5)
  expect(low).toBeCloseTo(0.451, 2)
  expect(high).toBeCloseTo(0.549, 2)
})
