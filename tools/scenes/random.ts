/**
 * Seeded random numbers: sfc32 (Chris Doty-Humphrey, public domain), seeded through FNV-1a over a
 * text key and 12 warm-up rounds. Only integer operations, so every machine draws the same numbers.
 */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number
  /** Uniform in [low, high). */
  readonly between: (low: number, high: number) => number
  /** Uniform integer in [low, high], both ends included. */
  readonly integer: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
  /** Index drawn in proportion to the weights. */
  readonly weighted: <T>(items: readonly (readonly [T, number])[]) => T
  readonly shuffle: <T>(items: readonly T[]) => T[]
}

export function createRandom(key: string): Random {
  const next = sfc32(key)
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  function pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(next() * items.length)]
    if (item === undefined) throw new Error('Expected something to pick from, got an empty list.')
    return item
  }
  function weighted<T>(items: readonly (readonly [T, number])[]): T {
    let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of items) {
      left -= weight
      if (left < 0) return item
    }
    return pick(items)[0]
  }
  function shuffle<T>(items: readonly T[]): T[] {
    const keyed = items.map((item) => ({ item, key: next() }))
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
  }
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    integer,
    chance: (probability) => next() < probability,
    pick,
    weighted,
    shuffle,
  }
}

function fnv1a(text: string, basis: number): number {
  let hash = basis
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

function sfc32(key: string): () => number {
  let a = fnv1a(key, 0x811c9dc5)
  let b = fnv1a(key, 0x9e3779b9)
  let c = fnv1a(key, 0x85ebca6b)
  let counter = 1
  function step(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let round = 0; round < 12; round += 1) step()
  return step
}
