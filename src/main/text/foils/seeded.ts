/** The same list in an order that follows from the seed alone (FNV-1a hashes of seed and item). */
export function seededOrder<Item extends string>(items: readonly Item[], seed: string): Item[] {
  return [...new Set(items)]
    .map((item) => ({ item, rank: hash(`${seed}\n${item}`) }))
    .sort((left, right) => left.rank - right.rank || (left.item < right.item ? -1 : 1))
    .map(({ item }) => item)
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  // The last letters alone change only the low bits of FNV-1a, so they are spread (Murmur3's last step).
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
