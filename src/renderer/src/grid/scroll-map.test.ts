import { expect, it } from 'vitest'
import { ScrollMap } from './scroll-map.ts'

function makeMap(contentHeight: number): ScrollMap {
  const map = new ScrollMap()
  map.resize(contentHeight, 1000)
  return map
}

it('is one to one for content that fits an element', () => {
  const map = makeMap(500_000)
  map.scrolledTo(321_000)
  expect([map.top, map.offset, map.elementHeight, map.hasDrifted]).toEqual([
    321_000,
    0,
    500_000,
    false,
  ])
})

it('reaches the first and the last row of a very high content', () => {
  const map = makeMap(300_000_000)
  map.scrolledTo(map.elementHeight - 1000)
  expect(map.top).toBe(300_000_000 - 1000)
  map.scrolledTo(0)
  expect(map.top).toBe(0)
})

it('moves a very high content by as many pixels as a wheel turns', () => {
  const map = makeMap(300_000_000)
  map.jumpTo(150_000_000)
  const offset = map.offset
  map.scrolledTo(map.elementTop + 120)
  expect(map.top).toBe(150_000_120)
  expect(map.offset).toBe(offset)
})

it('jumps in proportion when the bar is dragged', () => {
  const map = makeMap(300_000_000)
  map.scrolledTo(Math.round((map.elementHeight - 1000) / 2))
  expect(map.top).toBeCloseTo((300_000_000 - 1000) / 2, -3)
})

it('notices drift, and setting the bar right moves nothing', () => {
  const map = makeMap(300_000_000)
  map.jumpTo(100_000_000)
  for (let turn = 0; turn < 50; turn += 1) map.scrolledTo(map.elementTop + 900)
  expect(map.hasDrifted).toBe(true)
  const { top } = map
  map.jumpTo(top)
  expect(map.top).toBe(top)
  expect(map.hasDrifted).toBe(false)
})

it('keeps its place within content that shrinks', () => {
  const map = makeMap(100_000)
  map.jumpTo(90_000)
  map.resize(20_000, 1000)
  expect(map.top).toBe(19_000)
})
