import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureRound } from './measure-round.ts'

describe('measureRound', () => {
  it.each([
    ['a dog', 'a dog', 0],
    ['a dog', 'a cat', 1 / 2],
    ['a dog', 'a brown dog', 1 / 3],
    ['one two three four', 'two three four', 1 / 4],
    ['a dog', '', 1],
    // Case and punctuation are no words.
    ['A dog.', 'a dog', 0],
  ])('counts edited words of %j and %j', (before, after, share) => {
    expect(measureRound(before, after).editShare).toBeCloseTo(share, 10)
  })

  it('compares the heads of noun phrases', () => {
    // Before: dog, sofa. After: dogs, bed, lamp. One of three, one of two.
    const { phrases } = measureRound('a dog on a sofa', 'dogs on a bed beside a lamp')
    expect(phrases).toEqual({ precision: 1 / 3, recall: 1 / 2, f1: 0.4 })
  })

  it('counts words of one meaning softly, and kinds by how far they agree', () => {
    // sofa and couch 0.9, iguana and lizard 0.8.
    const { phrases, softPhrases } = measureRound('an iguana on a sofa', 'a lizard on a couch')
    expect(phrases.f1).toBe(0)
    expect(softPhrases.precision).toBeCloseTo(1.7 / 2, 10)
    expect(softPhrases.recall).toBeCloseTo(1.7 / 2, 10)
  })

  it('compares names alone', () => {
    const { names } = measureRound('a dog with Anna in Lisbon', 'a woman in Lisbon')
    expect(names).toEqual({ precision: 1, recall: 1 / 2, f1: 2 / 3 })
  })

  it('has no number where there is nothing to divide by', () => {
    const nothing = { precision: null, recall: null, f1: null }
    expect(measureRound('', '')).toEqual({
      editShare: null,
      phrases: nothing,
      softPhrases: nothing,
      names: nothing,
    })
  })

  it('stays a share whatever the texts are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (before, after) => {
        const { editShare } = measureRound(before, after)
        expect(editShare ?? 0).toBeGreaterThanOrEqual(0)
        expect(editShare ?? 0).toBeLessThanOrEqual(1)
      }),
      { numRuns: 50 },
    )
  })
})
