import { expect, it } from 'vitest'
import { insertDetail } from './insert-detail.ts'

it.each([
  ['A dog on grass.', 'a red ball', 'A dog on grass, with a red ball.'],
  ['A dog on grass', 'a red ball', 'A dog on grass, with a red ball'],
  ['A dog. It runs!', 'a fence', 'A dog. It runs, with a fence!'],
  ['', 'a red ball', 'A red ball.'],
  ['A dog', 'The sky is grey.', 'A dog. The sky is grey.'],
  ['A dog.', 'The sky is grey.', 'A dog. The sky is grey.'],
  ['He said “go.”', 'a sign', 'He said “go.” With a sign.'],
])('puts %j and %j together', (caption, phrase, expected) => {
  expect(insertDetail(caption, { phrase, instead: null })).toBe(expected)
})

it('puts a property in the place of the words that it is told of, and nothing where they are gone', () => {
  const instead = { words: 'a car', occurrence: 1, insert: 'an orange car' }
  const detail = { phrase: 'an orange car', instead }
  expect(insertDetail('Beside a car there is a car.', detail)).toBe(
    'Beside a car there is an orange car.',
  )
  expect(insertDetail('Beside a car there is a cart.', detail)).toBeNull()
})
