import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign } from './hungarian.ts'

function sumOf(worth: readonly (readonly number[])[], pairs: readonly (number | null)[]): number {
  return pairs.reduce<number>(
    (sum, column, row) => sum + (column === null ? 0 : (worth[row]?.[column] ?? 0)),
    0,
  )
}

/** The best sum by trying every assignment. */
function bestSum(
  worth: readonly (readonly number[])[],
  row = 0,
  taken: readonly number[] = [],
): number {
  const values = worth[row]
  if (values === undefined) return 0
  const alone = bestSum(worth, row + 1, taken)
  return values.reduce(
    (best, value, column) =>
      taken.includes(column)
        ? best
        : Math.max(best, value + bestSum(worth, row + 1, [...taken, column])),
    alone,
  )
}

const tables = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: columns, maxLength: columns }), {
    minLength: 1,
    maxLength: 5,
  }),
)

describe('assign', () => {
  it('finds the best sum, no column twice and no pair without worth', () => {
    fc.assert(
      fc.property(tables, (worth) => {
        const pairs = assign(worth)
        const columns = pairs.filter((column) => column !== null)
        expect(new Set(columns).size).toBe(columns.length)
        expect(
          pairs.every((column, row) => column === null || (worth[row]?.[column] ?? 0) > 0),
        ).toBe(true)
        expect(sumOf(worth, pairs)).toBe(bestSum(worth))
      }),
    )
  })

  it('gives up a good pair for two that are better together', () => {
    expect(
      assign([
        [0.9, 0.8],
        [0.8, 0],
      ]),
    ).toEqual([1, 0])
  })

  it('takes empty tables', () => {
    expect(assign([])).toEqual([])
    expect(assign([[], []])).toEqual([null, null])
  })
})
