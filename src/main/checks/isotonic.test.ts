import { describe, expect, it } from 'vitest'
import { fitIsotonic, readIsotonic } from './isotonic.ts'

const sample = (score: number, isSupported: boolean) => ({ score, isSupported, weight: 1 })

describe('fitIsotonic', () => {
  it('pools what goes down', () => {
    const knots = fitIsotonic([
      sample(0, false),
      sample(1, true),
      sample(2, false),
      sample(3, true),
      sample(3, true),
    ])
    // Blocks by hand: {0}: 0 of 1, {1, 2}: 1 of 2, {3, 3}: 2 of 2; each with half a row more of both.
    expect(knots).toEqual([
      { score: 0, probability: 0.25 },
      { score: 1.5, probability: 0.5 },
      { score: 3, probability: 2.5 / 3 },
    ])
  })

  it('does not depend on the order of equal scores', () => {
    const rows = [sample(1, true), sample(1, false), sample(1, true), sample(2, true)]
    expect(fitIsotonic(rows)).toEqual(fitIsotonic(rows.toReversed()))
  })

  it('never falls, even where small blocks are drawn to one half', () => {
    const rows = [
      ...Array.from({ length: 50 }, () => sample(0, true)),
      ...Array.from({ length: 3 }, () => sample(0, false)),
      sample(1, true),
    ]
    const shares = fitIsotonic(rows).map(({ probability }) => probability)
    expect(shares).toEqual(shares.toSorted((left, right) => left - right))
  })
})

describe('readIsotonic', () => {
  const knots = [
    { score: 0, probability: 0.2 },
    { score: 2, probability: 0.6 },
  ]
  it('is a line between knots and flat outside', () => {
    expect([-5, 0, 1, 2, 9].map((score) => readIsotonic(knots, score))).toEqual([
      0.2, 0.2, 0.4, 0.6, 0.6,
    ])
  })
  it('says nothing without knots', () => {
    expect(readIsotonic([], 1)).toBeNull()
  })
})
