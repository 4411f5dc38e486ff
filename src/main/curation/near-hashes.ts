/** Two that look alike, by their positions, and in how many of the 64 bits their hashes differ. */
export interface HashLink {
  readonly left: number
  readonly right: number
  readonly distance: number
}

/** Perceptual hashes in two halves, so that a million of them take 8 MB. */
export interface HashColumns {
  readonly count: number
  readonly high: Uint32Array
  readonly low: Uint32Array
}

/** More differing bits say that pictures are alike in colour layout at most. */
export const MAX_HASH_DISTANCE = 10
const BANDS = 4
const BAND_VALUES = 65_536
/** A picture with contents has half of its bits set, because they are compared with their median. */
const MIN_BITS = 16
/** Hashes that are looked up between two pauses. */
const STRIDE = 512

/**
 * All pairs of hashes that differ in at most `maxDistance` bits, each at least once, in pieces, so that whoever asks may
 * pause between them. Hashes are cut in four bands; in one of them such a pair differs in at most a quarter of the bits,
 * so only hashes with the same or nearly the same band are compared (multi-index hashing: Norouzi, Punjani and Fleet, "Fast
 * Search in Hamming Space", 2012). Pictures without contents have no hash to speak of and are left out.
 */
export function* findNearHashes(
  hashes: HashColumns,
  maxDistance: number,
): Generator<readonly HashLink[]> {
  const tables = Array.from({ length: BANDS }, () => new Int32Array(BAND_VALUES).fill(-1))
  const next = Array.from({ length: BANDS }, () => new Int32Array(hashes.count).fill(-1))
  const flips = listFlips(Math.floor(maxDistance / BANDS))
  const same = new SameHashes(hashes)
  let links: HashLink[] = []
  for (let index = 0; index < hashes.count; index += 1) {
    if (index % STRIDE === STRIDE - 1) {
      yield links
      links = []
    }
    if (bitCount(hashes.high[index] ?? 0) + bitCount(hashes.low[index] ?? 0) < MIN_BITS) continue
    const twin = same.findOrAdd(index)
    if (twin !== null) {
      // Its neighbours are its twin's, so that a hash that ten thousand pictures share costs nothing more.
      links.push({ left: twin, right: index, distance: 0 })
      continue
    }
    for (let band = 0; band < BANDS; band += 1) {
      const value = bandOf(hashes, index, band)
      const table = tables[band]
      const chain = next[band]
      if (table === undefined || chain === undefined) continue
      for (const flip of flips) {
        for (let other = table[value ^ flip] ?? -1; other >= 0; other = chain[other] ?? -1) {
          const distance = distanceOf(hashes, index, other)
          if (distance <= maxDistance) links.push({ left: other, right: index, distance })
        }
      }
      chain[index] = table[value] ?? -1
      table[value] = index
    }
  }
  yield links
}

/** Reads 16 hex digits into the columns; all zeros, which is no hash, for anything else. */
export function readHash(hex: string | null, into: HashColumns, index: number): void {
  const isHash = hex !== null && /^[0-9a-f]{16}$/.test(hex)
  into.high[index] = isHash ? Number.parseInt(hex.slice(0, 8), 16) : 0
  into.low[index] = isHash ? Number.parseInt(hex.slice(8), 16) : 0
}

/** Positions by their whole hash, with open addressing. */
class SameHashes {
  readonly #hashes: HashColumns
  readonly #slots: Int32Array

  constructor(hashes: HashColumns) {
    this.#hashes = hashes
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(hashes.count * 2 + 2))).fill(-1)
  }

  /** The first position with the same hash; null when this is it. */
  findOrAdd(index: number): number | null {
    const { high, low } = this.#hashes
    const mask = this.#slots.length - 1
    let at =
      (Math.imul(high[index] ?? 0, 0x9e3779b1) ^ Math.imul(low[index] ?? 0, 0x85ebca6b)) & mask
    for (;;) {
      const known = this.#slots[at] ?? -1
      if (known < 0) {
        this.#slots[at] = index
        return null
      }
      if (high[known] === high[index] && low[known] === low[index]) return known
      at = (at + 1) & mask
    }
  }
}

function bandOf({ high, low }: HashColumns, index: number, band: number): number {
  const half = (band < 2 ? high[index] : low[index]) ?? 0
  return (band % 2 === 0 ? half >>> 16 : half) & 0xffff
}

function distanceOf({ high, low }: HashColumns, left: number, right: number): number {
  return (
    bitCount((high[left] ?? 0) ^ (high[right] ?? 0)) +
    bitCount((low[left] ?? 0) ^ (low[right] ?? 0))
  )
}

/** Set bits of 32, by adding neighbours up (H. S. Warren, "Hacker's Delight", 5-1). */
function bitCount(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f
  return Math.imul(bits, 0x01010101) >>> 24
}

/** All ways to change at most so many of 16 bits. */
function listFlips(most: number): readonly number[] {
  let flips = [0]
  for (let bits = 0; bits < most; bits += 1) {
    const more = flips.flatMap((flip) => Array.from({ length: 16 }, (_, bit) => flip | (1 << bit)))
    flips = [...new Set([...flips, ...more])]
  }
  return flips
}
