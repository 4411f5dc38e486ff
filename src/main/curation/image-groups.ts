import { DisjointSets } from '../base/disjoint-sets.ts'
import { mixBits } from '../base/stable-hash.ts'

/** What says which images belong together, by position; 0 says nothing. */
export interface GroupColumns {
  /** Group that a look for duplicates found. */
  readonly group: Uint32Array
  /** Perceptual hashes in two halves. */
  readonly hashHigh: Uint32Array
  readonly hashLow: Uint32Array
  /** Hash of the web host or the folder, where images of one belong together; empty where they do not. */
  readonly place: Uint32Array
}

/** A picture with contents has about half of its bits set; one without has no hash to speak of. */
const MIN_BITS = 16

/**
 * For each position the first position of its group: of what a look for duplicates found, equal perceptual hashes and
 * equal places, chained. An image that is added later is never the first of a group that was there.
 */
export function findLeaders(columns: GroupColumns): Uint32Array {
  const count = columns.group.length
  const sets = new DisjointSets(count)
  joinEqual(sets, columns.group)
  joinEqual(sets, columns.place)
  joinHashes(sets, columns)
  const leaderOfRoot = new Uint32Array(count)
  const leaders = new Uint32Array(count)
  for (let position = 0; position < count; position += 1) {
    const root = sets.find(position)
    // Positions are passed in order, so the first one that comes by leads; stored one higher, for 0 is none.
    if (leaderOfRoot[root] === 0) leaderOfRoot[root] = position + 1
    leaders[position] = (leaderOfRoot[root] ?? 0) - 1
  }
  return leaders
}

/** 0 says nothing. */
function joinEqual(sets: DisjointSets, values: Uint32Array): void {
  joinSame(sets, values.length, {
    has: (position) => values[position] !== 0,
    hash: (position) => mixBits(values[position] ?? 0),
    isSame: (one, other) => values[one] === values[other],
  })
}

function joinHashes(sets: DisjointSets, { hashHigh, hashLow }: GroupColumns): void {
  joinSame(sets, hashHigh.length, {
    has: (position) =>
      countBits(hashHigh[position] ?? 0) + countBits(hashLow[position] ?? 0) >= MIN_BITS,
    hash: (position) => mixBits((hashHigh[position] ?? 0) ^ mixBits(hashLow[position] ?? 0)),
    isSame: (one, other) => hashHigh[one] === hashHigh[other] && hashLow[one] === hashLow[other],
  })
}

/** What is the same meets in a table with open addresses, which holds a million in 8 MB. */
function joinSame(
  sets: DisjointSets,
  count: number,
  by: {
    has(position: number): boolean
    hash(position: number): number
    isSame(one: number, other: number): boolean
  },
): void {
  let known = 0
  for (let position = 0; position < count; position += 1) known += Number(by.has(position))
  if (known === 0) return
  const mask = 2 ** Math.ceil(Math.log2(known * 2 + 2)) - 1
  // Positions, stored one higher, for 0 is none.
  const table = new Uint32Array(mask + 1)
  for (let position = 0; position < count; position += 1) {
    if (!by.has(position)) continue
    let slot = by.hash(position) & mask
    for (;;) {
      const first = (table[slot] ?? 0) - 1
      if (first < 0) {
        table[slot] = position + 1
        break
      }
      if (by.isSame(first, position)) {
        sets.join(first, position)
        break
      }
      slot = (slot + 1) & mask
    }
  }
}

/** Set bits of 32, by adding neighbours up (H. S. Warren, "Hacker's Delight", 5-1). */
function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f
  return Math.imul(bits, 0x01010101) >>> 24
}
