import { expect, it } from 'vitest'
import { DEFAULT_ROUND_OPTIONS, describeOptions, roundQuery } from './round-words.ts'

it('says who takes part', () => {
  expect(describeOptions(DEFAULT_ROUND_OPTIONS)).toBe('All images, by anyone, no stop rule')
  expect(
    describeOptions({
      needsOtherPerson: true,
      sampleShare: 0.125,
      sampleSeed: 7,
      stopBelowEdit: 0.05,
    }),
  ).toBe(
    '12.5 % of the images (seed 7), by another person than before, not those that changed by less than 5 % last time',
  )
})

it('finds the images of a count, unless some of them went on to a later round', () => {
  const past = { number: 1, isCurrent: false }
  expect(roundQuery({ number: 2, isCurrent: true }, 'accepted')).toBe('work:2 status:accepted')
  expect(roundQuery(past, 'todo')).toBe('work:1 status:todo')
  expect(roundQuery(past, 'accepted')).toBeNull()
  expect(roundQuery(past, 'submitted')).toBeNull()
})
