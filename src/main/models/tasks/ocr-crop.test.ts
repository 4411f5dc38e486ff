import { describe, expect, test } from 'vitest'
import type { VisiblePixels } from './image-tensor.ts'
import { runsUpright, straighten, turnOver } from './ocr-crop.ts'
import type { Quad } from './ocr-geometry.ts'

/** Red tells the column, green the row. */
function grid(width: number, height: number): VisiblePixels {
  const data = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data[pixel * 3] = (pixel % width) * 10
    data[pixel * 3 + 1] = Math.floor(pixel / width) * 10
  }
  return { data, width, height }
}

function quad(...points: readonly (readonly [number, number])[]): Quad {
  const at = (index: number) => ({ x: points[index]?.[0] ?? 0, y: points[index]?.[1] ?? 0 })
  return [at(0), at(1), at(2), at(3)]
}

function colours({ data }: VisiblePixels): (readonly [number, number])[] {
  return Array.from({ length: data.length / 3 }, (_, pixel) => [
    data[pixel * 3] ?? 0,
    data[pixel * 3 + 1] ?? 0,
  ])
}

describe('straightening', () => {
  test('of whole pixels copies them', () => {
    const cut = straighten(grid(8, 6), quad([2, 1], [5, 1], [5, 3], [2, 3]))
    expect(cut).toMatchObject({ width: 3, height: 2 })
    expect(colours(cut)).toEqual([
      [20, 10],
      [30, 10],
      [40, 10],
      [20, 20],
      [30, 20],
      [40, 20],
    ])
  })

  test('turns a line that runs down', () => {
    const cut = straighten(grid(8, 6), quad([3, 1], [3, 4], [2, 4], [2, 1]))
    expect(cut).toMatchObject({ width: 3, height: 1 })
    expect(colours(cut)).toEqual([
      [20, 10],
      [20, 20],
      [20, 30],
    ])
  })

  test('undoes a perspective', () => {
    // The far side is half as long: the middle of the quad in perspective is nearer to it.
    const cut = straighten(grid(20, 20), quad([4, 2], [16, 2], [13, 14], [7, 14]))
    const middle = colours(cut)[Math.floor(cut.height / 2) * cut.width + Math.floor(cut.width / 2)]
    expect(middle?.[0]).toBeCloseTo(100, -1)
    expect(middle?.[1]).toBeGreaterThan(90)
  })

  test('goes on with the edge outside the picture', () => {
    const cut = straighten(grid(4, 4), quad([-2, 0], [1, 0], [1, 1], [-2, 1]))
    expect(colours(cut)).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ])
  })
})

test('turning over twice changes nothing', () => {
  const picture = grid(5, 3)
  expect(colours(turnOver(picture))[0]).toEqual([40, 20])
  expect(turnOver(turnOver(picture))).toEqual(picture)
})

test('only what is clearly higher than wide runs upright', () => {
  expect(runsUpright(quad([0, 0], [10, 0], [10, 14], [0, 14]))).toBe(false)
  expect(runsUpright(quad([0, 0], [10, 0], [10, 15], [0, 15]))).toBe(true)
})
