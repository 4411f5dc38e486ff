import { expect, it } from 'vitest'
import { DEFAULT_ROUND_OPTIONS, describeOptions } from './round-words.ts'

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
