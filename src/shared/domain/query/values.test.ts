import { describe, expect, it } from 'vitest'
import { parseDateValue, parsePercent, parseQuantity, parseRatio } from './values.ts'

describe('parsePercent', () => {
  it.each([
    ['50%', 50],
    ['50', 50],
    ['0.5%', 0.5],
    ['100%', 100],
    ['101%', null],
    ['-1', null],
    ['5k', null],
    ['', null],
  ])('reads %s as %s', (text, expected) => {
    expect(parsePercent(text)).toBe(expected)
  })
})

describe('parseQuantity', () => {
  it.each([
    ['640', 640],
    ['1.5M', 1_500_000],
    ['100k', 100_000],
    ['100KB', 100_000],
    ['2GiB', 2_147_483_648],
    ['', null],
    ['-1', null],
    ['1e9', null],
    ['k', null],
  ])('%s is %s', (text, expected) => {
    expect(parseQuantity(text)).toBe(expected)
  })
})

describe('parseRatio', () => {
  it.each([
    ['1.5', 1.5],
    ['16/9', 16 / 9],
    ['16:9', 16 / 9],
    ['1/0', null],
    ['wide', null],
  ])('%s is %s', (text, expected) => {
    expect(parseRatio(text)).toBe(expected)
  })
})

describe('parseDateValue', () => {
  it.each([
    ['2026', '2026-01-01T00:00Z', '2027-01-01T00:00Z'],
    ['2026-12', '2026-12-01T00:00Z', '2027-01-01T00:00Z'],
    ['2024-02-29', '2024-02-29T00:00Z', '2024-03-01T00:00Z'],
    ['2026-11-01T09:30', '2026-11-01T09:30Z', '2026-11-01T09:31Z'],
  ])('%s lasts from %s to %s', (text, from, to) => {
    const period = { kind: 'period', from: Date.parse(from), to: Date.parse(to) }
    expect(parseDateValue(text)).toEqual(period)
  })

  it('reads ages', () => {
    expect(parseDateValue('90min')).toEqual({ kind: 'age', ageMs: 5_400_000 })
    expect(parseDateValue('2w')).toEqual({ kind: 'age', ageMs: 14 * 86_400_000 })
  })

  it.each(['2026-13', '2026-02-30', '2026-1-1', '2026-11-01T24:00', 'yesterday', '7', ''])(
    'refuses %s',
    (text) => {
      expect(parseDateValue(text)).toBeNull()
    },
  )
})
