import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cornersOf, grow, sizeOf, smallestRectangle, startAt, type Point } from './ocr-geometry.ts'

function turned(points: readonly Point[], degrees: number): Point[] {
  const angle = (degrees * Math.PI) / 180
  return points.map(({ x, y }) => ({
    x: x * Math.cos(angle) - y * Math.sin(angle),
    y: x * Math.sin(angle) + y * Math.cos(angle),
  }))
}

const card = [
  { x: -30, y: -5 },
  { x: 30, y: -5 },
  { x: 30, y: 5 },
  { x: -30, y: 5 },
]

describe('the smallest rectangle', () => {
  test('around a turned card is the card', () => {
    fc.assert(
      fc.property(fc.integer({ min: -180, max: 180 }), (degrees) => {
        const inner = turned([{ x: 3, y: 2 }], degrees)
        const found = smallestRectangle([...turned(card, degrees), ...inner])
        const sides = [found?.width ?? 0, found?.height ?? 0].sort((one, two) => one - two)
        expect(sides[0]).toBeCloseTo(10, 6)
        expect(sides[1]).toBeCloseTo(60, 6)
        expect(found?.centre.x).toBeCloseTo(0, 6)
        expect(found?.centre.y).toBeCloseTo(0, 6)
      }),
    )
  })

  test('holds all points, whatever they are', () => {
    const point = fc.record({
      x: fc.integer({ min: 0, max: 50 }),
      y: fc.integer({ min: 0, max: 50 }),
    })
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
        const found = smallestRectangle(points)
        if (found === null) throw new Error('no rectangle')
        const { centre, direction, width, height } = found
        for (const { x, y } of points) {
          const along = (x - centre.x) * direction.x + (y - centre.y) * direction.y
          const across = (y - centre.y) * direction.x - (x - centre.x) * direction.y
          expect(Math.abs(along)).toBeLessThanOrEqual(width / 2 + 1e-6)
          expect(Math.abs(across)).toBeLessThanOrEqual(height / 2 + 1e-6)
        }
      }),
    )
  })

  test('around nothing is none', () => {
    expect(smallestRectangle([])).toBeNull()
  })
})

describe('corners', () => {
  test.each([-40, -10, 0, 10, 40])(
    'of a line at %i degrees start where its text does',
    (degrees) => {
      const rectangle = smallestRectangle(turned(card, degrees))
      if (rectangle === null) throw new Error('no rectangle')
      const corners = cornersOf(rectangle)
      for (const [index, expected] of turned(card, degrees).entries()) {
        expect(corners[index]?.x).toBeCloseTo(expected.x, 6)
        expect(corners[index]?.y).toBeCloseTo(expected.y, 6)
      }
    },
  )

  test('can start elsewhere', () => {
    const rectangle = { centre: { x: 0, y: 0 }, direction: { x: 1, y: 0 }, width: 4, height: 2 }
    const corners = cornersOf(rectangle)
    expect(startAt(corners, 2)[0]).toEqual({ x: 2, y: 1 })
    expect(sizeOf(startAt(corners, 1))).toEqual({ width: 2, height: 4 })
  })

  test('move outwards on every side', () => {
    const rectangle = { centre: { x: 9, y: 9 }, direction: { x: 1, y: 0 }, width: 4, height: 2 }
    expect(cornersOf(grow(rectangle, 3))[0]).toEqual({ x: 4, y: 5 })
  })
})
