import { describe, expect, test } from 'vitest'
import type { LibraryRow } from '../../../../../shared/contract/library.ts'
import type { Status } from '../../../../../shared/domain/status.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { findNeighbours, mergeStrip } from './merge-strip.ts'

function row(id: number, status: Status = 'todo'): LibraryRow {
  return {
    id: id as ImageId,
    name: `${String(id)}.jpg`,
    hash: 'h',
    width: 1,
    height: 1,
    status,
    round: 1,
    altCount: 1,
    revisionCount: 0,
    hasDraft: false,
    text: '',
    textKind: 'none',
    problem: null,
    tags: [],
    updatedAt: 0,
  }
}

const rows = (...ids: number[]) => ids.map((id) => row(id))
const ids = (list: readonly LibraryRow[]) => list.map((item) => item.id)
const id = (value: number) => value as ImageId

describe('mergeStrip', () => {
  test('starts with what the core says', () => {
    expect(ids(mergeStrip([], { rows: rows(1, 2, 3), index: 1, isListed: true }, id(2)))).toEqual([
      1, 2, 3,
    ])
  })

  test('keeps finished images behind that left the listing', () => {
    const shown = rows(1, 2, 3, 4)
    // 1 and 2 were submitted while working through `status:todo`.
    expect(
      ids(mergeStrip(shown, { rows: rows(3, 4, 5), index: 0, isListed: true }, id(3))),
    ).toEqual([1, 2, 3, 4, 5])
  })

  test('takes what lies ahead from the core alone', () => {
    const shown = rows(1, 2, 3, 4)
    expect(
      ids(mergeStrip(shown, { rows: rows(1, 2, 9), index: 1, isListed: true }, id(2))),
    ).toEqual([1, 2, 9])
  })

  test('shows the newest status of rows that are still listed', () => {
    const merged = mergeStrip(
      rows(1, 2),
      { rows: [row(1, 'submitted'), row(2)], index: 1, isListed: true },
      id(2),
    )
    expect(merged.map((item) => item.status)).toEqual(['submitted', 'todo'])
  })

  test('fills in earlier rows in front of those walked through', () => {
    expect(
      ids(mergeStrip(rows(3, 4, 5), { rows: rows(1, 2, 4, 5), index: 2, isListed: true }, id(4))),
    ).toEqual([1, 2, 3, 4, 5])
  })

  test('keeps the current image in its place when it left the listing', () => {
    const around = { rows: rows(1, 3, 4), index: 1, isListed: false }
    expect(ids(mergeStrip(rows(1, 2, 3), around, id(2)))).toEqual([1, 2, 3, 4])
  })

  test('shows the neighbours alone of an image that was never listed', () => {
    const around = { rows: rows(1, 3), index: 1, isListed: false }
    expect(ids(mergeStrip([], around, id(2)))).toEqual([1, 3])
  })

  test('does not shuffle what was walked past', () => {
    // 1 was submitted, 2 was passed over and is still to do.
    const around = { rows: rows(2, 3, 4), index: 1, isListed: true }
    expect(ids(mergeStrip(rows(1, 2, 3, 4), around, id(3)))).toEqual([1, 2, 3, 4])
  })

  test('starts anew after a jump to a place that was not shown', () => {
    expect(
      ids(mergeStrip(rows(1, 2), { rows: rows(70, 71), index: 0, isListed: true }, id(70))),
    ).toEqual([70, 71])
  })

  test('never names an image twice', () => {
    const merged = ids(
      mergeStrip(rows(1, 2, 3), { rows: rows(3, 1, 2), index: 0, isListed: true }, id(3)),
    )
    expect(merged).toEqual([3, 1, 2])
  })

  test('stays bounded', () => {
    const many = Array.from({ length: 500 }, (_, index) => row(index + 1))
    const merged = mergeStrip(many, { rows: rows(400, 401), index: 0, isListed: true }, id(400))
    expect(merged.length).toBeLessThan(130)
    expect(ids(merged)).toContain(400)
  })
})

test('findNeighbours finds none for an image that is not shown', () => {
  expect(findNeighbours(rows(1, 2, 3), id(2))).toMatchObject({
    previous: { id: 1 },
    next: { id: 3 },
  })
  expect(findNeighbours(rows(1), id(2))).toEqual({})
})
