import { expect, it } from 'vitest'
import { missingRuns } from './page-runs.ts'

function missing(there: readonly number[], maxPages?: number): readonly string[] {
  const runs = missingRuns({ first: 3, last: 9 }, (page) => there.includes(page), maxPages)
  return runs.map(({ first, last }) => `${first} to ${last}`)
}

it('finds the stretches that are not there', () => {
  expect(missing([])).toEqual(['3 to 9'])
  expect(missing([3, 6, 9])).toEqual(['4 to 5', '7 to 8'])
  expect(missing([3, 4, 5, 6, 7, 8, 9])).toEqual([])
})

it('cuts stretches that are too long', () => {
  expect(missing([], 3)).toEqual(['3 to 5', '6 to 8', '9 to 9'])
  expect(missing([5], 2)).toEqual(['3 to 4', '6 to 7', '8 to 9'])
})

it('finds none in an empty run', () => {
  expect(missingRuns({ first: 4, last: 3 }, () => false)).toEqual([])
})
