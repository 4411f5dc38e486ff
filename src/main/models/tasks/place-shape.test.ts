import { describe, expect, it } from 'vitest'
import { shapeOf } from './place-shape.ts'

/** A landscape as rows of numbers, whose median is 0 and whose best is 1. */
function shape(rows: readonly (readonly number[])[], sharpness = 1) {
  const columns = rows[0]?.length ?? 0
  const cosines = Float32Array.from(rows.flat())
  const places = rows.flatMap((row, y) =>
    row.map((_, x) => ({
      ...{ x: x / columns, y: y / rows.length, width: 1 / columns, height: 1 / rows.length },
    })),
  )
  const grid = { columns, rows: rows.length }
  return shapeOf({ cosines, cells: { places, grid }, best: 1, median: 0, sharpness })
}

describe('shapeOf', () => {
  it('has its centre where the fitting places are', () => {
    const { centre } = shape(
      [
        [0, 0, 0, 0],
        [0, 0, 0, 1],
      ],
      Math.log(9),
    )
    // Nine of the sixteen weights lie in the last place of the lower row, one in each other.
    expect(centre.x).toBeCloseTo((9 * 0.875 + 0.875 + 2 * (0.125 + 0.375 + 0.625)) / 16)
    expect(centre.y).toBeCloseTo((9 * 0.75 + 3 * 0.75 + 4 * 0.25) / 16)
  })

  it('covers what fits, half fitting places by a quarter, and no place by less than nothing', () => {
    expect(shape([[1, 0.5, 0, -3, 0, 0, 0, 0]]).extent).toBeCloseTo(1.25 / 8)
  })

  it('counts summits with a valley between them', () => {
    const row = [0, 0.92, 1, 0.9, 0.5, 0.91, 0, 0, 0, 0]
    expect(shape([row]).peaks).toBe(2)
    // A summit that is too low, one whose valley is too shallow, and one beside the best by a corner.
    expect(shape([[1, 0, 0.89, 0, 0, 0, 0]]).peaks).toBe(1)
    expect(shape([[1, 0.92, 0.96, 0, 0, 0, 0]]).peaks).toBe(1)
    expect(shape([[1, 0.9, 0.96, 0, 0, 0, 0]]).peaks).toBe(2)
    const corner = [
      [1, 0, 0, 0],
      [0, 0.95, 0, 0],
    ]
    expect(shape(corner).peaks).toBe(1)
  })

  it('counts three hills that meet in one place, and a plain once', () => {
    const hills = [
      [1, 0, 0.95, 0, 0, 0],
      [0, 0.87, 0, 0, 0, 0],
      [0, 0.97, 0, 0, 0, 0],
    ]
    expect(shape(hills).peaks).toBe(3)
    const plain = [
      [1, 1, 0, 0, 0, 0],
      [1, 1, 0, 0, 0, 0],
    ]
    expect(shape(plain).peaks).toBe(1)
  })

  it('knows neither extent nor summits of tiles, and of places that are all alike', () => {
    const places = [0, 0.5].map((x) => ({ x, y: 0, width: 0.5, height: 1 }))
    const tiles = { places, grid: null }
    const found = shapeOf({
      ...{
        cosines: Float32Array.of(0, 1),
        cells: tiles,
        best: 1,
        median: 0,
        sharpness: Math.log(3),
      },
    })
    expect(found.centre.x).toBeCloseTo((0.25 + 3 * 0.75) / 4)
    expect(found).toMatchObject({ extent: null, peaks: null })
    const flat = { places, grid: { columns: 2, rows: 1 } }
    const alike = Float32Array.of(0.5, 0.5)
    expect(shapeOf({ cosines: alike, cells: flat, best: 0.5, median: 0.5, sharpness: 9 })).toEqual({
      centre: { x: 0.5, y: 0.5 },
      extent: null,
      peaks: null,
    })
  })
})
