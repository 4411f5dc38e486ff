import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HygieneMark } from '../../../shared/domain/hygiene.ts'
import { findHygieneMarks } from './find-hygiene-marks.ts'
import { applyFix } from '../../../shared/domain/text-fix.ts'
import { HYGIENE_RULES } from './rules.ts'

const folder = join(import.meta.dirname, 'corpus')
const fragments = readdirSync(folder)
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
  .map((line) => JSON.parse(line) as { text?: string; fine?: string })
  .map(({ text, fine }) => (text ?? fine ?? '').replaceAll(/[⟦⟧]/gu, '').slice(0, 300))

const role = fc.constantFrom('alt' as const, 'caption' as const)
const glue = fc.constantFrom(' ', '. ', ', ', ' | ', ' - ', '\n', '', ' (', ') ', '“', '” ')
/** Texts as they come from the web: pieces with every kind of junk beside clean ones. */
const webText = fc
  .array(fc.tuple(fc.constantFrom(...fragments), glue), { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.flat().join(''))
/** Any UTF-16, lone surrogates and emoji sequences among it. */
const anyText = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
)

/** These take the words that lead to the thing with it: "Visit example.com", "Tel. 030 1234567". */
const TAKES_LEAD =
  /^(?:junk\/(?:web-address|mention)|private\/(?:mail|phone|iban|coordinates|street-address)|caption\/unfinished)$/u

function letters(text: string): string {
  return (text.match(/[\p{L}\p{N}]/gu) ?? []).join('').toLowerCase()
}

function checkSpans(text: string, marks: readonly HygieneMark[]) {
  let from = 0
  for (const { start, end, fix } of marks) {
    expect(start).toBeGreaterThanOrEqual(from)
    expect(end).toBeGreaterThan(start)
    expect(end).toBeLessThanOrEqual(text.length)
    if (fix !== null) {
      expect(fix.start).toBeLessThanOrEqual(start)
      expect(fix.end).toBeGreaterThanOrEqual(end)
      expect(fix.end).toBeLessThanOrEqual(text.length)
    }
    from = start
  }
}

describe('findHygieneMarks', () => {
  test('marks stretches of any text, in order, each inside its fix', () => {
    fc.assert(
      fc.property(fc.oneof(webText, anyText), role, (text, which) => {
        checkSpans(text, findHygieneMarks(text, { role: which }))
      }),
      { numRuns: 600 },
    )
  })

  test('takes no word but the marked ones with a fix', () => {
    fc.assert(
      fc.property(webText, role, (text, which) => {
        for (const { ruleId, start, end, fix } of findHygieneMarks(text, { role: which })) {
          if (fix === null || TAKES_LEAD.test(ruleId)) continue
          const around = text.slice(fix.start, start) + text.slice(end, fix.end)
          expect(letters(fix.insert)).toContain(letters(around))
        }
      }),
      { numRuns: 600 },
    )
  })

  test('has one mark fewer of a rule after its fix', () => {
    fc.assert(
      fc.property(webText, role, (text, which) => {
        const marks = findHygieneMarks(text, { role: which })
        for (const { ruleId, fix } of marks) {
          if (fix === null) continue
          const count = (list: readonly HygieneMark[]) =>
            list.filter((mark) => mark.ruleId === ruleId).length
          const after = findHygieneMarks(applyFix(text, fix), { role: which })
          expect(count(after), `${ruleId}: ${text}`).toBeLessThan(count(marks))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('offers no deletion that leaves another sentence breaking off', () => {
    const fixOf = (text: string) =>
      findHygieneMarks(text, { role: 'caption' }).find(
        ({ ruleId }) => ruleId === 'caption/unfinished',
      )?.fix
    expect(fixOf('A dog on a bench. It sits next to the')).toMatchObject({ start: 17 })
    expect(fixOf('A dog… Salt and pepper - ')).toBeNull()
  })

  test('lets things of a group overlap once only: a mail address is no web address', () => {
    const marks = findHygieneMarks('A shop, info@www.example.com', { role: 'alt' })
    expect(marks.map(({ ruleId }) => ruleId)).toEqual(['private/mail'])
  })

  test('tells roles apart', () => {
    const text = 'The image shows a dog that appears to be asleep.'
    const ids = (which: 'alt' | 'caption') =>
      findHygieneMarks(text, { role: which }).map(({ ruleId }) => ruleId)
    expect(ids('alt')).toEqual([])
    expect(ids('caption')).toEqual(['caption/opener', 'caption/hedge'])
  })
})

/** What makes careless patterns take the square of a text's length: long runs of what a pattern starts with. */
const LONG = 100_000
const PITFALLS = [
  'a',
  'A',
  ' ',
  '1',
  '#a',
  '@a ',
  '-',
  '.',
  'a.',
  'a-',
  'a@',
  '<a ',
  '<!--',
  '&amp;',
  'Ã',
  'Ã©',
  '"',
  '“',
  '(',
  '!',
  ', ',
  '| ',
  '\n',
  '\n\n',
  'a, ',
  'The image shows ',
  'adding a ',
  'adding a sense of ',
  'A B',
  '😍',
  '\u200b',
  '\ud800',
  'Photo by A ',
  'Buy now ',
  '$1 ',
  '1 2 3 4 ',
  '+49 ',
  '12 Aa ',
  'De ',
  'Emma ',
  'the the ',
  'A red bus. ',
  'аa',
  'click ',
  'https://',
  'www.',
  'IMG_1',
  'may be an image ',
  'stock photo ',
  'DE89',
  '4111 ',
  '1.123, ',
  '12 rue de ',
  'appears to ',
  'I am ',
  'a\u0301',
  'ا',
  '中',
  'word ',
  'Wort, ',
  'X1y2Z3',
  'abcdef123456',
  '5f3a9c2e7b1d4a60 ',
  '…',
  ') ',
  ': ',
  '=',
] as const

describe('long texts', () => {
  // A pattern with quadratic time needs minutes for one of these, so that the limit of the test ends it.
  test.each(PITFALLS)(`reads 100,000 characters of %j`, (pitfall) => {
    const text = pitfall.repeat(Math.ceil(LONG / pitfall.length)).slice(0, LONG)
    expect(Array.isArray(findHygieneMarks(text, { role: 'caption' }))).toBe(true)
  })
})

test('rules have ids of their own', () => {
  expect(new Set(HYGIENE_RULES.map(({ id }) => id)).size).toBe(HYGIENE_RULES.length)
})
