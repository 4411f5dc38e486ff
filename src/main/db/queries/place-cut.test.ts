import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAtPlace, type PlaceCut } from './place-cut.ts'

const OPERATORS = ['<', '<=', '>', '>='] as const

function compares(left: number, operator: (typeof OPERATORS)[number], right: number): boolean {
  switch (operator) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}

function keeps(cut: PlaceCut, value: number): boolean {
  if (cut.kind !== 'compare') return cut.kind === 'all'
  return compares(value, cut.operator, cut.value)
}

/** By definition: the share of the others that are smaller. */
function placeOf(values: readonly number[], value: number): number {
  const others = values.length - 1
  return others === 0 ? 0 : (100 * values.filter((other) => other < value).length) / others
}

describe('the cut at a place', () => {
  it('keeps exactly the values whose place compares so, whatever ties', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4, max: 9 }), { minLength: 1, maxLength: 60 }),
        // Of quarters, so that neither side rounds.
        fc.integer({ min: 0, max: 400 }).map((quarters) => quarters / 4),
        fc.constantFrom(...OPERATORS),
        (values, percent, operator) => {
          const cut = cutAtPlace(Float64Array.from(values).toSorted(), operator, percent)
          // Comparing counts instead of shares leaves no room for rounding.
          const wanted = values.map((value) =>
            compares(
              values.filter((other) => other < value).length * 100,
              operator,
              percent * (values.length - 1),
            ),
          )
          const alone = values.length === 1
          expect(values.map((value) => keeps(cut, value))).toEqual(
            alone
              ? values.map((value) => compares(placeOf(values, value), operator, percent))
              : wanted,
          )
        },
      ),
    )
  })

  it('finds a fifth of different values, and all of equal ones or none', () => {
    const ten = Float64Array.from({ length: 11 }, (_, index) => index)
    expect(cutAtPlace(ten, '<', 20)).toEqual({ kind: 'compare', operator: '<', value: 2 })
    expect(cutAtPlace(new Float64Array(5).fill(7), '<', 20)).toMatchObject({
      operator: '<=',
      value: 7,
    })
    expect(cutAtPlace(new Float64Array(0), '<=', 100)).toEqual({ kind: 'none' })
  })
})
