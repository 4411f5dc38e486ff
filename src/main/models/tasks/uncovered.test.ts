import { describe, expect, it } from 'vitest'
import { findUncovered } from './uncovered.ts'

/** Six by four places: a background, a thing of four places, one of two, and one place of its own. */
const PICTURE = lettersOf(['......', '.tt..b', '.tt..b', '......'])
const VECTORS: Readonly<Record<string, readonly number[]>> = {
  '.': [1, 0, 0],
  t: [0, 1, 0],
  b: [0, 0, 1],
}
const SHARPNESS = 20

function lettersOf(rows: readonly string[]): string[] {
  return rows.flatMap((row) => Array.from(row))
}

function cellsOf(picture: readonly string[]) {
  return {
    vectors: Float32Array.from(picture.flatMap((letter) => VECTORS[letter] ?? [])),
    places: picture.map((_, index) => ({
      x: (index % 6) / 6,
      y: Math.floor(index / 6) / 4,
      width: 1 / 6,
      height: 1 / 4,
    })),
    grid: { columns: 6, rows: 4 },
  }
}

function phrase(letter: string): Float32Array {
  return Float32Array.from(VECTORS[letter] ?? [])
}

describe('findUncovered', () => {
  it('finds what is unlike the rest of the picture, the most unlike first', () => {
    const parts = findUncovered(cellsOf(PICTURE), [], SHARPNESS)
    expect(parts.map(({ region }) => Math.round(region.x * 6))).toEqual([5, 1])
    expect(parts[1]?.region.y).toBeCloseTo(1 / 4)
    expect(parts[1]?.region.width).toBeCloseTo(2 / 6)
    expect(parts[1]?.region.height).toBeCloseTo(2 / 4)
    expect(parts[1]?.area).toBeCloseTo(4 / 24)
    expect(parts[1]?.openness).toBe(1)
  })

  it('leaves out what a phrase was found in', () => {
    const parts = findUncovered(cellsOf(PICTURE), [phrase('b')], SHARPNESS)
    expect(parts.map(({ region }) => Math.round(region.x * 6))).toEqual([1])
    expect(findUncovered(cellsOf(PICTURE), [phrase('b'), phrase('t')], SHARPNESS)).toEqual([])
  })

  it('finds nothing in a picture that is the same everywhere, nor in tiles', () => {
    expect(
      findUncovered(cellsOf(lettersOf(['......', '......', '......', '......'])), [], SHARPNESS),
    ).toEqual([])
    expect(findUncovered({ ...cellsOf(PICTURE), grid: null }, [], SHARPNESS)).toEqual([])
  })
})
