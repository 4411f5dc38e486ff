import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords, type DiffPart } from '../../../../../shared/domain/word-diff.ts'
import { splitRows } from './diff-rows.ts'

const join = (parts: readonly DiffPart[]) => parts.map((part) => part.text).join('')

test('puts each sentence beside what it became', () => {
  const before = 'A dog runs. The sky is blue. A tree stands there.'
  const after = 'A brown dog runs. The sky is blue. A tree stands here.'
  const rows = splitRows(diffWords(before, after))
  expect(rows.map((row) => [join(row.before), join(row.after)])).toEqual([
    ['A dog runs. ', 'A brown dog runs. '],
    ['The sky is blue. ', 'The sky is blue. '],
    ['A tree stands there.', 'A tree stands here.'],
  ])
})

test('keeps both texts whole', () => {
  const text = fc
    .array(fc.constantFrom('A dog runs. ', 'It is late! ', 'sky', ' ', '狗。', '\n'), {
      maxLength: 20,
    })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const rows = splitRows(diffWords(before, after))
      expect(rows.map((row) => join(row.before)).join('')).toBe(before)
      expect(rows.map((row) => join(row.after)).join('')).toBe(after)
    }),
  )
})
