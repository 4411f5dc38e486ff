import { describe, expect, test } from 'vitest'
import { findNearHashes, readHash, type HashColumns } from './near-hashes.ts'

function columnsOf(hexes: readonly (string | null)[]): HashColumns {
  const count = hexes.length
  const columns = { count, high: new Uint32Array(count), low: new Uint32Array(count) }
  for (const [index, hex] of hexes.entries()) readHash(hex, columns, index)
  return columns
}

function pairsOf(hashes: HashColumns, maxDistance: number): Set<string> {
  const links = [...findNearHashes(hashes, maxDistance)].flat()
  return new Set(links.map(({ left, right, distance }) => `${left} ${right} ${distance}`))
}

/** A fixed sequence of numbers below 2^32 (xorshift). */
function numbers(): () => number {
  let state = 0x9e3779b9
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

describe('near hashes', () => {
  test.each([0, 3, 4, 6, 7, 8, 10])('are those that a look at all pairs finds: %i bits', (most) => {
    const next = numbers()
    const hexes = Array.from({ length: 15 }, () => {
      const base = [next(), next()]
      // A family of hashes around one, up to twelve bits away.
      return Array.from({ length: 12 }, (_, bits) => {
        const hash = [...base]
        for (let flip = 0; flip < bits; flip += 1) {
          const bit = next() % 64
          hash[bit >> 5] = ((hash[bit >> 5] ?? 0) ^ (1 << (bit & 31))) >>> 0
        }
        return hash.map((half) => half.toString(16).padStart(8, '0')).join('')
      })
    }).flat()
    const distinct = [...new Set(hexes)]
    const expected = new Set<string>()
    for (let right = 0; right < distinct.length; right += 1) {
      for (let left = 0; left < right; left += 1) {
        const difference = BigInt(`0x${distinct[left]}`) ^ BigInt(`0x${distinct[right]}`)
        const distance = difference.toString(2).replaceAll('0', '').length
        if (distance <= most) expected.add(`${left} ${right} ${distance}`)
      }
    }
    expect(pairsOf(columnsOf(distinct), most)).toEqual(expected)
    if (most > 0) expect(expected.size).toBeGreaterThan(15)
  })

  test('links equal ones in a chain, not each with each', () => {
    const links = [
      ...findNearHashes(columnsOf(Array.from({ length: 2_000 }, () => 'f0f0f0f00f0f0f0f')), 6),
    ]
    expect(links.flat()).toHaveLength(1_999)
  })

  test('leaves out pictures without contents or without a hash', () => {
    expect(
      pairsOf(columnsOf(['8000000000000000', '8000000000000000', null, null, 'x']), 6),
    ).toEqual(new Set())
  })
})
