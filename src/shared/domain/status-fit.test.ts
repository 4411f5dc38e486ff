import { expect, it } from 'vitest'
import { fitsStatus } from './status-fit.ts'
import { STATUSES } from './status.ts'

it.each([
  [{ hasCaption: false, hasDraft: false }, 'todo accepted skipped discarded'],
  [{ hasCaption: false, hasDraft: true }, 'todo draft accepted skipped discarded'],
  [{ hasCaption: true, hasDraft: false }, 'todo submitted accepted returned skipped discarded'],
  [{ hasCaption: true, hasDraft: true }, STATUSES.join(' ')],
])('an image with %j can be given %s', (image, expected) => {
  expect(STATUSES.filter((status) => fitsStatus(status, image)).join(' ')).toBe(expected)
})
