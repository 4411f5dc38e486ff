import type { TextSpan, TextUnit } from '../../../shared/domain/text-unit.ts'
import { CAUSE_PHRASES, HEDGES } from '../lexicon/word-lists.ts'
import { finishDrafts, type Draft } from './drafts.ts'
import { linkParts } from './link-parts.ts'
import { findNames, isCommon, letterCase, type LetterCase } from './names.ts'
import type { Word } from './noun-phrases.ts'
import { readParts } from './parts.ts'
import { prepareText, splitSentences } from './prepare-text.ts'
import { retag } from './retag.ts'
import { loadTagger, tagWords, type Token } from './tagger.ts'

/** Enough for the alt-texts, the caption and its last drafts of a few images; a unit takes about 200 bytes. */
const MAX_CACHED_TEXTS = 64
const MAX_CACHED_CHARACTERS = 500_000

/** The texts that were read last, the latest at the end. */
const cached = new Map<string, readonly TextUnit[]>()
let cachedCharacters = 0

/** Loads the tagger and WordNet ahead of the first text: some 200 ms and 60 MB, once in a thread. */
export function loadLanguage(): void {
  loadTagger()
  findUnits('A dog on a red sofa.')
}

/**
 * What an English text says, piece by piece, in the order of the text (docs/decisions/011-text-units.md). Any
 * string is taken; of other languages and scripts little or nothing is found. The time grows with the length.
 */
export function findUnits(text: string): readonly TextUnit[] {
  const known = cached.get(text)
  if (known !== undefined) {
    cached.delete(text)
    cached.set(text, known)
    return known
  }
  const units = readUnits(text)
  cached.set(text, units)
  cachedCharacters += text.length
  for (const oldest of cached.keys()) {
    if (cached.size <= MAX_CACHED_TEXTS && cachedCharacters <= MAX_CACHED_CHARACTERS) break
    cached.delete(oldest)
    cachedCharacters -= oldest.length
  }
  return units
}

function readUnits(text: string): readonly TextUnit[] {
  const prepared = prepareText(text)
  const quotes = findQuotes(prepared)
  const unquoted = blankOut(prepared, quotes)
  const sentences = splitSentences(text, unquoted)
  const drafts = sentences.flatMap((span, sentence) => readSentence(unquoted, span, sentence))
  return finishDrafts([...drafts, ...quotedUnits(text, quotes, sentences)])
}

/** Text in quotation marks, without the marks. Single ones only where they are no apostrophes. */
function findQuotes(prepared: string): TextSpan[] {
  const pattern = /"([^"\n]{1,200})"|(?<=^|[\s(])'([^'\n]{2,80})'(?=$|[\s.,;:!?)])/g
  return [...prepared.matchAll(pattern)].map((match) => ({
    start: match.index + 1,
    end: match.index + match[0].length - 1,
  }))
}

function blankOut(prepared: string, spans: readonly TextSpan[]): string {
  let blanked = ''
  let at = 0
  for (const { start, end } of spans) {
    blanked += prepared.slice(at, start - 1) + ' '.repeat(end - start + 2)
    at = end + 1
  }
  return blanked + prepared.slice(at)
}

function quotedUnits(
  text: string,
  quotes: readonly TextSpan[],
  sentences: readonly TextSpan[],
): Draft[] {
  let sentence = 0
  return quotes
    .filter(({ start, end }) => text.slice(start, end).trim() !== '')
    .map(({ start, end }) => {
      while ((sentences[sentence + 1]?.start ?? Infinity) <= start) sentence += 1
      const lemma = text.slice(start, end).toLowerCase()
      return { kind: 'quoted-text', start, end, lemma, about: null, toward: null, sentence }
    })
}

/** The words of a text with the part of speech that each has in its sentence. */
export function tagText(text: string): readonly Token[] {
  const prepared = prepareText(text)
  return splitSentences(text, prepared).flatMap((span) => tagSentence(prepared, span).tokens)
}

function tagSentence(
  prepared: string,
  { start, end }: TextSpan,
): { readonly tokens: readonly Token[]; readonly style: LetterCase } {
  const written = prepared.slice(start, end)
  const style = letterCase(written.split(' '))
  const tagged = retag(tagWords(plainCase(written, style), start))
  const tokens = tagged.map((token) => ({
    ...token,
    text: prepared.slice(token.start, token.end),
  }))
  return { tokens, style }
}

function readSentence(prepared: string, span: TextSpan, sentence: number): Draft[] {
  const { tokens, style } = tagSentence(prepared, span)
  const { said, unsayable } = splitOff(tokens, sentence)
  const words = withNames(said, style)
  return [...linkParts(words, readParts(words), sentence), ...unsayable]
}

/** In titles and capitals the tagger would take everything for a name; everyday words lose their capitals. */
function plainCase(sentence: string, style: LetterCase): string {
  if (style === 'sentence') return sentence
  return sentence.replace(/[\p{L}\p{M}']+/gu, (word) => {
    const lower = word.toLowerCase()
    return lower.length === word.length && (style === 'upper' || isCommon(word)) ? lower : word
  })
}

/** Takes out hedges, and everything from a word like "because" to the end of the sentence. */
function splitOff(
  tokens: readonly Token[],
  sentence: number,
): { said: Token[]; unsayable: Draft[] } {
  const said: Token[] = []
  const unsayable: Draft[] = []
  const give = (from: number, to: number) => {
    const [first, last] = [tokens[from], tokens[to - 1]]
    if (first === undefined || last === undefined) return
    const lemma = tokens.slice(from, to).map(({ lower }) => lower)
    unsayable.push({
      kind: 'not-checkable',
      start: first.start,
      end: last.end,
      lemma: lemma.join(' '),
      about: null,
      toward: null,
      sentence,
    })
  }
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at]
    if (token === undefined) break
    if (phraseEnd(CAUSE_BY_FIRST, tokens, at) > at) {
      const last = tokens.at(-1)
      give(at, last?.tag === 'PUNCT' ? tokens.length - 1 : tokens.length)
      break
    }
    const hedge = phraseEnd(HEDGES_BY_FIRST, tokens, at)
    if (hedge > at) give(at, hedge)
    else said.push(token)
    at = Math.max(hedge, at + 1)
  }
  return { said, unsayable }
}

type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>

function byFirst(phrases: readonly (readonly string[])[]): Phrases {
  return Map.groupBy(
    [...phrases].sort((a, b) => b.length - a.length),
    ([first]) => first ?? '',
  )
}

const CAUSE_BY_FIRST = byFirst(CAUSE_PHRASES)
const HEDGES_BY_FIRST = byFirst(HEDGES)

function phraseEnd(phrases: Phrases, tokens: readonly Token[], at: number): number {
  const found = phrases
    .get(tokens[at]?.lower ?? '')
    ?.find((phrase) => phrase.every((word, index) => tokens[at + index]?.lower === word))
  return at + (found?.length ?? 0)
}

function withNames(tokens: readonly Token[], style: LetterCase): Word[] {
  const words: Word[] = tokens.map((token) => ({ ...token, name: null }))
  findNames(tokens, style).forEach(({ from, to }, name) => {
    for (let at = from; at < to; at += 1) {
      const word = words[at]
      if (word !== undefined) words[at] = { ...word, name }
    }
  })
  return words
}
