import { describe, expect, test } from 'vitest'
import type { LibraryRow } from '../../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { continueWalk, findNeighbours, findWalkPlace, NEW_WALK, type Walk } from './walk.ts'

function row(id: number): LibraryRow {
  return {
    id: id as ImageId,
    name: `${String(id)}.jpg`,
    hash: 'h',
    width: 1,
    height: 1,
    status: 'todo',
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

const id = (value: number) => value as ImageId
const ids = (walk: Walk) => walk.rows.map((item) => item.id)

/** A core that lists the given images and answers like `library.around`. */
function around(listed: readonly number[], current: number, reach = 10) {
  const at = listed.findIndex((value) => value >= current)
  const found = at < 0 ? listed.length : at
  const position = Math.max(0, found - reach)
  const rows = listed.slice(position, found + reach + 1).map(row)
  return {
    rows,
    index: found - position,
    isListed: listed[found] === current,
    position,
    total: listed.length,
  }
}

/** Goes through images while the listing changes. */
function walkThrough(steps: readonly { at: number; listed: readonly number[] }[]): Walk {
  return steps.reduce(
    (walk, { at, listed }) => continueWalk(walk, around(listed, at), id(at)),
    NEW_WALK,
  )
}

describe('continueWalk', () => {
  test('starts with what the core says', () => {
    expect(ids(walkThrough([{ at: 2, listed: [1, 2, 3] }]))).toEqual([1, 2, 3])
  })

  test('keeps finished images that left the listing where they were', () => {
    const walk = walkThrough([
      { at: 1, listed: [1, 2, 3, 4] },
      { at: 2, listed: [2, 3, 4] },
      { at: 3, listed: [3, 4] },
    ])
    expect(ids(walk)).toEqual([1, 2, 3, 4])
    expect([...walk.departed]).toEqual([1, 2])
  })

  test('keeps a visited image ahead, after going back from it', () => {
    const walk = walkThrough([
      { at: 1, listed: [1, 2, 3] },
      { at: 2, listed: [1, 2, 3] },
      // 2 got a draft, so `status:todo` lost it.
      { at: 1, listed: [1, 3] },
    ])
    expect(ids(walk)).toEqual([1, 2, 3])
    expect(findNeighbours(walk.rows, id(1)).next?.id).toBe(2)
  })

  test('drops images that left the listing without being visited', () => {
    const walk = walkThrough([
      { at: 1, listed: [1, 2, 3, 4] },
      { at: 1, listed: [1, 4] },
    ])
    expect(ids(walk)).toEqual([1, 4])
  })

  test('keeps the open image when it left the listing', () => {
    const walk = walkThrough([
      { at: 2, listed: [1, 2, 3] },
      { at: 2, listed: [1, 3] },
    ])
    expect(ids(walk)).toEqual([1, 2, 3])
  })

  test('shows the neighbours alone of an image that was never listed', () => {
    expect(ids(walkThrough([{ at: 2, listed: [1, 3] }]))).toEqual([1, 3])
  })

  test('starts anew after a jump to a place far away', () => {
    const many = Array.from({ length: 200 }, (_, index) => index + 1)
    const walk = walkThrough([
      { at: 1, listed: many },
      { at: 150, listed: many },
    ])
    expect(ids(walk)[0]).toBe(140)
  })

  test('stays bounded over a long walk that empties the listing', () => {
    let walk = NEW_WALK
    for (let at = 1; at <= 400; at += 1) {
      const listed = Array.from({ length: 500 - at + 1 }, (_, index) => at + index)
      walk = continueWalk(walk, around(listed, at), id(at))
    }
    expect(walk.rows.length).toBeLessThan(130)
    expect(walk.departed.size).toBe(399)
  })
})

describe('findWalkPlace', () => {
  const place = (walk: Walk, listed: readonly number[], at: number) =>
    findWalkPlace(walk, around(listed, at), id(at))

  test('is the place in the listing while nothing left it', () => {
    const listed = [1, 2, 3, 4]
    expect(place(walkThrough([{ at: 3, listed }]), listed, 3)).toEqual({ place: 3, total: 4 })
  })

  test('counts what was finished on the way', () => {
    const walk = walkThrough([
      { at: 1, listed: [1, 2, 3, 4] },
      { at: 2, listed: [2, 3, 4] },
      { at: 3, listed: [3, 4] },
    ])
    expect(place(walk, [3, 4], 3)).toEqual({ place: 3, total: 4 })
    // Going back to a finished one.
    expect(place(continueWalk(walk, around([3, 4], 2), id(2)), [3, 4], 2)).toEqual({
      place: 2,
      total: 4,
    })
  })

  test('is unknown for an image that was never listed', () => {
    expect(place(walkThrough([{ at: 2, listed: [1, 3] }]), [1, 3], 2).place).toBeNull()
  })
})

test('findNeighbours finds none for an image that is not shown', () => {
  const rows = [1, 2, 3].map(row)
  expect(findNeighbours(rows, id(2))).toMatchObject({ previous: { id: 1 }, next: { id: 3 } })
  expect(findNeighbours(rows, id(9))).toEqual({})
})
