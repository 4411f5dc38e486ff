const words = new Intl.Segmenter('en', { granularity: 'word' })
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** Words longer than this are cut inside. */
const WINDOW = 100

/** The last boundary of graphemes at or before `offset`; never between the halves of a surrogate pair. */
export function graphemeBoundary(text: string, offset: number): number {
  const from = Math.max(0, offset - WINDOW)
  const start = isInsidePair(text, from) ? from - 1 : from
  const segment = graphemes.segment(text.slice(start, offset + WINDOW)).containing(offset - start)
  const boundary = segment === undefined ? offset : start + segment.index
  if (boundary > start) return boundary
  return isInsidePair(text, offset) ? offset - 1 : offset
}

/** The start of the word that `offset` falls into, or `offset` between words. */
export function wordBoundary(text: string, offset: number): number {
  const start = Math.max(0, offset - WINDOW)
  const segment = words.segment(text.slice(start, offset + WINDOW)).containing(offset - start)
  const boundary = segment?.isWordLike === true ? start + segment.index : offset
  return boundary > start || boundary === offset
    ? graphemeBoundary(text, boundary)
    : graphemeBoundary(text, offset)
}

function isInsidePair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1)
  const after = text.charCodeAt(offset)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
