import { describe, expect, it, test } from 'vitest'
import {
  applyTextEdit,
  compileTextEdit,
  describeTextEdit,
  MAX_EDITED_LENGTH,
  type TextEdit,
} from './text-edit.ts'

type Replace = Extract<TextEdit, { kind: 'replace' }>

function replace(find: string, replacement: string, options: Partial<Replace> = {}): TextEdit {
  return {
    ...{ kind: 'replace', find, replacement, isPattern: false, matchCase: true, wholeWords: false },
    ...options,
  }
}

const pattern = { isPattern: true }
const whole = { wholeWords: true }
const anyCase = { matchCase: false }

describe('find and replace', () => {
  test.each<[string, TextEdit, string]>([
    ['a cat, a cat', replace('cat', 'dog'), 'a dog, a dog'],
    ['a Cat', replace('cat', 'dog'), 'a Cat'],
    ['a Cat', replace('cat', 'dog', anyCase), 'a dog'],
    ['ΣΊΣΥΦΟΣ', replace('σίσυφος', 'x', anyCase), 'x'],
    ['costs $5.00 (new)', replace('$5.00 (new)', '$& $1 $$', {}), 'costs $& $1 $$'],
    ['a.b axb', replace('a.b', 'c'), 'c axb'],
    ['cat category concat cat', replace('cat', 'dog', whole), 'dog category concat dog'],
    ["don't do", replace('don', 'x', whole), "don't do"],
    ['Über über-all', replace('ber', 'x', whole), 'Über über-all'],
    ['猫と犬がいる', replace('犬', '狐', whole), '猫と狐がいる'],
    ['in stock, free', replace(', ', ' ', whole), 'in stock free'],
    ['x\ud800y', replace('x', 'z'), 'z\ud800y'],
    ['x\ud800y', replace('\ud800', '-'), 'x-y'],
    ['👩‍🚀!', replace('!', '?'), '👩‍🚀?'],
    ['red bus', replace('(\\w+) (\\w+)', '$2 $1', pattern), 'bus red'],
    ['red bus', replace('(?<c>\\w+) bus', '$<c> tram $$ $&', pattern), 'red tram $ red bus'],
    ['abc', replace('b', "[$`|$']", pattern), 'a[a|c]c'],
    ['ab', replace('(a)', '$10 $2 $<n>', pattern), 'a0 $2 $<n>b'],
    ['ab', replace('(a)|(z)', '[$1$2]', pattern), '[a]b'],
    ['a 12 b 345', replace('\\d+', '#', pattern), 'a # b #'],
    ['one two', replace('^', '> ', pattern), '> one two'],
    ['Red red', replace('red', 'x', { ...pattern, ...anyCase, ...whole }), 'x x'],
    ['cat', replace('cat', 'cat'), 'cat'],
  ])('%j by %j gives %j', (text, edit, result) => {
    expect(applyTextEdit(text, edit)).toBe(result)
  })

  test.each(['(', '[z-a]', 'a{2,1}', '\\'])('refuses the pattern %j and says why', (find) => {
    expect(() => compileTextEdit(replace(find, '', pattern))).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }) as Error,
    )
  })

  it('takes signs of patterns for themselves where none is asked for', () => {
    const signs = '\\^$.*+?()[]{}|/-'
    for (const sign of signs) expect(applyTextEdit(`x${sign}y`, replace(sign, '')), sign).toBe('xy')
  })

  it('stops before a text outgrows the longest caption', () => {
    const edit = replace('a', 'b'.repeat(10_000))
    expect(() => applyTextEdit('a'.repeat(100_000), edit)).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE' }) as Error,
    )
    expect(applyTextEdit('a'.repeat(100), edit)).toHaveLength(MAX_EDITED_LENGTH)
    const behind = { kind: 'suffix', text: 'b' } as const
    expect(() => applyTextEdit('a'.repeat(MAX_EDITED_LENGTH), behind)).toThrow('longer than')
  })
})

test.each<[string, TextEdit, string]>([
  ['a bus', { kind: 'prefix', text: 'photo of ' }, 'photo of a bus'],
  ['photo of a bus', { kind: 'prefix', text: 'photo of ' }, 'photo of a bus'],
  ['a bus', { kind: 'suffix', text: '.' }, 'a bus.'],
  ['a bus.', { kind: 'suffix', text: '.' }, 'a bus.'],
  ['', { kind: 'prefix', text: '$&' }, '$&'],
])('%j by %j gives %j', (text, edit, result) => {
  expect(applyTextEdit(text, edit)).toBe(result)
})

test.each<['sentence' | 'lower' | 'upper', string, string]>([
  ['lower', 'A Red BUS in Ålesund', 'a red bus in ålesund'],
  ['upper', 'straße é 猫', 'STRASSE É 猫'],
  ['sentence', 'a red bus. it is in London! ok?', 'A red bus. It is in London! Ok?'],
  ['sentence', 'A DOG AND A CAT. a bird', 'A dog and a cat. A bird'],
  ['sentence', 'dogs, e.g. a pug, etc. and cats', 'Dogs, e.g. a pug, etc. and cats'],
  ['sentence', 'Big Ben in London', 'Big Ben in London'],
  ['sentence', 'BBC', 'BBC'],
  ['sentence', 'USA flag', 'USA flag'],
  ['sentence', '“hello,” says a sign', '“Hello,” says a sign'],
  ['sentence', 'iPhone on a desk', 'iPhone on a desk'],
  ['sentence', '3 dogs', '3 dogs'],
  ['sentence', 'ßx', 'ßx'],
  ['sentence', ' \télan\r\n', ' \tÉlan\r\n'],
  ['sentence', '', ''],
])('%s case of %j is %j', (letterCase, text, result) => {
  expect(applyTextEdit(text, { kind: 'case', letterCase })).toBe(result)
})

it('says in a few words what an edit does', () => {
  expect(describeTextEdit(replace('a', 'b'))).toBe('Replace “a” with “b”')
  expect(describeTextEdit(replace('a', ''))).toBe('Delete “a”')
  expect(describeTextEdit({ kind: 'prefix', text: 'x'.repeat(99) })).toMatch(/^Put “x{60}…” in/)
})
