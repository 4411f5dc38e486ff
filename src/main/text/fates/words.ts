const WORDS = new Intl.Segmenter('en', { granularity: 'word' })

/** The words of a text in lower case, by Unicode word boundaries, without punctuation. */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const { segment, isWordLike } of WORDS.segment(text))
    if (isWordLike === true) words.push(segment.toLowerCase())
  return words
}
