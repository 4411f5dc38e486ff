import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSentenceLines } from './sentence-lines.ts'

test('puts each sentence on a line of its own', () => {
  const { wrap } = createSentenceLines()
  expect(wrap('A dog runs. The sky is blue.  It rains').split('\n')).toEqual([
    'A dog runs. ',
    'The sky is blue.  ',
    'It rains',
  ])
})

test('gives back every text byte for byte', () => {
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom('A dog. ', '\r\n', '\n', '\r', '\ue000', '\ue002x', '狗。', '\ud83d', ' '),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, (one, other) => {
      const { wrap, unwrap } = createSentenceLines(one, other)
      expect(unwrap(wrap(one))).toBe(one)
      expect(unwrap(wrap(other))).toBe(other)
    }),
  )
})
