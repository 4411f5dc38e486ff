import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editShare } from './edit-share.ts'

describe('editShare', () => {
  it.each([
    ['', '', 0],
    ['a red bus', 'a red bus', 0],
    ['a red bus', 'a red bus.', 0],
    ['a red bus', 'a  red bus', 0],
    ['a red bus passes', 'a blue bus passes', 0.25],
    ['a red bus', 'a red bus at night', 0.4],
    ['a red bus at night', 'a red bus', 0.4],
    ['', 'two dogs', 1],
    ['two dogs', '', 1],
    ['two dogs', 'an old oak tree', 1],
    ['红色公交车', '红色公交车', 0],
  ])('of %j to %j is %d', (before, after, expected) => {
    expect(editShare(before, after)).toBeCloseTo(expected)
  })

  it('is between 0 and 1, and 0 in both directions or in none', () => {
    const text = fc
      .array(fc.constantFrom('a', 'red', 'bus', 'dog', 'in', 'snow'), { maxLength: 12 })
      .map((words) => words.join(' '))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const share = editShare(before, after)
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
        expect(editShare(after, before) > 0).toBe(share > 0)
      }),
    )
  })
})
