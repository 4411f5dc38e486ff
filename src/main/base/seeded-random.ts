import { hash } from 'node:crypto'

/**
 * Numbers from 0 (inclusive) to 1 that `key` alone decides, on every machine (mulberry32, started by a hash of the
 * key).
 */
export function createSeededRandom(key: string): () => number {
  let state = Number.parseInt(hash('sha256', key, 'hex').slice(0, 8), 16)
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
