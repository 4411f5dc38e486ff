import { AppError } from '../errors.ts'
import { segmenterOf } from './segmenters.ts'

export const LETTER_CASES = ['sentence', 'lower', 'upper'] as const

/** A change of a text that can be made to many texts at once. */
export type TextEdit =
  | {
      readonly kind: 'replace'
      readonly find: string
      readonly replacement: string
      /** `find` is a regular expression, and `$1`, `$<name>` and `$&` in the replacement stand for what it found. */
      readonly isPattern: boolean
      readonly matchCase: boolean
      /** Leave finds alone that begin or end inside a word, by Unicode word boundaries. */
      readonly wholeWords: boolean
    }
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'suffix'; readonly text: string }
  | { readonly kind: 'case'; readonly letterCase: (typeof LETTER_CASES)[number] }

type ReplaceEdit = Extract<TextEdit, { kind: 'replace' }>

/** No edit makes a text longer, because no caption may be longer. */
export const MAX_EDITED_LENGTH = 1_000_000

export function applyTextEdit(text: string, edit: TextEdit): string {
  return compileTextEdit(edit)(text)
}

/**
 * Prepares an edit for many texts. Throws INPUT_INVALID for a pattern that is none. The function that it gives throws
 * TOO_LARGE for a result above the longest caption; a pattern may run for ages on a text that is made for it, so
 * callers bound the time.
 */
export function compileTextEdit(edit: TextEdit): (text: string) => string {
  switch (edit.kind) {
    case 'replace':
      return compileReplace(edit)
    // Not a second time where it is there already, so that an edit made twice does no harm.
    case 'prefix':
      return (text) => (text.startsWith(edit.text) ? text : bounded(edit.text + text))
    case 'suffix':
      return (text) => (text.endsWith(edit.text) ? text : bounded(text + edit.text))
    case 'case':
      return CASES[edit.letterCase]
  }
}

const CASES: Readonly<Record<(typeof LETTER_CASES)[number], (text: string) => string>> = {
  lower: (text) => bounded(text.toLowerCase()),
  upper: (text) => bounded(text.toUpperCase()),
  sentence: (text) =>
    bounded(
      [...segmenterOf('sentence').segment(text)]
        .flatMap(({ segment }) => segment.split(SMALL_START))
        .map(sentenceCase)
        .join(''),
    ),
}

/**
 * Between sentences where the second one begins small. Unicode's rules take a full stop before a small letter for an
 * abbreviation, but here such sentences are what is to be mended: so only short words and the commonest abbreviations
 * are taken for one.
 */
const SMALL_START =
  /(?<=[\p{L}\p{N}]{3}(?<!\b(?:etc|approx|incl|vol|est|max|min))\.["”’)]?\s+)(?=\p{Ll})/u

function bounded(text: string): string {
  if (text.length > MAX_EDITED_LENGTH) throw tooLong()
  return text
}

function tooLong(): AppError {
  return new AppError(
    'TOO_LARGE',
    `The edit would make a caption longer than ${MAX_EDITED_LENGTH} characters. Use a shorter replacement.`,
  )
}

/**
 * Begins a sentence with a capital and leaves the other words alone, because which of them are names cannot be known;
 * so a title stays in title case. A sentence all in capitals is written small, names in it too. A first word such as
 * "iPhone" keeps its own way.
 */
function sentenceCase(sentence: string): string {
  const isShouted = /\p{Lu}.*\p{Lu}/su.test(sentence) && !/\p{Ll}/u.test(sentence)
  const text = isShouted && /\p{L}\P{L}+\p{L}/u.test(sentence) ? sentence.toLowerCase() : sentence
  return text.replace(/^([^\p{L}\p{N}]*)(\p{Ll})(?!\p{Ll}*\p{Lu})/u, (whole, lead, letter) => {
    const capital = String(letter).toUpperCase()
    // "ß" has no capital of its own; two letters for one would be a change of the word.
    return capital.length === String(letter).length ? `${String(lead)}${capital}` : whole
  })
}

function compileReplace(edit: ReplaceEdit): (text: string) => string {
  const pattern = createPattern(edit)
  return (text) => {
    let boundaries: ReadonlySet<number> | null = null
    let length = 0
    return bounded(
      text.replace(pattern, (...found: unknown[]) => {
        const match = readMatch(text, found)
        length += match.whole.length
        if (edit.wholeWords) {
          boundaries ??= wordBoundaries(text)
          const end = match.at + match.whole.length
          if (!boundaries.has(match.at) || !boundaries.has(end)) return match.whole
        }
        const replacement = edit.isPattern ? expand(edit.replacement, match) : edit.replacement
        length += replacement.length - match.whole.length
        if (length > MAX_EDITED_LENGTH) throw tooLong()
        return replacement
      }),
    )
  }
}

function createPattern(edit: ReplaceEdit): RegExp {
  const flags = edit.matchCase ? 'gu' : 'giu'
  const source = edit.isPattern ? edit.find : edit.find.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  try {
    return new RegExp(source, flags)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'INPUT_INVALID',
      `Expected a regular expression, but “${edit.find.slice(0, 200)}” is none: ${reason}. Correct it, or search for the text as it is.`,
      { cause: error },
    )
  }
}

interface Match {
  readonly text: string
  readonly whole: string
  readonly at: number
  readonly captures: readonly (string | undefined)[]
  readonly named: Readonly<Record<string, string | undefined>> | undefined
}

/** What `replace` hands to its callback: the match, its captures, the offset, the text, and named captures if any. */
function readMatch(text: string, found: readonly unknown[]): Match {
  const last = found.at(-1)
  const named = typeof last === 'object' && last !== null ? (last as Match['named']) : undefined
  const captures = found.slice(1, named === undefined ? -2 : -3) as (string | undefined)[]
  const at = Number(found[captures.length + 1])
  return { text, whole: String(found[0]), at, captures, named }
}

/** The same signs as in `String.replace`, which knows them in its plain form only. */
function expand(template: string, match: Match): string {
  return template.replace(
    /\$(\$|&|`|'|\d{1,2}|<([^>]*)>)/g,
    (sign, code: string, name?: string) => {
      if (code === '$') return '$'
      if (code === '&') return match.whole
      if (code === '`') return match.text.slice(0, match.at)
      if (code === "'") return match.text.slice(match.at + match.whole.length)
      if (name !== undefined) return match.named === undefined ? sign : (match.named[name] ?? '')
      return expandNumber(sign, code, match.captures)
    },
  )
}

/** Two digits are one number where there are so many groups, else one digit with a digit behind it. */
function expandNumber(sign: string, code: string, captures: Match['captures']): string {
  const both = Number(code)
  if (both >= 1 && both <= captures.length) return captures[both - 1] ?? ''
  const first = Number(code[0])
  if (code.length === 1 || first < 1 || first > captures.length) return sign
  return `${captures[first - 1] ?? ''}${code.slice(1)}`
}

function wordBoundaries(text: string): ReadonlySet<number> {
  const boundaries = new Set([text.length])
  for (const { index } of segmenterOf('word').segment(text)) boundaries.add(index)
  return boundaries
}

/** An edit in a few words, for revisions, undo and jobs. */
export function describeTextEdit(edit: TextEdit): string {
  switch (edit.kind) {
    case 'replace':
      return edit.replacement === ''
        ? `Delete ${quote(edit.find)}`
        : `Replace ${quote(edit.find)} with ${quote(edit.replacement)}`
    case 'prefix':
      return `Put ${quote(edit.text)} in front`
    case 'suffix':
      return `Put ${quote(edit.text)} behind`
    case 'case':
      return `Set in ${edit.letterCase} case`
  }
}

function quote(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`
}
