import { getWordNet } from '../lexicon/language.ts'
import { BE_FORMS, PREPOSITION_PHRASES, PREPOSITIONS, REGIONS } from '../lexicon/word-lists.ts'
import {
  isParticiple,
  isShade,
  readNounPhrase,
  type NounPhrase,
  type Word,
} from './noun-phrases.ts'

/** A piece of a sentence, in the order of the text; `from` to `to` (excluded) are words. */
export type Part =
  | {
      readonly kind: 'thing'
      readonly from: number
      readonly to: number
      readonly phrase: NounPhrase
    }
  | { readonly kind: 'verb'; readonly from: number; readonly to: number; readonly lemma: string }
  | {
      readonly kind: 'preposition'
      readonly from: number
      readonly to: number
      readonly lemma: string
    }
  | {
      readonly kind: 'describing'
      readonly from: number
      readonly to: number
      readonly lemma: string
    }
  | ({
      readonly kind:
        'be' | 'number' | 'and' | 'comma' | 'which' | 'possessive' | 'no' | 'stop' | 'other'
    } & {
      readonly from: number
      readonly to: number
    })

const PHRASES_BY_FIRST: ReadonlyMap<string, readonly (readonly string[])[]> = Map.groupBy(
  [...PREPOSITION_PHRASES].sort((a, b) => b.length - a.length),
  ([first]) => first ?? '',
)

export function readParts(words: readonly Word[]): Part[] {
  const parts: Part[] = []
  let at = 0
  while (at < words.length) {
    const part = readPart(words, at, parts.at(-1))
    parts.push(part)
    at = part.to
  }
  return parts
}

function readPart(words: readonly Word[], at: number, before: Part | undefined): Part {
  const word = words[at]
  if (word === undefined) throw new RangeError('There is no word to read.')
  const one = { from: at, to: at + 1 }
  const preposition = word.name === null ? readPreposition(words, at) : null
  if (preposition !== null) return preposition
  if (word.lower === "'s" || word.lower === "'") {
    const owns = before?.kind === 'thing' && word.tag !== 'AUX'
    return { kind: owns ? 'possessive' : before?.kind === 'thing' ? 'be' : 'other', ...one }
  }
  if (word.lower === 'no' || word.lower === 'without') return { kind: 'no', ...one }
  if (word.name === null && isVerb(words, at, before)) return readVerb(words, at)
  if (before?.kind === 'comma' && word.tag === 'ADJ' && words[at + 1]?.text === ',')
    return readDescribing(words, at)
  const phrase = readNounPhrase(words, at)
  if (phrase !== null) return { kind: 'thing', from: at, to: phrase.to, phrase }
  if (word.tag === 'AUX') return { kind: BE_FORMS.has(word.lower) ? 'be' : 'other', ...one }
  if (word.tag === 'VERB') return readVerb(words, at)
  if (word.tag === 'ADJ') return readDescribing(words, at)
  if (word.tag === 'NUM' && /\d/.test(word.text)) return { kind: 'number', ...one }
  if (word.tag === 'CCONJ') return { kind: 'and', ...one }
  if (/^(?:that|which|who)$/.test(word.lower)) return { kind: 'which', ...one }
  if (word.text === ',') return { kind: 'comma', ...one }
  return { kind: word.tag === 'PUNCT' && word.text !== '-' ? 'stop' : 'other', ...one }
}

/** A participle straight after a thing or "be" is a verb; elsewhere it may describe the next noun. */
function isVerb(words: readonly Word[], at: number, before: Part | undefined): boolean {
  const word = words[at]
  if (word?.tag !== 'VERB') return false
  if (before === undefined) return readNounPhrase(words, at) === null
  if (before.kind === 'thing' || before.kind === 'be' || before.kind === 'which') return true
  const previous = words[at - 1]
  if (previous?.tag === 'ADV' || previous?.lower === 'to') return true
  return !isParticiple(word.lower) || readNounPhrase(words, at) === null
}

function readVerb(words: readonly Word[], at: number): Part {
  const lower = words[at]?.lower ?? ''
  return { kind: 'verb', from: at, to: at + 1, lemma: verbLemma(lower) }
}

function verbLemma(lower: string): string {
  return IRREGULAR_CAPTION_VERBS.get(lower) ?? getWordNet().baseForm(lower, 'verb') ?? lower
}

/** Where the base form that WordNet prefers is not what captions mean. */
const IRREGULAR_CAPTION_VERBS: ReadonlyMap<string, string> = new Map([
  ['laying', 'lie'],
  ['lying', 'lie'],
  ['lays', 'lie'],
  ['lay', 'lie'],
  ['seated', 'sit'],
  ['left', 'leave'],
  ['found', 'find'],
  ['saw', 'see'],
])

function readDescribing(words: readonly Word[], at: number): Part {
  const to = isShade(words, at) ? at + 2 : at + 1
  const lemma = words
    .slice(at, to)
    .map(({ lower }) => lower)
    .join(' ')
  return { kind: 'describing', from: at, to, lemma }
}

function readPreposition(words: readonly Word[], at: number): Part | null {
  const first = words[at]
  if (first === undefined) return null
  for (const phrase of PHRASES_BY_FIRST.get(first.lower) ?? []) {
    if (!phrase.every((each, index) => words[at + index]?.lower === each)) continue
    return { kind: 'preposition', from: at, to: at + phrase.length, lemma: withoutArticles(phrase) }
  }
  const region = readRegion(words, at)
  if (region !== null) return region
  const isPreposition =
    first.tag === 'ADP' || (first.tag !== 'ADJ' && PREPOSITIONS.has(first.lower))
  if (!isPreposition || first.lower === 'without') return null
  return { kind: 'preposition', from: at, to: at + 1, lemma: first.lower }
}

/** "on the far side of", "the back of": a place, told from a thing by the "of" behind it. */
function readRegion(words: readonly Word[], from: number): Part | null {
  let at = from
  if (words[at]?.tag === 'ADP') at += 1
  while (words[at]?.tag === 'DET') at += 1
  if (REGION_ADJECTIVES.test(words[at]?.lower ?? '') && words[at + 1]?.lower !== 'of') at += 1
  if (!REGIONS.has(words[at]?.lower ?? '') || words[at + 1]?.lower !== 'of') return null
  const lemma = withoutArticles(words.slice(from, at + 2).map(({ lower }) => lower))
  return { kind: 'preposition', from, to: at + 2, lemma }
}

const REGION_ADJECTIVES =
  /^(?:left|right|far|near|other|opposite|upper|lower|top|bottom|very|outer|inner|front|back)$/

function withoutArticles(words: readonly string[]): string {
  return words.filter((word) => word !== 'the' && word !== 'a' && word !== 'an').join(' ')
}
