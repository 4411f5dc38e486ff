import { describe, expect, test } from 'vitest'
import type { Quad } from './ocr-geometry.ts'
import { inReadingOrder } from './ocr-order.ts'

/** A word by its upper left corner, 40 x 10, the whole page turned about its origin. */
function word(text: string, x: number, y: number, degrees = 0): { text: string; quad: Quad } {
  const angle = (degrees * Math.PI) / 180
  const at = (left: number, top: number) => ({
    x: left * Math.cos(angle) - top * Math.sin(angle),
    y: left * Math.sin(angle) + top * Math.cos(angle),
  })
  return { text, quad: [at(x, y), at(x + 40, y), at(x + 40, y + 10), at(x, y + 10)] }
}

describe('reading order', () => {
  test.each([0, 25, -25, 90, 180])('goes along rows at %i degrees', (degrees) => {
    const words = [
      word('four', 50, 22, degrees),
      word('two', 50, -2, degrees),
      word('three', 0, 20, degrees),
      word('one', 0, 1, degrees),
    ]
    expect(inReadingOrder(words).map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four'])
  })

  test('of nothing is nothing', () => {
    expect(inReadingOrder([])).toEqual([])
  })
})
