import { expect, test } from 'vitest'
import { shapeTexts } from './shape-texts.ts'
import type { TargetTokenizer } from './tokens/measure-budgets.ts'

/** One token a word, so that counts are known. */
const words: TargetTokenizer = {
  target: 'clip-77',
  encode: (text) => ({ count: text.match(/\S+/g)?.length ?? 0, ends: null }),
}

function shape(
  text: string,
  options: Partial<Pick<Parameters<typeof shapeTexts>[0], 'sentences' | 'tokens'>>,
  { prefix = '', key = 'a' } = {},
) {
  const args = { sentences: null, tokens: null, ...options, texts: [{ prefix, text, key }] }
  const { texts, isExact } = shapeTexts(args, [words])
  return { ...texts[0], isExact }
}

const limit = (limit: number, over: 'sentence' | 'word' | 'leave-out') => ({
  tokens: { target: 'clip-77', limit, over } as const,
})
const TEXT = 'A red bus stops. Dr. Smith waits. It rains on the roof.'

test('keeps the first sentences as they stand', () => {
  expect(shape(TEXT, { sentences: { pick: 'first', count: 2 } }).text).toBe(
    'A red bus stops. Dr. Smith waits.',
  )
  expect(shape(TEXT, { sentences: { pick: 'first', count: 3 } }).text).toBe(TEXT)
})

test('draws sentences by the key alone, in their order', () => {
  const draw = (key: string) =>
    shape(TEXT, { sentences: { pick: 'random', count: 2 } }, { key }).text ?? ''
  expect(draw('x')).toBe(draw('x'))
  const drawn = new Set(Array.from({ length: 40 }, (_, index) => draw(String(index))))
  expect([...drawn].toSorted()).toEqual([
    'A red bus stops. Dr. Smith waits.',
    'A red bus stops. It rains on the roof.',
    'Dr. Smith waits. It rains on the roof.',
  ])
})

test('cuts at a sentence, and at a word where the first sentence is too long', () => {
  expect(shape(TEXT, limit(8, 'sentence')).text).toBe('A red bus stops. Dr. Smith waits.')
  expect(shape(TEXT, limit(3, 'sentence'))).toMatchObject({ text: 'A red bus', isCut: true })
  expect(shape(TEXT, limit(12, 'sentence'))).toEqual({ text: TEXT, isCut: false, isExact: true })
})

test('cuts at a word, counts the prefix, and leaves out', () => {
  expect(shape(TEXT, limit(5, 'word')).text).toBe('A red bus stops. Dr.')
  expect(shape(TEXT, limit(5, 'word'), { prefix: 'a photo: ' }).text).toBe('A red bus')
  expect(shape(TEXT, limit(2, 'word'), { prefix: 'a long photo prefix ' }).text).toBe(null)
  expect(shape(TEXT, limit(5, 'leave-out')).text).toBe(null)
  expect(shape('', limit(1, 'word'))).toMatchObject({ text: '', isCut: false })
})

test('never cuts inside of what people see as a character', () => {
  const family = '👨‍👩‍👧‍👦'.repeat(30)
  const tokens = { target: 'characters-300', limit: 10, over: 'word' } as const
  expect(shape(family, { tokens }).text).toBe('👨‍👩‍👧‍👦')
})

test('takes the window of the target, and tells where tokens are estimated', () => {
  const tokens = { target: 'siglip-64', limit: null, over: 'word' } as const
  const { text, isExact } = shape('word '.repeat(100), { tokens })
  expect(isExact).toBe(false)
  expect(text).toMatch(/^(?:word ){50,63}word$/)
})
