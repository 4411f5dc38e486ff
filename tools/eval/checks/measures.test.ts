import { describe, expect, it } from 'vitest'
import { areaUnderCurve, caughtAtRate, pickedLowest, wrongShare } from './measures.ts'

describe('areaUnderCurve', () => {
  it('counts pairs, and ties half', () => {
    expect(areaUnderCurve([2, 3], [0, 1])).toBe(1)
    expect(areaUnderCurve([0, 1], [2, 3])).toBe(0)
    // Of four pairs two are won, one is tied and one is lost.
    expect(areaUnderCurve([1, 3], [1, 2])).toBe(0.625)
  })
})

describe('caughtAtRate', () => {
  it('puts the limit where the wanted share of supported units lies below', () => {
    const supported = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    expect(caughtAtRate(supported, [0, 2.5, 3, 9], 0.2)).toBe(0.5)
  })
})

describe('pickedLowest', () => {
  it('answers the chance among those that are lowest', () => {
    const items = [
      { score: 0.2, isRight: true },
      { score: 0.2, isRight: false },
      { score: null, isRight: true },
      { score: 0.9, isRight: true },
    ]
    expect(pickedLowest(items)).toBe(0.5)
    expect(pickedLowest([{ score: null, isRight: true }])).toBe(0)
  })
})

describe('wrongShare', () => {
  it('is nothing where nothing is marked', () => {
    expect(wrongShare(0, 0)).toBe(0)
    expect(wrongShare(1, 3)).toBe(0.25)
  })
})
