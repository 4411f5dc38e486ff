/** A small seeded generator (mulberry32), so that the same seed makes the same project on any machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const FREQUENT =
  'a the of in on with and at for from red blue white black green small large old young man woman child dog cat bird bus car train street city park beach snow night table chair tree house window water sky hand shirt hat photo image stock view'.split(
    ' ',
  )
const SYLLABLES = 'ba ko ri mun tel sha dor vin pel gra li os tam en ur cor'.split(' ')
const VOCABULARY_SIZE = 4_000

/** Real words first, then made-up ones, so that word frequencies fall off as in web texts. */
const VOCABULARY: readonly string[] = Array.from({ length: VOCABULARY_SIZE }, (_, index) => {
  const frequent = FREQUENT[index]
  if (frequent !== undefined) return frequent
  let rest = index
  let word = ''
  while (rest > 0) {
    word += SYLLABLES[rest % SYLLABLES.length] ?? ''
    rest = Math.floor(rest / SYLLABLES.length)
  }
  return word
})

/** Draws towards the start of a list, roughly by Zipf's law: each doubling of the rank is as likely as the last. */
export function drawRank(random: () => number, length: number): number {
  return Math.min(length - 1, Math.floor(length ** random()) - 1)
}

export function makeText(random: () => number, wordCount: number): string {
  const words = Array.from(
    { length: wordCount },
    () => VOCABULARY[drawRank(random, VOCABULARY.length)] ?? '',
  )
  const text = words.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
