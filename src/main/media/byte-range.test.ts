import { expect, test } from 'vitest'
import { readByteRange } from './byte-range.ts'

const SIZE = 1000

test.each([
  ['bytes=0-0', 0, 0],
  ['bytes=0-99', 0, 99],
  ['bytes=500-', 500, 999],
  ['bytes=999-', 999, 999],
  ['bytes=990-2000', 990, 999],
  ['bytes=-100', 900, 999],
  ['bytes=-5000', 0, 999],
  ['Bytes = 1 - 2 ', 1, 2],
])('%s is a part', (header, first, last) => {
  expect(readByteRange(header, SIZE)).toEqual({ kind: 'part', first, last })
})

test.each([
  null,
  '',
  'bytes',
  'bytes=',
  'bytes=-',
  'bytes=a-b',
  'items=0-1',
  'bytes=5-2',
  'bytes=0-1,5-6',
])('%j is ignored', (header) => {
  expect(readByteRange(header, SIZE)).toEqual({ kind: 'whole' })
})

test.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=-0'])('%s lies outside', (header) => {
  expect(readByteRange(header, SIZE)).toEqual({ kind: 'unsatisfiable' })
})

test('an empty file has no parts', () => {
  expect(readByteRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' })
  expect(readByteRange('bytes=-1', 0)).toEqual({ kind: 'unsatisfiable' })
  expect(readByteRange(null, 0)).toEqual({ kind: 'whole' })
})
