import { expect, it } from 'vitest'
import { findVisibleNouns } from './visible-nouns.ts'

it('finds the nouns of what can be seen, in the singular', () => {
  expect(findVisibleNouns(['dogs', 'men', 'snow', 'train', 'building', 'iguana'])).toEqual([
    ...['dog', 'man', 'snow', 'train', 'building', 'iguana'],
  ])
})

it('leaves out verbs, colours, small words, and what is said of the picture itself', () => {
  const words = ['standing', 'red', 'in', 'with', 'can', 'image', 'freedom', 'paris', 'xyzzy']
  expect(findVisibleNouns(words)).toEqual(words.map(() => null))
})
