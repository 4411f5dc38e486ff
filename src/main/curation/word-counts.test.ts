import { expect, it } from 'vitest'
import { WordCounts } from './word-counts.ts'

function countAll(words: readonly string[], most?: number): ReadonlyMap<string, number> {
  const counts = new WordCounts(most)
  for (const word of words) counts.add(word)
  return new Map(counts.all())
}

it('counts all words where they are few', () => {
  expect([...countAll(['a', 'b', 'a'])]).toEqual([
    ['a', 2],
    ['b', 1],
  ])
})

it('counts frequent words exactly among any number of rare ones, in the same way each time', () => {
  const words = Array.from({ length: 20_000 }, (_, index) => [
    'dog',
    `rare ${index}`,
    ...(index % 50 === 0 ? ['cat'] : []),
    // Comes again long after it was forgotten.
    ...(index % 5_000 === 0 ? ['late'] : []),
  ]).flat()
  const counts = countAll(words, 1_000)
  expect([counts.get('dog'), counts.get('cat')]).toEqual([20_000, 400])
  expect(counts.get('late')).toBe(4)
  expect(counts.size).toBeLessThanOrEqual(1_000)
  expect([...countAll(words, 1_000)]).toEqual([...counts])
})

it('has room again where all words come equally often', () => {
  const words = Array.from({ length: 300 }, (_, index) => `word ${index}`)
  expect(countAll([...words, ...words, ...words], 100).size).toBeLessThanOrEqual(100)
})
