import { describe, expect, test } from 'vitest'
import { findTextRegions, type TextMap } from './ocr-regions.ts'

const SIZE = { width: 80, height: 60 }

/** A map with a number for the pixels that a test is true for. */
function draw(value: number, isInside: (x: number, y: number) => boolean, base?: TextMap): TextMap {
  const data = base === undefined ? new Float32Array(SIZE.width * SIZE.height) : base.data
  for (let y = 0; y < SIZE.height; y += 1) {
    for (let x = 0; x < SIZE.width; x += 1) {
      if (isInside(x, y)) data[y * SIZE.width + x] = value
    }
  }
  return { data, ...SIZE }
}

const box = (left: number, top: number, width: number, height: number) => (x: number, y: number) =>
  x >= left && x < left + width && y >= top && y < top + height

describe('text regions', () => {
  test('are the cores, grown by their area and girth', () => {
    const [region, ...others] = findTextRegions(draw(0.9, box(20, 20, 41, 9)))
    expect(others).toEqual([])
    expect(region?.score).toBeCloseTo(0.9, 5)
    // A core of 40 x 8 between pixel middles grows by 320 * 1.5 / 96 on each side.
    expect(region?.rectangle.width).toBeCloseTo(50, 5)
    expect(region?.rectangle.height).toBeCloseTo(18, 5)
    expect(region?.rectangle.centre).toEqual({ x: 40, y: 24 })
  })

  test('follow a slant', () => {
    const slope = Math.tan(Math.PI / 6)
    const isInside = (x: number, y: number) =>
      x >= 15 && x <= 60 && Math.abs(y - 10 - (x - 15) * slope) <= 5
    const [region] = findTextRegions(draw(0.95, isInside))
    const { direction, width, height } = region?.rectangle ?? {
      direction: { x: 1, y: 0 },
      width: 0,
      height: 0,
    }
    const long = width >= height ? direction : { x: -direction.y, y: direction.x }
    const degrees = (Math.atan2(long.y, long.x) * 180) / Math.PI
    expect(Math.abs(((degrees + 180) % 180) - 30)).toBeLessThan(4)
  })

  test('apart from one another are two, touching at a corner one', () => {
    const apart = draw(0.9, box(40, 30, 20, 8), draw(0.9, box(10, 10, 20, 8)))
    expect(findTextRegions(apart)).toHaveLength(2)
    const touching = draw(0.9, (x, y) => {
      if (x === 29) return y === 13
      if (x === 30) return y === 14
      return box(10, 10, 40, 8)(x, y)
    })
    expect(findTextRegions(touching)).toHaveLength(1)
  })

  test('must be likely and large enough', () => {
    expect(findTextRegions(draw(0.5, box(20, 20, 41, 9)))).toEqual([])
    expect(findTextRegions(draw(0.9, box(20, 20, 41, 3)))).toEqual([])
    expect(findTextRegions(draw(0.29, box(20, 20, 41, 9)))).toEqual([])
  })

  test('may touch the edge', () => {
    expect(findTextRegions(draw(0.9, box(0, 0, 80, 60)))).toHaveLength(1)
  })
})
