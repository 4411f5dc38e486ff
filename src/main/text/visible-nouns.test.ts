import { expect, it } from 'vitest'
import { findVisibleNouns } from './visible-nouns.ts'

it('finds the nouns of what can be seen, in the singular', () => {
  const words = ['dogs', 'men', 'snow', 'train', 'building', 'iguana']
  expect(findVisibleNouns(words).map((found) => found?.noun)).toEqual([
    ...['dog', 'man', 'snow', 'train', 'building', 'iguana'],
  ])
})

it('says which of them are verbs as well', () => {
  expect(findVisibleNouns(['stands', 'leaves', 'iguana', 'bed'])).toEqual([
    { noun: 'stand', canBeVerb: true },
    { noun: 'leaf', canBeVerb: true },
    { noun: 'iguana', canBeVerb: false },
    { noun: 'bed', canBeVerb: false },
  ])
})

it('leaves out verbs, colours, small words, and what is said of the picture itself', () => {
  const words = ['standing', 'red', 'in', 'with', 'behind', 'can', 'image', 'freedom', 'paris']
  expect(findVisibleNouns(words)).toEqual(words.map(() => null))
})
