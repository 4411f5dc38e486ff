import { expect, it } from 'vitest'
import type { Foil } from '../../../shared/domain/check-plan.ts'
import { plannedUnit } from '../../checks/planned-unit.fixture.ts'
import { foilUnits } from './self-foils.ts'

const TEXT = 'A dog beside a red bus.'
const foil = (words: string, tier: Foil['tier']): Foil => ({ words, phrase: words, tier })

const DOG = plannedUnit({
  ...{ start: 2, end: 5, words: 'dog', claim: 'object' },
  foils: [foil('apple', 'adversarial'), foil('cat', 'popular'), foil('kite', 'random')],
})
const RED = plannedUnit({
  ...{ start: 15, end: 18, words: 'red', claim: 'colour' },
  foils: [foil('orange', 'adversarial')],
})

it('puts one foil in the place of each unit, with the article that it takes', () => {
  const foiled = foilUnits(TEXT, [DOG, RED], { turn: 2, alsoTrue: [] })
  expect(foiled.map(({ text }) => text)).toEqual([
    'An apple beside a red bus.',
    'A dog beside an orange bus.',
  ])
  expect(foiled.map(({ text, start, end }) => text.slice(start, end))).toEqual(['apple', 'orange'])
})

it('takes the tiers in turn', () => {
  const words = [0, 1, 2, 3].map((turn) => {
    const [first] = foilUnits(TEXT, [DOG], { turn, alsoTrue: [] })
    return first?.text.slice(first.start, first.end)
  })
  expect(words).toEqual(['kite', 'cat', 'apple', 'kite'])
})

it('claims nothing that another text of the picture says, and makes no plural of one', () => {
  const others = { turn: 0, alsoTrue: ['Two kites, and cats.'] }
  expect(foilUnits(TEXT, [DOG], others).map(({ text }) => text)).toEqual([
    'An apple beside a red bus.',
  ])
  const two = plannedUnit({
    ...{ start: 0, end: 1, words: 'A', claim: 'count' },
    foils: [foil('one', 'adversarial')],
  })
  expect(foilUnits(TEXT, [two], { turn: 0, alsoTrue: [] })).toEqual([])
})
