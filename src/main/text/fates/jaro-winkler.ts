const PREFIX_WEIGHT = 0.1
const LONGEST_PREFIX = 4

/** How alike two spellings are, 0 to 1 (Jaro 1989, with Winkler's reward of an equal start, 1990). */
export function jaroWinkler(one: string, other: string): number {
  const jaro = jaroSimilarity(one, other)
  let prefix = 0
  while (prefix < LONGEST_PREFIX && prefix < one.length && one[prefix] === other[prefix])
    prefix += 1
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro)
}

function jaroSimilarity(one: string, other: string): number {
  if (one === other) return 1
  if (one === '' || other === '') return 0
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1)
  const taken = new Set<number>()
  const matched: string[] = []
  for (let at = 0; at < one.length; at += 1) {
    const to = Math.min(other.length, at + reach + 1)
    for (let place = Math.max(0, at - reach); place < to; place += 1) {
      if (taken.has(place) || one[at] !== other[place]) continue
      taken.add(place)
      matched.push(one[at] ?? '')
      break
    }
  }
  if (matched.length === 0) return 0
  const inOrder = [...taken].sort((a, b) => a - b)
  const swapped = matched.filter((letter, index) => letter !== other[inOrder[index] ?? 0]).length
  const count = matched.length
  return (count / one.length + count / other.length + (count - swapped / 2) / count) / 3
}
