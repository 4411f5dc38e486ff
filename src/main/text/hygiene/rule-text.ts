import type { TextLanguage } from '../../../shared/domain/hygiene.ts'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import { detectLanguage } from '../language/detect-language.ts'

/** Where a text stands: on the web page, or as the caption that is being written. */
export type HygieneRole = 'alt' | 'caption'

export interface Word extends TextSpan {
  readonly lower: string
}

/** A text with what several rules ask of it, each made once, when first asked for. */
export interface RuleText {
  readonly text: string
  readonly role: HygieneRole
  /** ISO 639-1 of the language that the project wants here, or null where any will do. */
  readonly expectedLanguage: string | null
  readonly language: TextLanguage
  /** False where the text is surely, or is expected to be, in another language. */
  readonly isEnglish: boolean
  readonly words: readonly Word[]
  /** Without the white space around them. */
  readonly sentences: readonly TextSpan[]
  /** True inside quotation marks: what a sign, a label or a person says is not the writer's wording. */
  isQuoted(offset: number): boolean
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu
const MAX_QUOTE = 300
const QUOTES = new RegExp(
  ['"[^"\\n]', '“[^“”\\n]', '«[^«»\\n]', '„[^„“”\\n]', "(?<![\\p{L}\\p{N}])['‘][^'‘’\\n]"]
    .map(
      (start, index) =>
        `${start}{1,${MAX_QUOTE}}${['"', '”', '»', '[“”]', "['’](?!\\p{L})"][index] ?? ''}`,
    )
    .join('|'),
  'gu',
)
/** Ends a sentence: stop, marks that close, then white space and no small letter. */
const SENTENCE_END = /[.!?。！？…]+["'”’)\]]*(?=\s+(?!\p{Ll})|\s*$)|(?<=[。！？])|\n\s*\n/gu
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|[Mm]rs?|[Mm]s|[Dd]r|[Ss]t|[Mm]t|[Pp]rof|[Nn]o|vs|approx|[Ff]ig|etc|e\.g|i\.e|ca|cf)\.$/u

function findWords(text: string): Word[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    lower: match[0].toLowerCase(),
  }))
}

function trimmed(text: string, from: number, to: number): TextSpan | null {
  let start = from
  let end = to
  while (start < end && /\s/u.test(text[start] ?? '')) start += 1
  while (end > start && /\s/u.test(text[end - 1] ?? '')) end -= 1
  return start < end ? { start, end } : null
}

function findSentences(text: string): TextSpan[] {
  const sentences: TextSpan[] = []
  let from = 0
  for (const match of text.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length
    if (match[0] === '.' && ABBREVIATION.test(text.slice(Math.max(from, end - 8), end))) {
      if (text.slice(end).search(/\S/u) >= 0) continue
    }
    const sentence = trimmed(text, from, end)
    if (sentence !== null) sentences.push(sentence)
    from = end
  }
  const rest = trimmed(text, from, text.length)
  return rest === null ? sentences : [...sentences, rest]
}

/** Quoted stretches; a text that is one quotation as a whole has none. */
function findQuotes(text: string): TextSpan[] {
  const quotes = Array.from(text.matchAll(QUOTES), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
  const [only] = quotes
  const isWhole =
    quotes.length === 1 && only !== undefined && only.end - only.start >= text.trim().length - 1
  return isWhole ? [] : quotes
}

/** The index of the last span that starts at or before `offset`, or -1. */
export function lastStartingBefore(spans: readonly TextSpan[], offset: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

/** Words of other languages that settle a text too short for the detector. */
const FOREIGN =
  /(?<!\p{L})(?:una?|y|los|las|der|das|und|eine?|les|une|et|du|il|het|een|uma|och|på|est|avec|mit|con|para|sur)(?!\p{L})/iu

/** A text too short for the detector is taken for English unless its letters or small words are not. */
function looksEnglish(text: string, language: TextLanguage, expected: string | null): boolean {
  if (expected !== null && expected !== 'en') return language.code === 'en' && language.isReliable
  if (language.code !== null && language.isReliable) return language.code === 'en'
  return !FOREIGN.test(text.slice(0, 200)) && !/[^\P{L}\p{Script=Latin}]/u.test(text.slice(0, 200))
}

export function createRuleText(
  text: string,
  about: { readonly role: HygieneRole; readonly expectedLanguage: string | null },
): RuleText {
  const language = once(() => detectLanguage(text))
  const english = once(() => looksEnglish(text, language(), about.expectedLanguage))
  const words = once(() => findWords(text))
  const sentences = once(() => findSentences(text))
  const quotes = once(() => findQuotes(text))
  return {
    text,
    ...about,
    get language() {
      return language()
    },
    get isEnglish() {
      return english()
    },
    get words() {
      return words()
    },
    get sentences() {
      return sentences()
    },
    isQuoted(offset) {
      const index = lastStartingBefore(quotes(), offset)
      return offset < (quotes()[index]?.end ?? 0)
    },
  }
}
