import { expect, it } from 'vitest'
import { ScrollSpeed } from './scroll-speed.ts'

it('counts a single move as one of a quarter of a second', () => {
  const speed = new ScrollSpeed()
  expect(speed.moved(1, 5_000)).toBe(4)
  expect(speed.moved(-2, 9_000)).toBe(8)
})

it('does not fall while one frame of a steady scroll comes late', () => {
  const speed = new ScrollSpeed()
  const times = Array.from({ length: 30 }, (_, frame) => frame * 16)
  for (const atMs of times) speed.moved(0.14, atMs)
  const steady = speed.moved(0.14, 480)
  const late = speed.moved(0.14, 520)
  expect(late).toBeGreaterThan(steady * 0.8)
})

it('forgets what is older than its window', () => {
  const speed = new ScrollSpeed()
  speed.moved(100, 0)
  expect(speed.moved(0.5, 250)).toBe(2)
})
