import { describe, expect, it } from 'vitest'
import { openWordNet } from './wordnet.ts'

const wordNet = openWordNet()

describe('WordNet', () => {
  it('finds words at both ends and in the middle of its files', () => {
    expect(wordNet.has("'hood", 'noun')).toBe(true)
    expect(wordNet.has('zymosis', 'noun')).toBe(true)
    expect(wordNet.has('fire truck', 'noun')).toBe(true)
    expect(wordNet.has('zzzz', 'noun')).toBe(false)
    expect(wordNet.has('do', 'verb')).toBe(true)
    expect(wordNet.has('fire tru', 'noun')).toBe(false)
  })

  it.each([
    ['zebras', 'zebra'],
    ['boxes', 'box'],
    ['men', 'man'],
    ['children', 'child'],
    ['geese', 'goose'],
    ['leaves', 'leaf'],
    ['berries', 'berry'],
    ['grass', 'grass'],
    ['bus', 'bus'],
    ['scissors', 'scissors'],
    ['glorp', null],
  ])('knows the base form of the noun %s', (word, base) => {
    expect(wordNet.baseForm(word, 'noun')).toBe(base)
  })

  it.each([
    ['running', 'run'],
    ['sits', 'sit'],
    ['carried', 'carry'],
    ['wore', 'wear'],
    ['riding', 'ride'],
  ])('knows the base form of the verb %s', (word, base) => {
    expect(wordNet.baseForm(word, 'verb')).toBe(base)
  })

  it('knows kinds, in one direction', () => {
    expect(wordNet.isKindOf('iguana', 'lizard')).toBe(true)
    expect(wordNet.isKindOf('lizard', 'iguana')).toBe(false)
    expect(wordNet.isKindOf('dog', 'cat')).toBe(false)
    expect(wordNet.isKindOf('dog', 'dog')).toBe(false)
    // Everything is an entity: that says nothing.
    expect(wordNet.isKindOf('dog', 'entity')).toBe(false)
  })

  it('knows words of one meaning', () => {
    expect(wordNet.areSynonyms('sofa', 'couch')).toBe(true)
    expect(wordNet.areSynonyms('sofa', 'chair')).toBe(false)
  })

  it('tells single things from kinds', () => {
    expect(wordNet.senses('paris', 'noun', 1)[0]?.isInstance).toBe(true)
    expect(wordNet.senses('city', 'noun', 1)[0]?.isInstance).toBe(false)
  })

  it('gives deeper nouns a larger depth', () => {
    expect(wordNet.depth('iguana')).toBeGreaterThan(wordNet.depth('lizard'))
    expect(wordNet.depth('entity')).toBe(0)
    expect(wordNet.depth('glorp')).toBe(0)
  })

  it('takes any text for a word', () => {
    for (const word of ['', ' ', '\ud800', 'é', 'a\nb', 'x'.repeat(5_000), '%', '__proto__'])
      expect(wordNet.baseForm(word, 'noun')).toBeNull()
  })
})
