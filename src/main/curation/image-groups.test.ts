import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignSplits } from './assign-splits.ts'
import { findBest } from './best-of-groups.ts'
import { createDraw, DRAW_RANGE } from './draws.ts'
import { findLeaders, type GroupColumns } from './image-groups.ts'

const HASH = 0xf0f0_f0f0
const image = fc.record({
  group: fc.nat(3),
  // Few values, so that they meet; 0 and 1 have too few bits to be a hash.
  hash: fc.constantFrom(0, 1, HASH, HASH + 1),
  place: fc.nat(2),
})
type Image = Readonly<{ group: number; hash: number; place: number }>

function columnsOf(images: readonly Image[]): GroupColumns {
  return {
    group: Uint32Array.from(images, ({ group }) => group),
    hashHigh: Uint32Array.from(images, ({ hash }) => hash),
    hashLow: Uint32Array.from(images, ({ hash }) => hash),
    place: Uint32Array.from(images, ({ place }) => place),
  }
}

function belong(one: Image, other: Image): boolean {
  const isHash = one.hash >= HASH
  return (
    (one.group > 0 && one.group === other.group) ||
    (one.place > 0 && one.place === other.place) ||
    (isHash && one.hash === other.hash)
  )
}

describe('groups of images', () => {
  it('hold all that belong together, and are led by the first of them', () => {
    fc.assert(
      fc.property(fc.array(image, { minLength: 1, maxLength: 12 }), (images) => {
        const leaders = findLeaders(columnsOf(images))
        for (const [left, one] of images.entries()) {
          expect(leaders[left]).toBeLessThanOrEqual(left)
          expect(leaders[leaders[left] ?? 0]).toBe(leaders[left])
          for (const [right, other] of images.entries()) {
            if (belong(one, other)) expect(leaders[left]).toBe(leaders[right])
          }
        }
      }),
    )
  })

  it('are not made of images that nothing joins', () => {
    const alone = { group: 0, hash: 1, place: 0 }
    expect([...findLeaders(columnsOf([alone, alone, alone]))]).toEqual([0, 1, 2])
  })
})

describe('splits', () => {
  const count = 4_000
  const keys = {
    high: Uint32Array.from({ length: count }, (_, index) => index * 7),
    low: Uint32Array.from({ length: count }, (_, index) => index * 13),
  }
  const positions = Uint32Array.from({ length: count }, (_, index) => index)
  // Every third image is a copy of the one before it.
  const leaders = positions.map((position) => (position % 3 === 2 ? position - 1 : position))
  const draw = createDraw(keys, 5, 'split')

  it('never part a group, and have their shares', () => {
    const splitOf = assignSplits(positions, { leaders, shares: [8, 1, 1], draw })
    for (const position of positions) {
      expect(splitOf[position]).toBe(splitOf[leaders[position] ?? 0])
    }
    const sizes = [0, 1, 2].map((split) => splitOf.filter((each) => each === split).length)
    expect(Math.abs((sizes[0] ?? 0) - 3_200)).toBeLessThan(200)
    expect(Math.abs((sizes[1] ?? 0) - 400)).toBeLessThan(150)
  })

  it('stay where they are when images are added or left out', () => {
    const splitOf = assignSplits(positions, { leaders, shares: [0.9, 0.05, 0.05], draw })
    const odd = positions.filter((position) => position % 2 === 1)
    const some = assignSplits(odd, { leaders, shares: [0.9, 0.05, 0.05], draw })
    expect([...some]).toEqual([...odd].map((position) => splitOf[position]))
  })

  it('give nothing to a share of 0', () => {
    const last = (): number => DRAW_RANGE - 1
    const splitOf = assignSplits(positions, { leaders, shares: [1, 1, 0], draw: last })
    expect(new Set(splitOf)).toEqual(new Set([1]))
  })
})

it('keeps the copy that most speaks for', () => {
  const merits = {
    pixels: Float64Array.of(100, 400, 400, 50),
    sharpness: Float64Array.of(10, 1, 1, 10),
    textLength: Uint32Array.of(5, 5, 9, 0),
  }
  expect(findBest([[0, 1, 2], [3]], merits)).toEqual([2, 3])
  const equal = { ...merits, textLength: Uint32Array.of(0, 0, 0, 0) }
  expect(findBest([[1, 2]], equal)).toEqual([1])
})
