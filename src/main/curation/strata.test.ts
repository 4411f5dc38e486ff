import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pickOfStrata, shareOut } from './strata.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('sharing out', () => {
  it('gives each stratum as many, and what small ones lack to the others', () => {
    expect(shareOut([100, 100, 100], 30, 'equal')).toEqual([10, 10, 10])
    expect(shareOut([2, 100, 5], 30, 'equal')).toEqual([2, 23, 5])
    expect(shareOut([3, 3], 100, 'equal')).toEqual([3, 3])
  })

  it('gives in proportion, rounded by the largest remainders', () => {
    expect(shareOut([600, 300, 100], 10, 'proportional')).toEqual([6, 3, 1])
    expect(shareOut([1, 1, 1], 2, 'proportional')).toEqual([1, 1, 0])
    expect(shareOut([5, 5], 100, 'proportional')).toEqual([5, 5])
  })

  it('gives as many as are asked for where there are so many, and no stratum more than it has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }),
        fc.nat(200),
        fc.constantFrom('equal' as const, 'proportional' as const),
        (sizes, count, shares) => {
          const quotas = shareOut(sizes, count, shares)
          expect(sum(quotas)).toBe(Math.min(count, sum(sizes)))
          expect(quotas.every((quota, index) => quota <= (sizes[index] ?? 0))).toBe(true)
        },
      ),
    )
  })
})

it('picks of each stratum its quota by the draw', () => {
  const positions = Uint32Array.of(0, 2, 4, 5, 9)
  const picked = pickOfStrata(positions, {
    strata: Uint32Array.of(0, 1, 0, 1, 0),
    quotas: [2, 1],
    draw: (position) => 100 - position,
  })
  expect([...picked]).toEqual([4, 5, 9])
})
