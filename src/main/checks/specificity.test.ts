import { describe, expect, it } from 'vitest'
import { joinPhrases, scoreSpecificity } from './specificity.ts'

const UNIT = { start: 0, end: 3, own: 0.5, others: [0.1, 0.3] }

describe('scoreSpecificity', () => {
  it('calls a caption distinct that fits its own image best, by far', () => {
    expect(
      scoreSpecificity({ units: [UNIT], caption: { own: 0.6, others: [0.2, 0.5] } }, 0.05),
    ).toEqual({
      ...{ rank: 1, bagSize: 3, margin: expect.closeTo(0.1) as number, status: 'distinct' },
      ...{ confusable: 1, units: [{ start: 0, end: 3, contrast: expect.closeTo(0.3) as number }] },
    })
  })

  it.each([
    [0.52, 1, 'weak'],
    [0.4, 2, 'ambiguous'],
    [0.1, 3, 'ambiguous'],
  ])('with an own score of %d ranks it %d, which is %s', (own, rank, status) => {
    const score = scoreSpecificity({ units: [UNIT], caption: { own, others: [0.2, 0.5] } }, 0.05)
    expect(score).toMatchObject({ rank, status, confusable: 1 })
  })

  it('says nothing without supported units or without look-alikes', () => {
    const nothing = { rank: null, margin: null, status: 'unknown', confusable: null, units: [] }
    const caption = { own: 0, others: [0, 0] }
    expect(scoreSpecificity({ units: [], caption }, 0.05)).toEqual({ ...nothing, bagSize: 3 })
    const alone = { own: 0.9, others: [] }
    expect(scoreSpecificity({ units: [{ ...UNIT, others: [] }], caption: alone }, 0.05)).toEqual({
      ...nothing,
      bagSize: 1,
    })
  })
})

describe('joinPhrases', () => {
  it('makes a text that says each thing once', () => {
    expect(joinPhrases(['a red dog', 'two cats', 'a red dog'])).toBe('A red dog. Two cats.')
  })
})
