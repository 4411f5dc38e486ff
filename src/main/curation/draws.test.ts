import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashText } from '../base/stable-hash.ts'
import { createDraw, DRAW_RANGE, type ImageKeys } from './draws.ts'
import { pickSmallest } from './pick-smallest.ts'

function keysOf(uids: readonly string[]): ImageKeys {
  return {
    high: Uint32Array.from(uids, (uid) => hashText(uid, 1)),
    low: Uint32Array.from(uids, (uid) => hashText(uid, 2)),
  }
}

const many = Array.from({ length: 20_000 }, (_, index) => `0193-${index}`)
const all = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, index) => index)

describe('draws', () => {
  it('are the same on every machine', () => {
    const draw = createDraw(keysOf(['a', 'b']), 7, 'take')
    expect([draw(0), draw(1)]).toMatchInlineSnapshot(`
      [
        780276570,
        763657802,
      ]
    `)
    expect(hashText('Realign 🦎', 0)).toMatchInlineSnapshot(`673020842`)
  })

  it('spread evenly over their range, for each seed and purpose anew', () => {
    const keys = keysOf(many)
    const draw = createDraw(keys, 1, 'take')
    const buckets = new Uint32Array(20)
    for (const position of all(many.length)) {
      const bucket = Math.floor((draw(position) / DRAW_RANGE) * buckets.length)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
    }
    // A thousand each; five standard deviations are 154.
    for (const size of buckets) expect(Math.abs(size - 1_000)).toBeLessThan(154)
    const half = (other: (position: number) => number): number =>
      all(many.length).filter(
        (position) => draw(position) < DRAW_RANGE / 2 && other(position) < DRAW_RANGE / 2,
      ).length
    expect(Math.abs(half(createDraw(keys, 2, 'take')) - 5_000)).toBeLessThan(310)
    expect(Math.abs(half(createDraw(keys, 1, 'split')) - 5_000)).toBeLessThan(310)
  })
})

describe('the smallest draws', () => {
  it('are those that sorting finds, in the order in which they came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 60 }),
        fc.nat(70),
        fc.boolean(),
        (values, count, isCoarse) => {
          const draws = isCoarse ? values.map((value) => value % 3) : values
          const draw = (position: number): number => draws[position] ?? 0
          const positions = all(values.length)
          const sorted = [...positions].sort((one, other) => draw(one) - draw(other) || one - other)
          expect([...pickSmallest(positions, draw, count)]).toEqual(
            sorted.slice(0, count).sort((one, other) => one - other),
          )
        },
      ),
    )
  })

  it('keep what a smaller pick has, and move one image at most for one that is added', () => {
    const keys = keysOf(many)
    const draw = createDraw(keys, 3, 'take')
    const small = pickSmallest(all(5_000), draw, 100)
    const large = new Set(pickSmallest(all(5_000), draw, 200))
    expect([...small].every((position) => large.has(position))).toBe(true)
    const more = new Set(pickSmallest(all(5_001), draw, 100))
    expect([...small].filter((position) => !more.has(position)).length).toBeLessThanOrEqual(1)
  })
})
