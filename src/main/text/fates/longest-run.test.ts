import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestCommonRun } from './longest-run.ts'

function slowRun(one: readonly string[], other: readonly string[]): number {
  let longest = 0
  one.forEach((_, from) => {
    other.forEach((__, at) => {
      let length = 0
      while (from + length < one.length && one[from + length] === other[at + length]) length += 1
      longest = Math.max(longest, length)
    })
  })
  return longest
}

describe('longestCommonRun', () => {
  it('agrees with trying every place', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 })
    fc.assert(
      fc.property(words, words, (one, other) => {
        expect(longestCommonRun(one, other)).toBe(slowRun(one, other))
      }),
    )
  })
})
