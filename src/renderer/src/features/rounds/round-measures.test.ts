import { expect, it } from 'vitest'
import { describeChange, describeInterval, type MeasureUnit } from './round-measures.ts'

const interval = (mean: number, low: number, high: number) => ({ mean, low, high, captions: 40 })

it('shows a number with the ends of its interval', () => {
  const of = (unit: MeasureUnit, captions = 40) => ({ unit, captions })
  expect(describeInterval(interval(0.314, 0.28, 0.349), of('share'))).toEqual({
    mean: '31 %',
    ends: '(28 to 35)',
  })
  expect(describeInterval(interval(0.314, 0.28, 0.349), of('share', 60)).ends).toBe(
    '(28 to 35; 40 captions)',
  )
  expect(describeInterval(interval(1.25, 1, 1.5), of('count')).mean).toBe('1.3')
  expect(describeInterval(interval(0.12, -0.01, 0.2), of('cosine')).ends).toBe('(−0.010 to 0.200)')
  expect(describeInterval(null, of('share'))).toEqual({ mean: '–', ends: '' })
})

it('says nothing certain of a few captions', () => {
  const one = { ...interval(-0.02, -0.02, -0.02), captions: 1 }
  expect(describeInterval(one, { unit: 'share', captions: 1 })).toEqual({ mean: '−2 %', ends: '' })
  expect(describeInterval(one, { unit: 'share', captions: 5 }).ends).toBe('(1 caption)')
  expect(describeChange(one)).toBe(
    'Against the text before, the supported share of the same 1 image changed by −2 points; these are too few to say more.',
  )
})

it('says whether a change is more than chance', () => {
  expect(describeChange(interval(0.12, 0.05, 0.2))).toBe(
    'Against the text before, the supported share of the same 40 images changed by +12 points (+5 to +20): the round helped.',
  )
  expect(describeChange(interval(-0.12, -0.2, -0.05))).toContain('−12 points (−20 to −5)')
  expect(describeChange(interval(-0.12, -0.2, -0.05))).toContain('made it worse')
  expect(describeChange(interval(0.01, -0.05, 0.07))).toContain('may be chance')
})
