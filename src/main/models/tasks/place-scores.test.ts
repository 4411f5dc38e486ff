import { describe, expect, it } from 'vitest'
import { findPlaces } from './place-scores.ts'

/** A grid of 4 by 3 places; vectors of two numbers, of which the phrase looks at the first. */
const COSINES = [
  [0.1, 0.1, 0.1, 0.1],
  [0.1, 0.9, 0.8, 0.1],
  [0.1, 0.1, 0.1, 0.85],
].flat()

const CELLS = {
  vectors: Float32Array.from(COSINES.flatMap((cosine) => [cosine, 0])),
  places: COSINES.map((_, index) => ({
    x: (index % 4) / 4,
    y: Math.floor(index / 4) / 3,
    width: 1 / 4,
    height: 1 / 3,
  })),
  grid: { columns: 4, rows: 3 },
}
const PHRASE = Float32Array.from([1, 0])

describe('findPlaces', () => {
  it('takes the places that hang together with the best one for its region', () => {
    const { best, median, region } = findPlaces(CELLS, PHRASE, 10).scores
    expect(best).toBeCloseTo(0.9)
    expect(median).toBeCloseTo(0.1)
    // The place at the lower right fits as well, but touches only a corner.
    expect(region.x).toBeCloseTo(0.25)
    expect(region.y).toBeCloseTo(1 / 3)
    expect(region.width).toBeCloseTo(0.5)
    expect(region.height).toBeCloseTo(1 / 3)
  })

  it('has a soft maximum between the largest and that of all places being alike', () => {
    const { soft } = findPlaces(CELLS, PHRASE, 10).scores
    const byHand = Math.log(COSINES.reduce((sum, cosine) => sum + Math.exp(10 * cosine), 0)) / 10
    expect(soft).toBeCloseTo(byHand, 5)
  })

  it('takes one tile alone, since tiles overlap', () => {
    const { region } = findPlaces({ ...CELLS, grid: null }, PHRASE, 10).scores
    expect(region.width).toBeCloseTo(0.25)
  })

  it('stays inside the picture where the input was filled up', () => {
    const places = CELLS.places.map((place) => ({ ...place, x: place.x - 0.3 }))
    const { region } = findPlaces({ ...CELLS, places }, PHRASE, 10).scores
    expect(region.x).toBe(0)
    expect(region.width).toBeCloseTo(0.45)
  })
})
