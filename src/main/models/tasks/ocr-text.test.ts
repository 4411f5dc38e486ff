import { describe, expect, test } from 'vitest'
import { parseAlphabet, readSteps } from './ocr-text.ts'

const alphabet = ['a', 'b', 'ü']

/** Steps by their likeliest class. */
function steps(classes: number, ...best: readonly (readonly [number, number])[]): Float32Array {
  const data = new Float32Array(best.length * classes)
  for (const [step, [index, likelihood]] of best.entries())
    data[step * classes + index] = likelihood
  return data
}

describe('reading steps', () => {
  test('joins repeats that nothing separates', () => {
    const data = steps(5, [1, 0.9], [1, 0.8], [0, 1], [1, 0.7], [2, 0.6], [3, 0.5])
    const { text, score } = readSteps(data, 5, alphabet)
    expect(text).toBe('aabü')
    expect(score).toBeCloseTo((0.9 + 0.7 + 0.6 + 0.5) / 4, 5)
  })

  test('takes the class after the alphabet for a space, and none at the ends', () => {
    expect(readSteps(steps(5, [4, 1], [1, 1], [4, 1], [2, 1], [4, 1]), 5, alphabet).text).toBe(
      'a b',
    )
  })

  test('takes a space that is only thought of, between words but not before them', () => {
    const data = steps(5, [0, 0.9], [1, 0.9], [0, 0.9], [2, 0.9], [0, 0.9], [1, 0.9])
    data[4] = 0.01
    data[2 * 5 + 4] = 0.01
    data[4 * 5 + 4] = 0.001
    expect(readSteps(data, 5, alphabet).text).toBe('a ba')
  })

  test('of nothing is no text', () => {
    expect(readSteps(steps(5, [0, 1], [0, 1]), 5, alphabet)).toEqual({ text: '', score: 0 })
  })

  test('refuses the alphabet of another model', () => {
    expect(() => readSteps(steps(9, [0, 1]), 9, alphabet)).toThrow(
      expect.objectContaining({ code: 'PACK_GRAPH_INVALID' }),
    )
  })
})

describe('an alphabet', () => {
  test('keeps characters that are spaces', () => {
    expect(parseAlphabet('\uFEFFa\r\n\u3000\n b\n')).toEqual(['a', '\u3000', ' b'])
    expect(parseAlphabet('a\n\u3000')).toEqual(['a', '\u3000'])
  })
})
