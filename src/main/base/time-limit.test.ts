import { expect, it } from 'vitest'
import { runWithin } from './time-limit.ts'

it('stops a regular expression that would run for years', () => {
  expect(runWithin(50, () => `${'a'.repeat(60)}!`.replace(/(a+)+$/u, ''))).toBeNull()
})

it('answers the value, and throws what the work throws', () => {
  expect(runWithin(10_000, () => ['done'])).toEqual({ value: ['done'] })
  const failure = new Error('no')
  expect(() =>
    runWithin(10_000, () => {
      throw failure
    }),
  ).toThrow(failure)
})
