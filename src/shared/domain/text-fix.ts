import type { TextFix } from './hygiene.ts'
import type { TextSpan } from './text-unit.ts'

const SPACE = /\s/u
/** Marks that stand between a title and what a web page hangs on it. A hyphen counts only after a space. */
const SEPARATORS = '|•·–—~:;,»>/'
const STOPS = '.!?…'
const CLOSERS = '"\'”’»)]'
const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }

interface Gap {
  /** The other end of the white space and separators beside a stretch. */
  readonly edge: number
  readonly hasSeparator: boolean
  readonly hasSpace: boolean
}

function isSeparator(text: string, at: number): boolean {
  const character = text[at] ?? ''
  if (character === '') return false
  if (SEPARATORS.includes(character)) return true
  return character === '-' && SPACE.test(text[at - 1] ?? ' ')
}

function gapBefore(text: string, start: number): Gap {
  let edge = start
  let hasSeparator = false
  let hasSpace = false
  for (;;) {
    if (edge > 0 && SPACE.test(text[edge - 1] ?? '')) hasSpace = true
    else if (edge > 0 && isSeparator(text, edge - 1)) hasSeparator = true
    else return { edge, hasSeparator, hasSpace }
    edge -= 1
  }
}

function gapAfter(text: string, end: number): Gap {
  let edge = end
  let hasSeparator = false
  let hasSpace = false
  for (;;) {
    if (edge < text.length && SPACE.test(text[edge] ?? '')) hasSpace = true
    else if (isSeparator(text, edge)) hasSeparator = true
    else return { edge, hasSeparator, hasSpace }
    edge += 1
  }
}

function withBrackets(text: string, span: TextSpan): TextSpan {
  const closer = BRACKETS[text[span.start - 1] ?? '']
  const isWrapped = closer !== undefined && text[span.end] === closer
  return isWrapped ? { start: span.start - 1, end: span.end + 1 } : span
}

function endsSentence(text: string, edge: number): boolean {
  let at = edge - 1
  while (at > 0 && CLOSERS.includes(text[at] ?? ' ')) at -= 1
  return at >= 0 && STOPS.includes(text[at] ?? ' ')
}

/** The end of the stops at `from`, or `from` where there are none. */
function skipStops(text: string, from: number): number {
  let at = from
  while (at < text.length && STOPS.includes(text[at] ?? ' ')) at += 1
  return at
}

/** A capital for what now opens a sentence, unless its word has its own ("iPhone"). */
function capitalised(text: string, fix: TextFix): TextFix {
  const next = /^\p{Ll}(?![\p{L}]{0,20}\p{Lu})/u.exec(text.slice(fix.end, fix.end + 24))?.[0]
  if (next === undefined) return fix
  const capital = next.toUpperCase()
  return { ...fix, end: fix.end + next.length, insert: fix.insert + capital }
}

/** True for words that opened the sentence, false for names and labels put before it. */
function openedWithCapital(text: string, span: TextSpan): boolean {
  const marked = text.slice(span.start, Math.min(span.end, span.start + 200))
  return /^\p{Lu}[\p{L}'’]*(?![\p{L}\p{N}_@])/u.test(marked) && !/[\d_|]/u.test(marked)
}

/**
 * Takes a stretch out so that the rest reads on: the separator that joined it goes too, a stop that ended it as a
 * sentence of its own goes with it, one space stays between what were its neighbours.
 */
export function deletion(text: string, marked: TextSpan, label: string): TextFix {
  const span = withBrackets(text, marked)
  const before = gapBefore(text, span.start)
  const after = gapAfter(text, span.end)
  const opensSentence = before.edge === 0 || endsSentence(text, before.edge)
  const restFrom = opensSentence ? skipStops(text, after.edge) : after.edge
  const restGap = gapAfter(text, restFrom)
  if (restGap.edge >= text.length) {
    const isWholeEnd = opensSentence || after.edge >= text.length
    return { start: before.edge, end: isWholeEnd ? text.length : after.edge, insert: '', label }
  }
  const fix = { start: span.start, end: restGap.edge, insert: '', label }
  if (opensSentence) {
    return openedWithCapital(text, marked) ? capitalised(text, fix) : fix
  }
  return middleDeletion(text, { span, before, after, label })
}

function middleDeletion(
  text: string,
  parts: { span: TextSpan; before: Gap; after: Gap; label: string },
): TextFix {
  const { span, before, after, label } = parts
  const leaves = { insert: '', label }
  if (after.hasSeparator) return { start: before.edge, end: span.end, ...leaves }
  if (after.hasSpace) return { start: before.edge, end: span.end, ...leaves }
  const isClosed = /^[\p{Pe}\p{Pf}.,;:!?…]/u.test(text.slice(after.edge, after.edge + 2))
  return { start: isClosed ? before.edge : span.start, end: span.end, ...leaves }
}

/** Takes words out of a sentence: only white space goes with them, and a pair of commas around them. */
export function wordDeletion(text: string, span: TextSpan, label: string): TextFix {
  let { start, end } = span
  const isBetweenCommas =
    /,\s*$/u.test(text.slice(Math.max(0, start - 4), start)) && text[end] === ','
  if (isBetweenCommas) {
    start = text.lastIndexOf(',', start)
    end += 1
  }
  const opens = start === 0 || endsSentence(text, gapBefore(text, start).edge)
  if (text[end] === ',' && opens) end += 1
  const isBracketed = (text[start - 1] ?? ' ') in BRACKETS
  if (isBracketed) while (SPACE.test(text[end] ?? '')) end += 1
  if (isBracketed) return { start, end, insert: '', label }
  if (!SPACE.test(text[end] ?? ' ') && !STOPS.includes(text[end] ?? ' ')) {
    return { start, end, insert: '', label }
  }
  if (opens) {
    while (SPACE.test(text[end] ?? '')) end += 1
    const fix = { start, end, insert: '', label }
    return openedWithCapital(text, span) ? capitalised(text, fix) : fix
  }
  while (start > 0 && SPACE.test(text[start - 1] ?? '')) start -= 1
  return { start, end, insert: '', label }
}

/** Takes characters out; one space stays where they stood between words. */
export function cut(
  text: string,
  span: TextSpan,
  about: { glue: '' | ' '; label: string },
): TextFix {
  let { start, end } = span
  const { label } = about
  const isOpen = start === 0 || SPACE.test(text[start - 1] ?? '')
  const isClosed = end === text.length || SPACE.test(text[end] ?? '')
  if (!isOpen && !isClosed) return { start, end, insert: about.glue, label }
  if (isOpen && isClosed) {
    if (end === text.length) while (start > 0 && SPACE.test(text[start - 1] ?? '')) start -= 1
    else while (SPACE.test(text[end] ?? '')) end += 1
  }
  return { start, end, insert: '', label }
}

export function replacement(span: TextSpan, insert: string, label: string): TextFix {
  return { start: span.start, end: span.end, insert, label }
}

/** The text with a fix made. */
export function applyFix(text: string, fix: TextFix): string {
  return text.slice(0, fix.start) + fix.insert + text.slice(fix.end)
}
