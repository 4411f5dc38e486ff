import { expect, it } from 'vitest'
import { SIGN_STYLES } from './graph.ts'
import { canLetter } from './letters.ts'
import { SIGN_WORDS, signBody } from './sign.ts'

it('has a letter for every character of every sign', () => {
  for (const words of Object.values(SIGN_WORDS).flat()) expect(canLetter(words), words).toBe(true)
  expect(canLetter('Ü')).toBe(false)
})

it('draws a stroke for each letter on every style', () => {
  for (const style of SIGN_STYLES) {
    const strokes = signBody(style, 'NO PARKING').match(/<path transform/g) ?? []
    expect(strokes).toHaveLength('NOPARKING'.length)
  }
})
