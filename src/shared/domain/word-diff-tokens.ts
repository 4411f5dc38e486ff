import { segmenterOf } from './segmenters.ts'

/**
 * One unit that is compared: a word, a punctuation mark or a sentence, with the white space in front
 * of it. White space is carried along and not compared, so that it never breaks a change in two.
 */
export interface Token {
  readonly lead: string
  readonly core: string
  readonly isWord: boolean
}

const WHITE_SPACE_ONLY = /^\s*$/u

export function tokenizeWords(text: string): Token[] {
  return toTokens(segmenterOf('word').segment(text))
}

export function tokenizeSentences(text: string): Token[] {
  return toTokens(listSentences(text).map((segment) => ({ segment })))
}

interface Segment {
  readonly segment: string
  readonly isWordLike?: boolean
}

function toTokens(segments: Iterable<Segment>): Token[] {
  const tokens: Token[] = []
  let lead = ''
  for (const { segment, isWordLike } of segments) {
    if (WHITE_SPACE_ONLY.test(segment)) {
      lead += segment
    } else {
      tokens.push({ lead, core: segment, isWord: isWordLike ?? true })
      lead = ''
    }
  }
  if (lead !== '') tokens.push({ lead, core: '', isWord: false })
  return tokens
}

export function joinTokens(tokens: readonly Token[], skipFirstLead = false): string {
  return tokens
    .map((token, index) => (skipFirstLead && index === 0 ? token.core : token.lead + token.core))
    .join('')
}

/** Counts the words of a text by Unicode word boundaries, so that Chinese and Thai count too. */
export function countWords(text: string): number {
  let words = 0
  for (const segment of segmenterOf('word').segment(text))
    if (segment.isWordLike === true) words += 1
  return words
}

/** A word of a text, by Unicode word boundaries, and where it stands. */
export interface WordPlace {
  readonly from: number
  readonly to: number
}

export function listWords(text: string): WordPlace[] {
  const words: WordPlace[] = []
  for (const { index, segment, isWordLike } of segmenterOf('word').segment(text)) {
    if (isWordLike === true) words.push({ from: index, to: index + segment.length })
  }
  return words
}

/**
 * A full stop after a word of three letters or more, before a small letter: alt-texts often begin their
 * sentences small, which Unicode takes for an abbreviation.
 */
const SMALL_START = /(?<=\p{L}{3}[.!?…]+\s+)(?=\p{Ll})/u

/** The sentences of a text, each with the white space after it; joined they are the text again. */
export function listSentences(text: string): string[] {
  return Array.from(segmenterOf('sentence').segment(text), ({ segment }) =>
    segment.split(SMALL_START),
  ).flat()
}

/** Characters that are set differently by different programs and mean the same; each is one UTF-16 unit. */
const VARIANTS: ReadonlyMap<string, string> = new Map(
  (
    [
      ["'", '\u2018\u2019\u201a\u201b\u02bc\u2032'],
      ['"', '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb'],
      ['-', '\u2010\u2011\u2012\u2013\u2014\u2015\u2212'],
      [' ', '\u00a0\u2007\u2009\u202f'],
    ] as const
  ).flatMap(([plain, others]) => Array.from(others, (other) => [other, plain] as const)),
)
const VARIANT = new RegExp(`[${[...VARIANTS.keys()].join('')}]`, 'gu')

/** A text with plain quotes, hyphens and spaces in the place of their typographic variants, of the same length. */
export function foldVariants(text: string): string {
  return text.replace(VARIANT, (variant) => VARIANTS.get(variant) ?? variant)
}
