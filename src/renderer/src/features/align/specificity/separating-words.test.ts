import { expect, it } from 'vitest'
import { separatingWords } from './separating-words.ts'

const CAPTION = 'A red bus, a dog, a kite and a red bus.'

const unit = (words: string, contrast: number, from = 0) => {
  const start = CAPTION.indexOf(words, from)
  return { start, end: start + words.length, contrast }
}

it('names the words that separate most, each once, and none that fits the others too', () => {
  const units = [
    ...[unit('dog', 0.1), unit('red bus', 0.3), unit('red bus', 0.2, 20)],
    ...[unit('kite', -0.2), unit('a kite', 0.05), unit('and', 0.01)],
  ]
  expect(separatingWords(CAPTION, { units })).toEqual(['red bus', 'dog', 'a kite'])
})

it('names nothing of a text that became shorter meanwhile', () => {
  expect(separatingWords('A red', { units: [unit('red bus', 0.3)] })).toEqual([])
})
