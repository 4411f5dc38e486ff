import { describe, expect, it } from 'vitest'
import { createMentionTest } from './mentions.ts'
import { findUnsaid } from './mentions-unsaid.ts'

const NOTHING = { altTexts: [], neighbours: [], labels: [], nouns: [] } as const

describe('createMentionTest', () => {
  const isSaid = createMentionTest('A sheepdog lies on a couch in a snowy garden, beside Rex.')

  it.each([
    ['its own words', 'couch'],
    ['a synonym', 'sofa'],
    ['a wider word than the text has', 'dog'],
    ['a narrower word, which would say the thing twice', 'love seat'],
    ['a word that another one is made of', 'snow'],
    ['a name', 'rex'],
  ])('finds %s', (_, noun) => {
    expect(isSaid(noun)).toBe(true)
  })

  it.each(['umbrella', 'cat', 'fence'])('does not find %s', (noun) => {
    expect(isSaid(noun)).toBe(false)
  })
})

describe('findUnsaid', () => {
  it.each([
    ['scissors', 'scissors'],
    ['skis', 'skis'],
    ['wine glass', 'a wine glass'],
    ['traffic light', 'a traffic light'],
    ['bus', 'a bus'],
    ['utensil', 'a utensil'],
    ['ukulele', 'a ukulele'],
    ['umbrella', 'an umbrella'],
    ['x-ray', 'an x-ray'],
  ])('says %s of a detector as %s', (label, phrase) => {
    const { labels } = findUnsaid({ ...NOTHING, caption: 'A wall.', labels: [label] })
    expect(labels.map((thing) => thing.phrase)).toEqual([phrase])
  })

  it('leaves words that dictionaries have in the plural as they are', () => {
    const altTexts = ['three kites and cows in a meadow']
    const { altTexts: found } = findUnsaid({ ...NOTHING, caption: 'Three kites.', altTexts })
    expect(found.map(({ phrase }) => phrase)).toContain('cows')
  })

  it('takes things of alt-texts that the caption leaves out, ready to be inserted', () => {
    const { altTexts } = findUnsaid({
      ...NOTHING,
      caption: 'A dog lies on grass.',
      altTexts: [
        'a dog with a red umbrella and two bees - stock illustration 123',
        'Dog, umbrella and an apple in the snow',
      ],
    })
    expect(altTexts).toEqual([
      { noun: 'umbrella', phrase: 'an umbrella', share: 1 },
      { noun: 'bee', phrase: 'bees', share: 0.5 },
      { noun: 'apple', phrase: 'an apple', share: 0.5 },
      { noun: 'snow', phrase: 'snow', share: 0.5 },
    ])
  })

  it('counts how many neighbours say a thing, each once', () => {
    const { neighbours } = findUnsaid({
      ...NOTHING,
      caption: 'A dog.',
      neighbours: ['A cat near a cat.', 'A fence.', 'A dog and a cat.', 'A mood of joy.'],
    })
    expect(neighbours).toEqual([
      { noun: 'cat', phrase: 'a cat', share: 0.5 },
      { noun: 'fence', phrase: 'a fence', share: 0.25 },
    ])
  })

  it('leaves out labels and nouns that are said', () => {
    const { labels, nouns } = findUnsaid({
      ...NOTHING,
      caption: 'A puppy in a park.',
      labels: ['Dog', 'Bench'],
      nouns: ['park', 'sea'],
    })
    expect(labels.map(({ phrase }) => phrase)).toEqual(['a bench'])
    expect(nouns).toEqual(['sea'])
  })
})
