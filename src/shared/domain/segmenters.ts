const made = new Map<string, Intl.Segmenter>()

/**
 * Finds words and sentences by the rules of Unicode, which follow the script of the text in all but a few marks; the
 * fixed language keeps the result the same on every machine. Made when first needed, because loading the rules takes a
 * good part of a start.
 */
export function segmenterOf(granularity: 'word' | 'sentence'): Intl.Segmenter {
  const known = made.get(granularity)
  if (known !== undefined) return known
  const segmenter = new Intl.Segmenter('en', { granularity })
  made.set(granularity, segmenter)
  return segmenter
}
