import type { TextSpan } from '../../../shared/domain/text-unit.ts'

/** wink needs the square of a word's length. No English word and few model numbers are longer. */
const LONGEST_WORD = 60
/** File names, web and mail addresses and tags: no words of a description. */
const ADDRESS =
  /(?<!\S)(?:https?:\/\/|www\.|[#@])\S{1,2000}|[^\s,;()]{1,120}\.(?:jpe?g|png|gif|webp|bmp|tiff?|svg|heic|avif|pdf)(?![\p{L}\p{N}])|(?<!\S)[^\s@]{1,64}@[^\s@]{1,255}\.\p{L}{2,}/giu

/** A sentence longer than this is a list or no language; it is cut at a space. */
const LONGEST_SENTENCE = 1_500

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })

const ABBREVIATION =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|st|mt|ft|no|nr|vs|inc|ltd|co|jr|sr|prof|gen|approx|ca|c|e\.g|i\.e|etc|[a-z]|(?:[a-z]\.)+[a-z])\.\s*$/i

/**
 * The text with the same length, made fit for the tagger: lone surrogates, control characters, odd spaces and
 * words without end become spaces, curly quotes straight ones; addresses and file names go too.
 */
export function prepareText(text: string): string {
  return text
    .replace(/\p{Surrogate}|[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\uFEFF\u200B]/gu, ' ')
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(ADDRESS, (match) => ' '.repeat(match.length))
    .replace(/\S+/g, (word) => (word.length > LONGEST_WORD ? ' '.repeat(word.length) : word))
}

/** Sentences of a text, without the space around them. Line ends and bars end a sentence too. */
export function splitSentences(text: string, prepared: string): TextSpan[] {
  const spans: TextSpan[] = []
  let open: TextSpan | null = null
  for (const { index, segment } of SENTENCES.segment(prepared)) {
    const end = index + segment.length
    open = open === null ? { start: index, end } : { start: open.start, end }
    if (ABBREVIATION.test(prepared.slice(Math.max(open.start, end - 12), end))) continue
    spans.push(open)
    open = null
  }
  if (open !== null) spans.push(open)
  return spans
    .flatMap((span) => splitAtMarks(text, span))
    .flatMap((span) => splitLong(prepared, span))
    .flatMap((span) => trim(prepared, span))
}

function splitAtMarks(text: string, { start, end }: TextSpan): TextSpan[] {
  const parts: TextSpan[] = []
  let from = start
  for (const match of text.slice(start, end).matchAll(/[\n\r\u2028\u2029|•·;]+/g)) {
    parts.push({ start: from, end: start + match.index })
    from = start + match.index + match[0].length
  }
  return [...parts, { start: from, end }]
}

function splitLong(prepared: string, { start, end }: TextSpan): TextSpan[] {
  const parts: TextSpan[] = []
  let from = start
  while (end - from > LONGEST_SENTENCE) {
    const space = prepared.lastIndexOf(' ', from + LONGEST_SENTENCE)
    const cut = space > from ? space : from + LONGEST_SENTENCE
    parts.push({ start: from, end: cut })
    from = cut
  }
  return [...parts, { start: from, end }]
}

function trim(prepared: string, { start, end }: TextSpan): TextSpan[] {
  const part = prepared.slice(start, end)
  const lead = part.length - part.trimStart().length
  const length = part.trim().length
  return length === 0 ? [] : [{ start: start + lead, end: start + lead + length }]
}
