import { describe, expect, it } from 'vitest'
import { insertDetail } from './insert-detail.ts'

function add(caption: string, phrase: string): string | null {
  return insertDetail(caption, { phrase, instead: null })
}

describe('a thing', () => {
  it.each([
    ['A dog on grass.', 'a red ball', 'A dog on grass, with a red ball.'],
    ['A dog on grass', 'a red ball', 'A dog on grass, with a red ball'],
    ['A dog on grass. ', 'a red ball', 'A dog on grass, with a red ball. '],
    ['A dog. It runs!', 'a fence', 'A dog. It runs, with a fence!'],
    ['A dog...', 'a fence', 'A dog, with a fence...'],
    ['A dog,', 'a fence', 'A dog, with a fence'],
    ['A dog with', 'a fence', 'A dog with a fence'],
    ['Seen here:', 'a fence', 'Seen here: a fence'],
    ['', 'a red ball', 'A red ball.'],
    [' ', 'hills', 'Hills. '],
    ['dove', 'grass', 'dove, with grass'],
    [
      'A dog. The picture is in black and white.',
      'a ball',
      'A dog, with a ball. The picture is in black and white.',
    ],
  ])('goes to the end of the last sentence of %j: %j', (caption, phrase, expected) => {
    expect(add(caption, phrase)).toBe(expected)
  })

  it.each([
    ['A dog', 'A dog. The sky is grey.'],
    ['A dog.', 'A dog. The sky is grey.'],
    ['', 'The sky is grey.'],
    ['He said “go.”', 'He said “go.” The sky is grey.'],
  ])('that is a sentence stays one behind %j', (caption, expected) => {
    expect(add(caption, 'The sky is grey.')).toBe(expected)
  })

  it.each([
    ['A sign that reads “OPEN”', 'A sign that reads “OPEN”, with a fence'],
    ['A sign that reads “OPEN”.', 'A sign that reads “OPEN”, with a fence.'],
    ['A sign reads “go.”', 'A sign reads “go”, with a fence.'],
    ['A sign reads "Stop!"', 'A sign reads "Stop!", with a fence.'],
    ['A dog (on the left)', 'A dog (on the left), with a fence'],
  ])('is not said by what is quoted in %j', (caption, expected) => {
    expect(add(caption, 'a fence')).toBe(expected)
  })

  it.each([
    ['A tree, with hills', 'A tree, with hills and a rug'],
    ['A tree, with hills and grass.', 'A tree, with hills, grass and a rug.'],
    ['A tree, with hills, a cow and grass.', 'A tree, with hills, a cow, grass and a rug.'],
    ['A tree, with hills, a cow, and grass.', 'A tree, with hills, a cow, grass, and a rug.'],
    ['A bath. There is also a trophy.', 'A bath. There is also a trophy and a rug.'],
    ['There are also a cup and a van', 'There are also a cup, a van and a rug'],
    ['A tree, with a building.', 'A tree, with a building and a rug.'],
    ['A tree, with a bowl of fruit.', 'A tree, with a bowl of fruit and a rug.'],
    ['A bath. There is a cup on a rug.', 'A bath. There is a cup on a rug, with a rug.'],
    ['A tree, with a man holding a cup.', 'A tree, with a man holding a cup, with a rug.'],
  ])('joins what %j lists already', (caption, expected) => {
    expect(add(caption, 'a rug')).toBe(expected)
  })

  it.each([
    ['Blue Dolphin at Night in Lake Como', 'the sea', ', with the Sea'],
    ['Three Red Boats', 'the words “NO WAKE”', ', with the Words “NO WAKE”'],
    ['TWO RED BOATS', 'a house', ', WITH A HOUSE'],
    ['Lake Como', 'a house', ', with a house'],
    ['grey school, yellow tulip', 'a rat', ', rat'],
    ['1girl, blue_hair, looking up', 'the sky', ', sky'],
    ['a castle, a cow', 'a rat', ', with a rat'],
    ['A castle, lit up at night', 'a rat', ', with a rat'],
  ])('is written as %j is', (caption, phrase, added) => {
    expect(add(caption, phrase)).toBe(caption + added)
  })
})

it.each([
  ['A tree. (click to enlarge)', [], 'A tree, with a rug. (click to enlarge)'],
  ['A tree | In stock - £5', [{ start: 6, end: 22 }], 'A tree, with a rug | In stock - £5'],
  [
    'A tree. #art #sky',
    [
      { start: 7, end: 12 },
      { start: 12, end: 17 },
    ],
    'A tree, with a rug. #art #sky',
  ],
  ['Only junk', [{ start: 0, end: 9 }], 'Only junk, with a rug'],
  ['#art A tree.', [{ start: 0, end: 5 }], '#art A tree, with a rug.'],
])('puts a thing before what %j does not tell of the picture', (caption, junk, expected) => {
  expect(insertDetail(caption, { phrase: 'a rug', instead: null }, junk)).toBe(expected)
})

it('puts a property in the place of the words that it is told of, and nothing where they are gone', () => {
  const instead = { words: 'a car', occurrence: 1, insert: 'an orange car' }
  const detail = { phrase: 'an orange car', instead }
  expect(insertDetail('Beside a car there is a car.', detail)).toBe(
    'Beside a car there is an orange car.',
  )
  expect(insertDetail('Beside a car there is a cart.', detail)).toBeNull()
})
