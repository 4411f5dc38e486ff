/** Words that stay small in titles. */
const SMALL = new Set(
  'a an the and or but of in on at to by for from with as into over under near is are'.split(' '),
)
/** With fewer words besides the small ones nobody can tell a title from names. */
const LEAST_TITLE_WORDS = 3
const MOST_KEYWORD_WORDS = 3
const WORD = /\p{L}[\p{L}\p{M}’'-]*/gu

/** Words for a caption in its own manner: "A Red Ball" in a title, "A RED BALL" where all is in capitals. */
export function asWrittenAround(caption: string, words: string): string {
  const found = (caption.match(WORD) ?? []).filter((word) => !SMALL.has(word.toLowerCase()))
  if (found.length < LEAST_TITLE_WORDS) return words
  if (found.every((word) => word === word.toUpperCase())) return words.toUpperCase()
  if (!found.every((word) => /^\p{Lu}/u.test(word))) return words
  return words.replace(WORD, (word) =>
    SMALL.has(word) ? word : word.slice(0, 1).toUpperCase() + word.slice(1),
  )
}

/** True of "grey school, yellow tulip": names of things in a row, which make no sentence. */
export function isKeywordList(caption: string): boolean {
  const things = caption.split(/,\s*/u)
  return things.length > 1 && things.every(isKeyword)
}

function isKeyword(thing: string): boolean {
  const words = thing.split(/\s+/u)
  const isPlain = words.every((word) => /^[\p{L}\p{N}\p{M}’'()_-]+$/u.test(word))
  return (
    isPlain &&
    words.length <= MOST_KEYWORD_WORDS &&
    !words.some((word) => SMALL.has(word.toLowerCase()))
  )
}
