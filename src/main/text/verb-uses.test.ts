import { expect, it } from 'vitest'
import { findMostlyVerbs } from './verb-uses.ts'

it('tells verbs from nouns by the texts that have them', () => {
  const texts = [
    'Two men stand in the woods.',
    'People stand near a bus stop.',
    'A man who sells bananas at a fruit stand.',
  ]
  const stands = ['The dog stands with its tail up.', 'A cat stands on top of a car.']
  expect(
    findMostlyVerbs([
      { word: 'stand', texts },
      { word: 'stand', texts: texts.slice(2) },
      { word: 'stands', texts: stands },
      { word: 'stands', texts: ['A crowd in the stands.', 'People in the stands'] },
    ]),
  ).toEqual([true, false, true, false])
})

it('does not take the things of a list and parts of compounds for verbs', () => {
  expect(
    findMostlyVerbs([
      { word: 'sink', texts: ['A bathroom with a toilet, a large mirror, and sink.'] },
      { word: 'bears', texts: ['Two teddy bears sitting next to each other.'] },
      { word: 'leaves', texts: ['Green leaves of the tree'] },
    ]),
  ).toEqual([false, false, false])
})

it('has nothing to say of words without texts', () => {
  expect(findMostlyVerbs([{ word: 'stand', texts: [] }])).toEqual([false])
})
