import { ChangeSet, Text } from '@codemirror/state'
import { expect, it } from 'vitest'
import { areWordsChanged } from './changed-words.ts'

const CAPTION = 'A red car.'
const RED = { start: 2, end: 5 }

/** Whether "red" is no longer that word after an edit. */
function isChanged(from: number, to: number, insert: string): boolean {
  const before = Text.of([CAPTION])
  const changes = ChangeSet.of({ from, to, insert }, before.length)
  return areWordsChanged(RED, { changes, before, after: changes.apply(before) })
}

it.each([
  ['letters inside it', 3, 3, 'x'],
  ['a letter taken out of it', 3, 4, ''],
  ['another word in its place', 2, 5, 'blue'],
  ['letters at its end', 5, 5, 'dish'],
  ['letters before it', 2, 2, 'infra'],
  ['the space behind it taken out', 5, 6, ''],
  ['the whole text gone', 0, CAPTION.length, ''],
])('%s make another word of it', (_, from, to, insert) => {
  expect(isChanged(from, to, insert)).toBe(true)
})

it.each([
  ['a word before it', 2, 2, 'small '],
  ['a word behind it', 5, 5, ' old'],
  ['a comma behind it', 5, 5, ','],
  ['an edit elsewhere', 6, 9, 'bus'],
  ['the space before it made two', 2, 2, ' '],
])('%s leave it the same', (_, from, to, insert) => {
  expect(isChanged(from, to, insert)).toBe(false)
})
