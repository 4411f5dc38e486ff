import { expect, it } from 'vitest'
import { createRateMeter } from './progress.ts'

it('measures the recent past only', () => {
  let now = 0
  const meter = createRateMeter(() => now)
  expect(meter.ratePerSecond()).toBeNull()
  for (; now <= 5_000; now += 500) meter.sample(0)
  for (let count = 0; now <= 30_000; now += 500, count += 50) meter.sample(count)
  expect(meter.ratePerSecond()).toBeCloseTo(100, 0)
  expect(meter.remainingMs(2_000, 3_000)).toBeCloseTo(10_000, -2)
  expect(meter.remainingMs(2_000, null)).toBeNull()
})

it('knows no remaining time while nothing moves', () => {
  let now = 0
  const meter = createRateMeter(() => now)
  for (; now < 3_000; now += 500) meter.sample(7)
  expect(meter.remainingMs(7, 10)).toBeNull()
})
