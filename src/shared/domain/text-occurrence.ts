import { diffWords, keptStretches } from './word-diff.ts'
import type { TextSpan } from './text-unit.ts'

const WORD_START = /^[\p{L}\p{N}\p{M}]/u
const WORD_END = /[\p{L}\p{N}\p{M}]$/u

/**
 * Where words stand in a text for the `occurrence`-th time, from 0; null where they do not. Words count as whole ones
 * only: "cat" does not stand in "category".
 */
export function findOccurrence(text: string, words: string, occurrence: number): TextSpan | null {
  let seen = 0
  for (const start of occurrences(text, words)) {
    if (seen === occurrence) return { start, end: start + words.length }
    seen += 1
  }
  return null
}

/** All places where words stand in a text as whole words. */
export function listOccurrences(text: string, words: string): TextSpan[] {
  return [...occurrences(text, words)].map((start) => ({ start, end: start + words.length }))
}

/** Which occurrence of its words a span is, from 0: what an answer keeps so that it can find them again. */
export function occurrenceAt(text: string, span: TextSpan): number {
  let seen = 0
  for (const start of occurrences(text, text.slice(span.start, span.end))) {
    if (start >= span.start) break
    seen += 1
  }
  return seen
}

/**
 * Takes spans of one text over to a later form of it: through the stretches that a word diff leaves alone, else, for
 * words that moved, by their occurrence where nothing else stands already. Null for spans whose words are gone.
 */
export function carrySpans(
  before: string,
  after: string,
  spans: readonly TextSpan[],
): readonly (TextSpan | null)[] {
  const same = keptStretches(diffWords(before, after))
  const carried = spans.map((span) => {
    const stretch = same.find(({ from, length }) => from <= span.start && span.end <= from + length)
    if (stretch === undefined) return null
    const shift = stretch.to - stretch.from
    return { start: span.start + shift, end: span.end + shift }
  })
  const taken = new Set(carried.map(keyOf))
  return carried.map((found, index) => {
    const span = spans[index]
    if (found !== null || span === undefined) return found
    const words = before.slice(span.start, span.end)
    const moved = findOccurrence(after, words, occurrenceAt(before, span))
    if (moved === null || taken.has(keyOf(moved))) return null
    return moved
  })
}

function* occurrences(text: string, words: string): Generator<number> {
  if (words === '') return
  const opensWord = WORD_START.test(words)
  const closesWord = WORD_END.test(words)
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) {
    const isInside =
      (opensWord && WORD_END.test(text.slice(Math.max(0, at - 2), at))) ||
      (closesWord && WORD_START.test(text.slice(at + words.length, at + words.length + 2)))
    if (!isInside) yield at
  }
}

function keyOf(span: TextSpan | null): string {
  return span === null ? '' : `${span.start}-${span.end}`
}
