/** The finaliser of MurmurHash3 (A. Appleby): each bit of 32 decides about half of the others. */
export function mixBits(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/**
 * 32 bits of a text that are the same on every machine: MurmurHash3 with each UTF-16 unit as a block. For draws and
 * tables, not against people who want two texts to meet.
 */
export function hashText(text: string, seed: number): number {
  let hash = seed | 0
  for (let index = 0; index < text.length; index += 1) {
    let block = Math.imul(text.charCodeAt(index), 0xcc9e2d51)
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593)
    hash ^= block
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  return mixBits(hash ^ text.length)
}
