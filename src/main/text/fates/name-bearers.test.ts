import { describe, expect, it } from 'vitest'
import { findFates } from './find-fates.ts'

/** The names of an alt-text that the caption gives to another thing. */
function astray(altText: string, caption: string): number {
  const fates = findFates({ altText, caption, boilerplate: [], reasons: [] })
  return fates.filter(({ isAstray }) => isAstray === true).length
}

describe('a name that the caption gives to another thing', () => {
  it.each([
    ['a Ford truck beside a bus', 'A truck stands beside a Ford bus.'],
    ['the dog Rex next to a cat', 'A cat named Rex sits beside a dog.'],
    ['a cat called Tom and a parrot', 'Tom the parrot watches a cat.'],
    ['a Toyota truck beside a bus', 'A truck stands beside a Toyota bus.'],
    ['a dog named Sydney beside a cat', 'A cat named Sydney beside a dog.'],
    ['Ingrid’s blue whale and a mouse', 'A blue whale beside Ingrid’s mouse.'],
    ["Emma's chest below four yellow fish", "A chest below Emma's four yellow fish."],
    ['Ingrid’s blue whale and a mouse', 'A whale and a mouse named Ingrid.'],
    ['Anna and the singer Adele', 'the singer Anna and the guitarist Adele'],
  ])('is told: %s > %s', (altText, caption) => {
    expect(astray(altText, caption)).toBe(1)
  })

  it.each([
    ['the same thing', 'a Ford truck beside a bus', 'A Ford truck stands beside a red bus.'],
    ['a wider word for it', 'a Ford truck beside a bus', 'A Ford vehicle and a bus.'],
    ['a narrower word for it', 'the dog Rex next to a cat', 'Rex the poodle next to a cat.'],
    ['a thing that took its place', 'the dog Rex on a sofa', 'The cat Rex on a sofa.'],
    ['nobody says whose it is', 'the dog Rex next to a cat', 'Rex sits beside a cat and a dog.'],
    ['it was not said before', 'Rex, a dog and a cat', 'A cat named Rex beside a dog.'],
    ['it owns the same', 'Ingrid’s blue whale and a mouse', 'A mouse beside Ingrid’s large whale.'],
    ['a place goes with anything', 'a Paris hotel and a street', 'A hotel in a Paris street.'],
  ])('is not: %s', (_, altText, caption) => {
    expect(astray(altText, caption)).toBe(0)
  })
})
