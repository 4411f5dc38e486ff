import { expect, it } from 'vitest'
import { describeLimits } from './check-words.ts'

const bins = [{ probability: 0.5, share: 0.5, count: 10 }]

it('says when words are marked, when they pass, and how often that is wrong', () => {
  expect(describeLimits({ unsupportedAt: 0.124, supportedAt: 0.8, bins })).toEqual([
    'Marked as not supported at 0.12 and below; at most 1 mark in 5 is wrong.',
    'Supported from 0.80 on; at most 1 in 10 of these is wrong.',
  ])
})

it('says that a kind is never marked, or always unsure, where no limit holds', () => {
  expect(describeLimits({ unsupportedAt: null, supportedAt: 0.9, bins })[0]).toMatch(
    /^Never marked/,
  )
  expect(describeLimits({ unsupportedAt: 0.1, supportedAt: null, bins })[1]).toMatch(
    /^Never passed/,
  )
  expect(describeLimits({ unsupportedAt: null, supportedAt: null, bins })).toEqual([
    expect.stringMatching(/^Always unsure/),
  ])
})

it('promises nothing where nothing was measured', () => {
  const lines = describeLimits({ unsupportedAt: 0.12, supportedAt: 0.88, bins: [] })
  expect(lines.join(' ')).toMatch(/at 0\.12 and below.*from 0\.88 on.*not measured/)
  expect(lines.join(' ')).not.toContain('at most')
})
