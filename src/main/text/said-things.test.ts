import { describe, expect, it } from 'vitest'
import { findSaidThings } from './said-things.ts'

/** The caption with a property put in, or null where it cannot be told of the thing. */
function tell(caption: string, noun: string, value: string): string | null {
  const thing = findSaidThings(caption).find((each) => each.noun === noun)
  const wish = [...(thing?.colours ?? []), ...(thing?.counts ?? [])].find(
    (each) => each.value === value,
  )
  if (wish === undefined) return null
  const { words, occurrence, insert } = wish.instead
  const parts = caption.split(words)
  return (
    parts.slice(0, occurrence + 1).join(words) + insert + parts.slice(occurrence + 1).join(words)
  )
}

describe('findSaidThings', () => {
  it.each([
    ['A car stands on a road.', 'car', 'red', 'A red car stands on a road.'],
    ['A car stands on a road.', 'car', 'orange', 'An orange car stands on a road.'],
    ['There is an apple here.', 'apple', 'red', 'There is a red apple here.'],
    ['A small umbrella lies there.', 'umbrella', 'blue', 'A small blue umbrella lies there.'],
    ['Cats sit on grass.', 'cat', 'black', 'Black cats sit on grass.'],
    ['Two cats sit beside a dog.', 'cat', 'black', 'Two black cats sit beside a dog.'],
    ['Two sheep sit beside a dog.', 'sheep', 'black', 'Two black sheep sit beside a dog.'],
  ])('puts a colour into %j', (caption, noun, value, expected) => {
    expect(tell(caption, noun, value)).toBe(expected)
  })

  it.each([
    ['Cats sit on grass.', 'cat', 'three', 'Three cats sit on grass.'],
    ['Beside a dog there are black cats.', 'cat', 'two', 'Beside a dog there are two black cats.'],
  ])('puts a number into %j', (caption, noun, value, expected) => {
    expect(tell(caption, noun, value)).toBe(expected)
  })

  it('shows several of a thing without "a"', () => {
    const [sheep] = findSaidThings('Two sheep sit beside a dog.')
    expect(sheep?.asked).toBe('sheep')
    expect(sheep?.colours[0]?.phrase).toBe('red sheep')
  })

  it.each([
    ['what has a colour', 'A red car stands here.', 'car', 'blue'],
    ['what gets its colour later', 'A car stands here. The car is red.', 'car', 'blue'],
    ['what is taken for known', 'The car stands here.', 'car', 'blue'],
    ['what is one', 'A car stands here.', 'car', 'three'],
    ['what is counted', 'Two cars stand here.', 'car', 'three'],
    ['what is a part of a group', 'A flock of birds is here.', 'bird', 'three'],
  ])('tells nothing of %s', (_, caption, noun, value) => {
    expect(tell(caption, noun, value)).toBeNull()
  })
})
