import { GIVEN_NAMES } from '../hygiene/given-names.ts'
import { getWordNet } from '../lexicon/language.ts'
import {
  MAKES,
  MEASURE_UNITS,
  PICTURE_NOUNS,
  TIME_WORDS,
  WORD_LIKE_MAKES,
} from '../lexicon/word-lists.ts'
import { WORD_CLASSES } from '../lexicon/wordnet-files.ts'
import type { Token } from './tagger.ts'

/** Tokens `from` to `to` (excluded) that name one thing. */
export interface NameRange {
  readonly from: number
  readonly to: number
}

const GIVEN_NAMES_IN_LOWER_CASE: ReadonlySet<string> = new Set(
  [...GIVEN_NAMES].map((name) => name.toLowerCase()),
)

/** How far capitals mean something: in "Red Car For Sale" and "RED CAR" they do not. */
export type LetterCase = 'sentence' | 'title' | 'upper'

const LONGEST_NAME = 8
const FIRST_YEAR = 1500
const LAST_YEAR = 2099

const SMALL_WORDS =
  /^(?:a|an|the|of|in|on|at|for|to|by|with|and|or|from|as|is|are|its|his|her|&|-)$/
const NAME_JOINTS = /^(?:of|de|del|la|le|von|van|der|den|di|da|du|al|bin|ibn|&|the)$/

export function letterCase(words: readonly string[]): LetterCase {
  const long = words.filter(
    (word) => /\p{L}{2}/u.test(word) && !SMALL_WORDS.test(word.toLowerCase()),
  )
  if (long.length < 2) return 'sentence'
  const isUpper = (word: string) => word === word.toUpperCase() && word !== word.toLowerCase()
  if (long.length >= 3 && long.filter(isUpper).length > 0.8 * long.length) return 'upper'
  const [, ...later] = long
  const capital = later.filter(isCapitalised).length
  const lowerCase = long.filter((word) => word === word.toLowerCase() && isCommon(word))
  // Two capitals in a row may be a person; a title also capitalises everyday words.
  const hasEveryday = later.some((word) => isCapitalised(word) && isEveryday(word.toLowerCase()))
  return capital >= 2 && lowerCase.length === 0 && hasEveryday ? 'title' : 'sentence'
}

function isCapitalised(word: string): boolean {
  return /^\p{Lu}/u.test(word)
}

/** True for words that WordNet spells in lower case in some meaning, so that a capital needs a reason. */
export function isCommon(word: string): boolean {
  const lower = word.toLowerCase()
  if (SMALL_WORDS.test(lower)) return true
  const wordNet = getWordNet()
  return WORD_CLASSES.some((wordClass) => {
    const base = wordNet.baseForm(lower, wordClass)
    if (base === null) return false
    if (wordClass === 'verb' || wordClass === 'adv') return true
    const spelled = base.replaceAll(' ', '_')
    return wordNet.senses(base, wordClass).some(({ words }) => words.includes(spelled))
  })
}

/** Common, and met in tagged texts: "truck", but not "corolla". */
function isEveryday(lower: string): boolean {
  if (SMALL_WORDS.test(lower)) return true
  const wordNet = getWordNet()
  return WORD_CLASSES.some((wordClass) => {
    const base = wordNet.baseForm(lower, wordClass)
    return base !== null && wordNet.usedSenses(base, wordClass) > 0 && isCommon(lower)
  })
}

/** Names in a sentence: runs of capitals that sentence case does not explain, makes, model numbers, years, places. */
export function findNames(tokens: readonly Token[], style: LetterCase): NameRange[] {
  const ranges: NameRange[] = []
  let at = 0
  while (at < tokens.length) {
    const to = nameEnd(tokens, at, style)
    if (to > at) ranges.push({ from: at, to })
    at = Math.max(to, at + 1)
  }
  return ranges
}

function nameEnd(tokens: readonly Token[], at: number, style: LetterCase): number {
  const token = tokens[at]
  if (token === undefined || token.tag === 'PUNCT' || token.tag === 'OTHER') return at
  const known = knownPlaceEnd(tokens, at, style)
  if (known > at) return known
  if (isYear(tokens, at)) return at + 1
  if (!startsName(tokens, at, style)) return at
  let end = at + 1
  while (end < tokens.length && end - at < LONGEST_NAME) {
    if (continuesName(tokens, { at: end, start: at, style })) end += 1
    else if (
      !MAKES.has(token.lower) &&
      NAME_JOINTS.test(tokens[end]?.lower ?? '') &&
      style === 'sentence' &&
      isCapital(tokens[end + 1]) &&
      continuesName(tokens, { at: end + 1, start: at, style })
    )
      end += 2
    else break
  }
  return end
}

/** "Anna", though WordNet knows a coin; but no word of every day, as "Mark" at the start of a sentence may be. */
function isGivenName({ text, lower }: Token): boolean {
  return GIVEN_NAMES.has(text) && !isEveryday(lower)
}

/** True for names that start with a given name. */
export function isPersonName(lemma: string): boolean {
  return GIVEN_NAMES_IN_LOWER_CASE.has(lemma.split(' ', 1)[0] ?? '')
}

function isCapital(token: Token | undefined): boolean {
  return token !== undefined && isCapitalised(token.text)
}

/** The start of a sentence, or what follows a colon, a dash or an opening bracket, is capitalised anyway. */
function isOpening(tokens: readonly Token[], at: number): boolean {
  const previous = tokens[at - 1]
  return previous === undefined || /^[:\-–—("'[*#.!?/]$/.test(previous.text)
}

function startsName(tokens: readonly Token[], at: number, style: LetterCase): boolean {
  const token = tokens[at]
  if (token === undefined) return false
  const { text, lower } = token
  if (isModelNumber(text)) return true
  if (MAKES.has(lower)) return isMakeHere(tokens, at, style)
  if (/^\p{Ll}\p{Lu}/u.test(text)) return true
  if (!isCapitalised(text) || text === 'I' || TIME_WORDS.has(lower)) return false
  if (!/\p{Script=Latin}{2}/u.test(text) && !/^\p{Lu}\.$/u.test(text)) return false
  if (isCommonAcronym(token) || isDescribing(tokens, at)) return false
  if (style !== 'sentence' && isTitleOf(tokens, at)) return true
  if (isGivenName(token)) return true
  if (style !== 'sentence' || PICTURE_NOUNS.has(lower)) return !isCommon(lower)
  if (!isOpening(tokens, at)) return !SMALL_WORDS.test(lower)
  if (!isCommon(lower)) return !['DET', 'ADP', 'PRON', 'AUX', 'SCONJ', 'CCONJ'].includes(token.tag)
  return isCapital(tokens[at + 1]) && isProper(lower) && !isEveryday(lower)
}

function continuesName(
  tokens: readonly Token[],
  { at, start, style }: { at: number; start: number; style: LetterCase },
): boolean {
  const token = tokens[at]
  const first = tokens[start]
  if (token === undefined || first === undefined || token.tag === 'PUNCT') return false
  if (isModelNumber(token.text) || /^[IVX]{2,5}$/.test(token.text)) return true
  if (isYear(tokens, at) || isCommonAcronym(token)) return false
  const isSpoken = isCapitalised(token.text) && !TIME_WORDS.has(token.lower)
  if (style === 'sentence') {
    if (isSpoken) return true
    const isPlainNumber = /^\d{1,4}$/.test(token.text) && tokens[at + 1]?.tag !== 'NOUN'
    return MAKES.has(first.lower) && isPlainNumber
  }
  if (MAKES.has(token.lower) && !WORD_LIKE_MAKES.has(token.lower)) return true
  return (
    isSpoken &&
    (MAKES.has(first.lower) || isGivenName(first)
      ? !isEveryday(token.lower)
      : !isCommon(token.lower))
  )
}

/** "Queen Elizabeth", "Lake Kawaguchi": in titles a name starts with its title where a proper word follows. */
function isTitleOf(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]
  if (next === undefined || !isCapital(next) || !NAME_TITLES.test(tokens[at]?.lower ?? ''))
    return false
  return !isCommon(next.lower) || isProper(next.lower)
}

const NAME_TITLES =
  /^(?:queen|king|prince|princess|president|sir|lord|lady|saint|st\.?|mount|mt\.?|lake|river|pope|emperor|dr\.?|mr\.?|mrs\.?|ms\.?|captain|general|senator|mayor|san|santa|fort|cape)$/

/** A make that is a word too ("seat", "apple") needs a capital that the sentence does not explain, or a model behind it. */
function isMakeHere(tokens: readonly Token[], at: number, style: LetterCase): boolean {
  const token = tokens[at]
  if (token === undefined) return false
  if (!WORD_LIKE_MAKES.has(token.lower)) return true
  const next = tokens[at + 1]
  if (next !== undefined && (isModelNumber(next.text) || isYear(tokens, at + 1))) return true
  if (!isCapitalised(token.text)) return token.lower === 'ford' || token.lower === 'jeep'
  return (style === 'sentence' && !isOpening(tokens, at)) || !isEveryday(token.lower)
}

/** "F-150", "A380", "X5", "747-400", "RX8"; not "3d", "1st", "18mm" or "80s". */
function isModelNumber(text: string): boolean {
  if (!/\d/.test(text) || !/\p{L}/u.test(text)) return /^\d{3}-\d{3}$/.test(text)
  if (/^\d+(?:[.,]\d+)?(?:st|nd|rd|th|s|d|x|k|am|pm)$/i.test(text)) return false
  const unit = /^\d+(?:[.,]\d+)?-?(\p{L}+)$/u.exec(text)?.[1]?.toLowerCase()
  if (unit !== undefined && (MEASURE_UNITS.has(unit) || unit.length > 3)) return false
  return (
    /^[\p{L}\d]+(?:[-./][\p{L}\d]+)*$/u.test(text) &&
    text.length <= 20 &&
    /\p{Lu}|^\p{L}\d/u.test(text)
  )
}

function isYear(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token === undefined || !/^(?:1[5-9]|20)\d\ds?$/.test(token.text)) return false
  const year = Number.parseInt(token.text, 10)
  const next = tokens[at + 1]
  if (next !== undefined && MEASURE_UNITS.has(next.lower)) return false
  const countsNext = next?.tag === 'NOUN' && /s$/.test(next.lower) && !isCapitalised(next.text)
  return year >= FIRST_YEAR && year <= LAST_YEAR && !countsNext
}

/** "TV", "SUV", "DVD": kinds of things, though in capitals. */
function isCommonAcronym({ text, lower }: Token): boolean {
  if (!/^\p{Lu}{2,5}s?$/u.test(text)) return false
  const base = getWordNet().baseForm(lower, 'noun')
  if (base === null) return false
  const [first] = getWordNet().senses(base, 'noun', 1)
  return first !== undefined && !first.isInstance && ![4, 14, 15].includes(first.domain)
}

/** "American flag", "Victorian house": these describe. */
function isDescribing(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  const next = tokens[at + 1]
  if (token === undefined || next === undefined || isCapitalised(next.text)) return false
  return next.tag === 'NOUN' && getWordNet().has(token.lower, 'adj') && !MAKES.has(token.lower)
}

function isProper(lower: string): boolean {
  return getWordNet()
    .senses(lower, 'noun', 6)
    .some(({ isInstance, words }) => isInstance || !words.includes(lower))
}

/** Words of up to four tokens that WordNet knows as single things only: "Golden Gate Bridge", "new york", "paris". */
function knownPlaceEnd(tokens: readonly Token[], at: number, style: LetterCase): number {
  const lower = tokens[at]?.lower ?? ''
  if (MAKES.has(lower)) return at
  const longest = getWordNet().startsCompound(lower) ? 4 : 1
  for (let end = Math.min(at + longest, tokens.length); end > at; end -= 1) {
    const run = tokens.slice(at, end)
    if (run.some(({ tag }) => tag === 'PUNCT' || tag === 'OTHER')) continue
    const lemma = run.map((token) => token.lower).join(' ')
    if (lemma.length < 4 || (run.length === 1 && style === 'sentence' && isCapital(run[0])))
      continue
    const senses = getWordNet().senses(lemma, 'noun', 8)
    const [first] = senses
    if (first === undefined || !first.isInstance) continue
    const spelled = lemma.replaceAll(' ', '_')
    const isOnlyProper = senses.every(({ words }) => !words.includes(spelled))
    const isOther = run.length === 1 && (isOrdinary(lemma) || TIME_WORDS.has(lemma))
    if (isOnlyProper && !isOther) return end
  }
  return at
}

function isOrdinary(lemma: string): boolean {
  const wordNet = getWordNet()
  return (
    wordNet.baseForm(lemma, 'verb') !== null ||
    wordNet.baseForm(lemma, 'adj') !== null ||
    wordNet.has(lemma, 'adv') ||
    SMALL_WORDS.test(lemma)
  )
}
