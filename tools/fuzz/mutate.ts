/** Numbers from 0 (inclusive) to 1 by a seed (mulberry32), so that every case can be made again. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Mutation = (bytes: Buffer, at: number, random: () => number) => Buffer

const SPLICES = [
  '../../',
  '/etc/passwd',
  '\0',
  '"',
  '{',
  '[[[[',
  '\r\n',
  '\ufeff',
  '-1',
  '99999999999',
  '\ud83d',
]

const MUTATIONS: readonly Mutation[] = [
  (bytes, at, random) => {
    bytes[at] = Math.floor(random() * 256)
    return bytes
  },
  (bytes, at, random) => {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    return bytes
  },
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at) => bytes.subarray(at),
  (bytes, at, random) =>
    bytes.fill(
      random() < 0.5 ? 0 : 0xff,
      at,
      Math.min(bytes.length, at + Math.ceil(random() * 64)),
    ),
  (bytes, at, random) => {
    const end = at + Math.ceil(random() * 700)
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
  },
  (bytes, at, random) => {
    const end = at + Math.ceil(random() * 700)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)])
  },
  (bytes, at, random) => {
    const text = SPLICES[Math.floor(random() * SPLICES.length)] ?? ''
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(at)])
  },
  // A digit changed is a size, a count or an id changed.
  (bytes, at) => {
    const digit = bytes.findIndex((byte, index) => index >= at && byte >= 0x30 && byte <= 0x39)
    if (digit !== -1) bytes[digit] = 0x37
    return bytes
  },
]

/** Damages a copy of the bytes in one to four places. */
export function mutate(bytes: Buffer, random: () => number): Buffer {
  let damaged = Buffer.from(bytes)
  const count = 1 + Math.floor(random() * 4)
  for (let index = 0; index < count && damaged.length > 0; index += 1) {
    const mutation = MUTATIONS[Math.floor(random() * MUTATIONS.length)]
    const at = Math.floor(random() * damaged.length)
    if (mutation !== undefined) damaged = Buffer.from(mutation(damaged, at, random))
  }
  return damaged
}
