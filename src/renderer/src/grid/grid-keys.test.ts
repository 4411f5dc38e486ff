import { expect, it } from 'vitest'
import { movedIndex } from './grid-keys.ts'

const place = { index: 5, total: 10, columns: 4, linesPerPage: 2 }

it.each([
  ['ArrowLeft', 4],
  ['ArrowRight', 6],
  ['ArrowUp', 1],
  ['ArrowDown', 9],
  ['PageUp', 1],
  ['PageDown', 9],
  ['Home', 0],
  ['End', 9],
])('%s moves to %i', (key, index) => {
  expect(movedIndex(key, place)).toBe(index)
})

it('stops at the edges', () => {
  expect(movedIndex('ArrowLeft', { ...place, index: 0 })).toBe(0)
  expect(movedIndex('ArrowRight', { ...place, index: 9 })).toBe(9)
  expect(movedIndex('ArrowDown', { ...place, index: 8 })).toBe(8)
  expect(movedIndex('ArrowUp', { ...place, index: 2 })).toBe(2)
})

it('takes the last cell of a short last line', () => {
  expect(movedIndex('ArrowDown', { ...place, index: 7 })).toBe(9)
})

it('leaves other keys and empty grids alone', () => {
  expect(movedIndex('a', place)).toBeUndefined()
  expect(movedIndex('Home', { ...place, total: 0 })).toBeUndefined()
})
