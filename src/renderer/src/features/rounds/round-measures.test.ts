import { expect, it } from 'vitest'
import { describeChange, describeInterval } from './round-measures.ts'

const interval = (mean: number, low: number, high: number) => ({ mean, low, high, captions: 40 })

it('shows a number with the ends of its interval', () => {
  expect(describeInterval(interval(0.314, 0.28, 0.349), 'share')).toEqual({
    mean: '31 %',
    ends: '28 to 35',
  })
  expect(describeInterval(interval(1.25, 1, 1.5), 'count').mean).toBe('1.3')
  expect(describeInterval(interval(0.12, -0.01, 0.2), 'cosine').ends).toBe('-0.010 to 0.200')
  expect(describeInterval(null, 'share')).toEqual({ mean: '–', ends: '' })
})

it('says whether a change is more than chance', () => {
  expect(describeChange(interval(0.12, 0.05, 0.2))).toBe(
    'Against the text before, the supported share of the same 40 images changed by +12 points (+5 to +20): the round helped.',
  )
  expect(describeChange(interval(-0.12, -0.2, -0.05))).toContain('−12 points (−20 to −5)')
  expect(describeChange(interval(-0.12, -0.2, -0.05))).toContain('made it worse')
  expect(describeChange(interval(0.01, -0.05, 0.07))).toContain('may be chance')
})
