import { expect, it } from 'vitest'
import { formatAgo, formatBytes, formatDuration, formatRate } from './quantities.ts'

it('names durations by their two largest units', () => {
  expect([400, 45_000, 22 * 60_000, 190 * 60_000, 49 * 3_600_000].map(formatDuration)).toEqual([
    '0 s',
    '45 s',
    '22 min',
    '3 h 10 min',
    '2 d 1 h',
  ])
})

it('keeps rates readable', () => {
  expect([212.4, 3.14, 0.5].map((rate) => formatRate(rate))).toEqual(['212/s', '3.1/s', '30/min'])
})

it('counts bytes as file managers do', () => {
  expect([0, 999, 1000, 3_140_000, 999_999].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 KB',
    '3.1 MB',
    '1.0 MB',
  ])
})

it('says how long ago', () => {
  expect(formatAgo(0, 10_000)).toBe('just now')
  expect(formatAgo(0, 5 * 60_000)).toBe('5 min ago')
})
