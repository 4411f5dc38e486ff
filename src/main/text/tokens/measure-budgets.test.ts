import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TokenTargetId } from '../../../shared/domain/token-budget.ts'
import { measureBudgets, type TargetTokenizer } from './measure-budgets.ts'

function budget(text: string, target: TokenTargetId, tokenizers: readonly TargetTokenizer[] = []) {
  return measureBudgets(text, tokenizers).find((each) => each.target === target)
}

/** One token for each four letters of a word, as no real tokenizer does it, so that counts are known. */
function everyFour(target: TokenTargetId, tellsEnds: boolean): TargetTokenizer {
  return {
    target,
    encode(text) {
      const ends = Array.from(text.matchAll(/\S{1,4}/gu), (match) => match.index + match[0].length)
      return { count: ends.length, ends: tellsEnds ? ends : null }
    },
  }
}

describe('measureBudgets', () => {
  test('counts exactly with a tokenizer and cuts before the first word that is not whole', () => {
    const text = 'abcd '.repeat(74) + 'abcdefgh end'
    for (const tellsEnds of [true, false]) {
      expect(budget(text, 'clip-77', [everyFour('clip-77', tellsEnds)])).toEqual({
        target: 'clip-77',
        used: 77,
        limit: 75,
        isExact: true,
        cutAt: 370,
      })
    }
  })

  test('cuts nothing where all fits', () => {
    const text = 'abcd '.repeat(75)
    expect(budget(text, 'clip-77', [everyFour('clip-77', true)])).toMatchObject({
      used: 75,
      cutAt: null,
    })
  })

  test('estimates where no tokenizer is given, and says so', () => {
    const short = budget('A red bus stops in front of a house.', 'clip-77')
    expect(short).toEqual({ target: 'clip-77', used: 10, limit: 75, isExact: false, cutAt: null })
    const long = 'A red bus stops in front of a house. '.repeat(10)
    const cut = budget(long, 'clip-77')
    expect(cut?.used).toBe(100)
    expect(long.slice(0, cut?.cutAt ?? 0)).toMatch(/ (?=$)|[a-z.]$/u)
    expect(long.slice((cut?.cutAt ?? 0) - 1, (cut?.cutAt ?? 0) + 1)).not.toMatch(/[a-z]{2}/u)
  })

  test('counts code points and cuts between what people see as characters', () => {
    const family = '👨‍👩‍👧‍👦'
    const text = 'x'.repeat(297) + family + 'y'
    expect(budget(text, 'characters-300')).toEqual({
      target: 'characters-300',
      used: 305,
      limit: 300,
      isExact: true,
      cutAt: 297,
    })
  })

  test('keeps limits and order for an empty text', () => {
    expect(measureBudgets('').map(({ target, used, cutAt }) => [target, used, cutAt])).toEqual([
      ['clip-77', 0, null],
      ['clip-248', 0, null],
      ['siglip-64', 0, null],
      ['altogether-caption', 0, null],
      ['altogether-alt', 0, null],
      ['characters-300', 0, null],
    ])
  })

  test('cuts any text between whole characters, and only where too much is used', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 200, maxLength: 900 })
    const raw = units.map((codes) => String.fromCharCode(...codes))
    const text = fc.oneof(raw, fc.string({ unit: 'grapheme', minLength: 200, maxLength: 600 }))
    fc.assert(
      fc.property(text, fc.boolean(), (written, tellsEnds) => {
        const exact = [everyFour('siglip-64', tellsEnds)]
        for (const { used, limit, cutAt } of measureBudgets(written, exact)) {
          expect(cutAt !== null).toBe(used > limit)
          if (cutAt === null) continue
          expect(cutAt).toBeLessThan(written.length)
          const split = written.slice(cutAt - 1, cutAt + 1)
          expect(cutAt > 0 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(split)).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('reads 100,000 characters without a space', () => {
    const budgets = measureBudgets('a'.repeat(100_000), [])
    expect(budgets.every(({ cutAt }) => cutAt !== null)).toBe(true)
  })

  test('asks a tokenizer about 20,000 characters, and estimates more', () => {
    const tokenizers = [everyFour('clip-77', false)]
    const most = budget('a'.repeat(20_000), 'clip-77', tokenizers)
    expect(most).toMatchObject({ used: 5000, cutAt: 300, isExact: true })
    expect(budget('a'.repeat(20_001), 'clip-77', tokenizers)).toMatchObject({ isExact: false })
  })
})
