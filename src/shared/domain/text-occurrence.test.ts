import { describe, expect, it, test } from 'vitest'
import { carrySpans, findOccurrence, occurrenceAt } from './text-occurrence.ts'

describe('occurrences of words', () => {
  test.each<[string, string, number, number | null]>([
    ['a cat and a cat', 'cat', 0, 2],
    ['a cat and a cat', 'cat', 1, 12],
    ['a cat and a cat', 'cat', 2, null],
    ['category, concat, cat', 'cat', 0, 18],
    ['été, é', 'é', 0, 5],
    ['“OPEN”', '“OPEN”', 0, 0],
    ['x\ud800 \ud800', '\ud800', 1, 3],
    ['anything', '', 0, null],
  ])('in %j, %j for the %ith time stands at %s', (text, words, occurrence, at) => {
    expect(findOccurrence(text, words, occurrence)?.start ?? null).toBe(at)
    if (at !== null) {
      expect(occurrenceAt(text, { start: at, end: at + words.length })).toBe(occurrence)
    }
  })
})

describe('spans taken over to an edited text', () => {
  const before = 'Two dogs run. A dog sleeps by a red bus.'
  const span = (words: string, from = 0) => {
    const start = before.indexOf(words, from)
    return { start, end: start + words.length }
  }
  const carry = (after: string, ...spans: { start: number; end: number }[]) =>
    carrySpans(before, after, spans).map((found) =>
      found === null ? null : `${found.start}:${after.slice(found.start, found.end)}`,
    )

  it('stay with their words when others around them change', () => {
    expect(
      carry('Dogs run. A small dog sleeps by a red car.', span('dog sleeps'), span('red bus')),
    ).toEqual(['18:dog sleeps', null])
    expect(carry(`Here: ${before}`, span('red'))).toEqual(['38:red'])
  })

  it('do not move to equal words elsewhere when their own are deleted', () => {
    const text = 'red cat, red dog'
    const spans = [
      { start: 0, end: 3 },
      { start: 9, end: 12 },
    ]
    expect(carrySpans(text, 'cat, red dog', spans)).toEqual([null, { start: 5, end: 8 }])
  })

  it('follow words that moved', () => {
    expect(carry('A dog sleeps by a red bus. Two dogs run.', span('Two'), span('red'))).toEqual([
      '27:Two',
      '18:red',
    ])
  })
})
