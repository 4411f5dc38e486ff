import { expect, it } from 'vitest'
import { carryFix } from './act-on-mark.ts'

const FIX = { start: 2, end: 5, insert: 'blue', label: '' }

it('applies a fix where its words stand now, after typing went on', () => {
  const typed = 'Look: A red car on grass.'
  expect(carryFix(FIX, { from: 'A red car.', to: typed })).toEqual({
    text: 'Look: A blue car on grass.',
    caret: 12,
  })
})

it('does nothing where the words are gone', () => {
  expect(carryFix(FIX, { from: 'A red car.', to: 'A car.' })).toBeNull()
})
