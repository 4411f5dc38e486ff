import { describe, expect, it } from 'vitest'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import { findUnits } from '../units/find-units.ts'
import { findFates, type FatesInput } from './find-fates.ts'

/** Fates as "words: fate > counterpart ?", where the question mark asks for a reason. */
function tellFates(altText: string, caption: string, rest: Partial<FatesInput> = {}): string[] {
  const units = findUnits(altText)
  const words = ({ start, end }: TextSpan, text: string) => text.slice(start, end)
  return findFates({ altText, caption, boilerplate: [], reasons: [], ...rest }).map(
    ({ unit, fate, counterpart, asksReason }) => {
      const span = units[unit]
      const said = span === undefined ? 'none' : words(span, altText)
      const answer = counterpart === null ? '' : ` > ${words(counterpart, caption)}`
      return `${said}: ${fate}${answer}${asksReason ? ' ?' : ''}`
    },
  )
}

/** Alt-text, caption, and every fate, worked out by hand. */
const PAIRS: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a green iguana on a rock',
    'A green lizard sits on a rock.',
    ['green: kept > green', 'iguana: generalised > lizard ?', 'on: kept > on', 'rock: kept > rock'],
  ],
  [
    'a lizard on a rock',
    'an iguana on a rock',
    ['lizard: specialised > iguana', 'on: kept > on', 'rock: kept > rock'],
  ],
  [
    'Toyota Corolla 1998',
    'A white Toyota Corolla from 1998 is parked on a street.',
    ['Toyota Corolla: kept > Toyota Corolla', '1998: kept > 1998'],
  ],
  [
    'Toyota Corolla 1998',
    'A white car is parked on a street.',
    ['Toyota Corolla: generalised > car ?', '1998: dropped ?'],
  ],
  [
    'Toyota Corolla 1998',
    'A Toyota from 1998.',
    ['Toyota Corolla: generalised > Toyota ?', '1998: kept > 1998'],
  ],
  [
    'Toyota Corolla 1998',
    'Toyota Corolla 1999',
    ['Toyota Corolla: kept > Toyota Corolla', '1998: changed > 1999'],
  ],
  [
    'Two iguanas near the Eiffel Tower',
    'Two iguanas sleep.',
    ['Two: kept > Two', 'iguanas: kept > iguanas', 'near: dropped', 'Eiffel Tower: dropped ?'],
  ],
  ['two dogs', 'three dogs', ['two: changed > three', 'dogs: kept > dogs']],
  ['two dogs', 'several dogs', ['two: generalised > several ?', 'dogs: kept > dogs']],
  ['several dogs', 'four dogs', ['several: specialised > four', 'dogs: kept > dogs']],
  ['two dogs', 'a pair of cats', ['two: kept > pair', 'dogs: changed > cats']],
  ['two dogs', 'a group of dogs', ['two: generalised > group ?', 'dogs: kept > dogs']],
  ['two dogs', '2 dogs', ['two: kept > 2', 'dogs: kept > dogs']],
  ['two dogs', 'dogs', ['two: dropped ?', 'dogs: kept > dogs']],
  [
    'two red fire trucks',
    'two red trucks',
    ['two: kept > two', 'red: kept > red', 'fire trucks: generalised > trucks ?'],
  ],
  ['a truck', 'a fire truck', ['truck: specialised > fire truck']],
  ['a sofa', 'a couch', ['sofa: kept > couch']],
  ['one cell phone', 'one cellphone', ['one: kept > one', 'cell phone: kept > cellphone']],
  ['grey cat', 'gray cat', ['grey: kept > gray', 'cat: kept > cat']],
  ['light blue shirt', 'blue shirt', ['light blue: generalised > blue', 'shirt: kept > shirt']],
  ['blue shirt', 'dark blue shirt', ['blue: specialised > dark blue', 'shirt: kept > shirt']],
  ['blue shirt', 'red shirt', ['blue: changed > red', 'shirt: kept > shirt']],
  ['blue shirt', 'shirt', ['blue: dropped', 'shirt: kept > shirt']],
  [
    'a red car next to a blue truck',
    'A blue truck stands next to a red car.',
    [
      'red: kept > red',
      'car: kept > car',
      'next to: kept > next to',
      'blue: kept > blue',
      'truck: kept > truck',
    ],
  ],
  [
    'a red car next to a blue truck',
    'a blue car next to a red truck',
    [
      'red: changed > blue',
      'car: kept > car',
      'next to: kept > next to',
      'blue: changed > red',
      'truck: kept > truck',
    ],
  ],
  [
    'A dog runs. A cat sleeps.',
    'A cat sleeps. A dog runs.',
    ['dog: kept > dog', 'runs: kept > runs', 'cat: kept > cat', 'sleeps: kept > sleeps'],
  ],
  [
    'a man on a horse',
    'a woman on a horse',
    ['man: changed > woman', 'on: kept > on', 'horse: kept > horse'],
  ],
  [
    'a man on a horse',
    'a man on a zebra',
    ['man: kept > man', 'on: kept > on', 'horse: changed > zebra'],
  ],
  ['a man on a horse', 'a man', ['man: kept > man', 'on: dropped', 'horse: dropped ?']],
  ['a man on a chair', 'a man', ['man: kept > man', 'on: dropped', 'chair: dropped ?']],
  [
    'John Smith plays guitar',
    'A man plays guitar.',
    ['John Smith: generalised > man ?', 'plays: kept > plays', 'guitar: kept > guitar'],
  ],
  [
    'skyline of NYC',
    'The skyline of New York City.',
    ['skyline: kept > skyline', 'of: kept > of', 'NYC: kept > New York City'],
  ],
  [
    'Anna at the violin, 2019',
    'In a dark room stands an old man who plays the violin.',
    ['Anna: generalised > man ?', 'at: dropped', 'violin: kept > violin', '2019: dropped ?'],
  ],
  ['Golden Gate Bridge', 'A red bridge.', ['Golden Gate Bridge: generalised > bridge ?']],
  [
    'portrait of Jon Smithe',
    'portrait of Jon Smith',
    ['portrait: kept > portrait', 'of: kept > of', 'Jon Smithe: kept > Jon Smith'],
  ],
  ['Ford F-150', 'Ford F-250', ['Ford F-150: changed > Ford F-250']],
  [
    'a sign saying "STOP"',
    'A red sign saying "STOP".',
    ['sign: kept > sign', 'saying: kept > saying', 'STOP: kept > STOP'],
  ],
  ['"STOP"', 'a red sign', ['STOP: dropped ?']],
  ['a poodle', 'a poodle on the grass beside its owner', ['poodle: kept > poodle']],
  ['a dog and another dog', 'a dog', ['dog: kept > dog', 'dog: kept > dog']],
  ['a violin', '', ['violin: dropped ?']],
  [
    'a sponge beside a wall',
    'a wall',
    ['sponge: dropped ?', 'beside: dropped', 'wall: kept > wall'],
  ],
  ['a woman in a room', 'a table', ['woman: dropped', 'in: dropped', 'room: dropped']],
  ['a firefighter', 'a person', ['firefighter: generalised > person ?']],
  [
    'a chalkboard in a room',
    'a board in a room',
    ['chalkboard: generalised > board ?', 'in: kept > in', 'room: kept > room'],
  ],
  ['a board', 'a skateboard', ['board: specialised > skateboard']],
  ['a pineapple', 'an apple', ['pineapple: dropped ?']],
  [
    'a chair beside a table',
    'an object beside a table',
    ['chair: generalised > object ?', 'beside: kept > beside', 'table: kept > table'],
  ],
  [
    'a chair beside a table',
    'a table and an object beside a stool',
    ['chair: generalised > object ?', 'beside: kept > beside', 'table: kept > table'],
  ],
  [
    'a pineapple beside a table',
    'an apple beside a table',
    ['pineapple: changed > apple', 'beside: kept > beside', 'table: kept > table'],
  ],
  [
    'a hotel left of a large otter',
    'a hotel left of a small sailboat',
    [
      'hotel: kept > hotel',
      'left of: kept > left of',
      'large: changed > small',
      'otter: changed > sailboat',
    ],
  ],
  [
    'a fish above four rocks',
    'Four rocks lie on the sea floor. A fish swims above the rocks.',
    ['fish: kept > fish', 'above: kept > above', 'four: kept > Four', 'rocks: kept > rocks'],
  ],
  [
    'a brown log and a mouse',
    'A brown log lies in the park. A mouse sits on the log. A log is there.',
    ['brown: kept > brown', 'log: kept > log', 'mouse: kept > mouse'],
  ],
  [
    'Emma in a meadow',
    'a tree in a meadow',
    ['Emma: dropped ?', 'in: kept > in', 'meadow: kept > meadow'],
  ],
  ['', 'a violin', []],
]

describe('findFates', () => {
  it.each(PAIRS)('%j in %j', (altText, caption, fates) => {
    expect(tellFates(altText, caption)).toEqual(fates)
  })

  it('calls what fell in a stretch of boilerplate removed, and keeps what is still said', () => {
    const altText = 'Brass lamp - buy now at Example Shop in Paris'
    const start = altText.indexOf('buy')
    const boilerplate = [{ start, end: altText.length }]
    const fates = tellFates(altText, 'A brass lamp in Paris.', { boilerplate })
    expect(fates).toContain('lamp: kept > lamp')
    expect(fates).toContain('Example Shop: boilerplate-removed')
    expect(fates).toContain('Paris: kept > Paris')
    expect(fates.filter((fate) => fate.endsWith('?'))).toEqual([])
  })

  it('does not take what stands in the place of boilerplate for its answer', () => {
    const altText = 'A lamp by Example'
    const boilerplate = [{ start: 7, end: altText.length }]
    const fates = tellFates(altText, 'A lamp by Person', { boilerplate })
    expect(fates).toContain('Example: boilerplate-removed')
  })

  it('calls a changed word corrected when somebody said that the old one was wrong', () => {
    const reasons = [{ words: 'dog', occurrence: 0, reason: 'wrong' }] as const
    expect(tellFates('a dog on a bed', 'a cat on a bed', { reasons })).toContain(
      'dog: corrected > cat',
    )
    expect(tellFates('a dog on a bed', 'a cat on a bed')).toContain('dog: changed > cat')
  })

  it('keeps "dropped" for a word that was wrong and that nothing replaced', () => {
    const reasons = [{ words: 'zebra', occurrence: 0, reason: 'wrong' }] as const
    expect(tellFates('a zebra', 'an empty street', { reasons })).toEqual(['zebra: dropped'])
  })

  it('asks no reason twice, and only of the words that it was given for', () => {
    const reasons = [{ words: 'Anna', occurrence: 0, reason: 'private' }] as const
    expect(tellFates('Photo of Anna with Bert', 'An empty street', { reasons })).toEqual(
      expect.arrayContaining(['Anna: dropped', 'Bert: dropped ?']),
    )
    const second = [{ words: 'zebra', occurrence: 1, reason: 'not-visible' }] as const
    expect(tellFates('a zebra and a zebra', 'grass', { reasons: second })).toEqual([
      'zebra: dropped ?',
      'zebra: dropped',
    ])
  })

  it('takes words that a person called boilerplate for removed', () => {
    const reasons = [{ words: 'Example', occurrence: 0, reason: 'boilerplate' }] as const
    expect(tellFates('A cat by Example', 'A cat', { reasons })).toContain(
      'Example: boilerplate-removed',
    )
  })

  it('has one fate for each unit, in order', () => {
    const altText = 'Two brown dogs run on a beach near Lisbon'
    const fates = findFates({ altText, caption: 'dogs', boilerplate: [], reasons: [] })
    expect(fates.map(({ unit }) => unit)).toEqual(findUnits(altText).map((_, index) => index))
  })
})
