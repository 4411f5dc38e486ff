import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeThreeWay } from '../../../../../shared/domain/three-way-merge.ts'
import { conflictKey, listConflicts, resolveMerge, type MergeChoice } from './merge-choices.ts'

const TEXTS = {
  base: 'A dog runs. The sky is blue.',
  mine: 'A brown dog runs. The sky is grey.',
  theirs: 'A dog runs fast. The sky is red.',
}

function resolve(choice: MergeChoice, texts = TEXTS): string | null {
  const chunks = mergeThreeWay(texts)
  return resolveMerge(
    chunks,
    new Map(listConflicts(chunks).map((chunk) => [conflictKey(chunk), choice])),
  )
}

test('keeps what only one side changed, and asks where both did', () => {
  const chunks = mergeThreeWay(TEXTS)
  expect(listConflicts(chunks)).toHaveLength(1)
  expect(resolveMerge(chunks, new Map())).toBeNull()
  expect(resolve('mine')).toBe('A brown dog runs fast. The sky is grey.')
  expect(resolve('theirs')).toBe('A brown dog runs fast. The sky is red.')
  expect(resolve('both')).toBe('A brown dog runs fast. The sky is grey red.')
})

test('a side that changed nothing leaves nothing to choose', () => {
  const text = fc
    .array(fc.constantFrom('a', 'dog', 'runs.', ' ', 'sky'), { maxLength: 20 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, (base, theirs) => {
      expect(resolve('mine', { base, mine: base, theirs })).toBe(theirs)
      expect(resolve('mine', { base, mine: theirs, theirs: base })).toBe(theirs)
    }),
  )
})
