import { expect, test } from 'vitest'
import { countText } from './text-counts.ts'

test('counts words and what a reader would call characters', () => {
  expect(countText('')).toEqual({ words: 0, characters: 0 })
  expect(countText('a dog, barking')).toEqual({ words: 3, characters: 14 })
  expect(countText('👩‍👩‍👧 e\u0301 🇩🇪')).toEqual({ words: 1, characters: 5 })
  expect(countText('一只气球').words).toBeGreaterThan(1)
})
