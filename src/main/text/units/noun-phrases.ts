import { getWordNet } from '../lexicon/language.ts'
import { COLOURS, MATERIALS, QUANTIFIERS, SHADES } from '../lexicon/word-lists.ts'
import type { Token } from './tagger.ts'

/** A token of a sentence with what the name layer found. */
export interface Word extends Token {
  /** Number of the name that it is part of; null for other words. */
  readonly name: number | null
}

/** Words of a noun phrase that say one thing: "light blue", "fire trucks". `from` to `to` (excluded). */
export interface WordGroup {
  readonly kind: 'head' | 'name' | 'adjective' | 'noun' | 'count'
  readonly from: number
  readonly to: number
  readonly lemma: string
}

export interface NounPhrase {
  readonly from: number
  readonly to: number
  /** In the order of the text. Exactly one is the head; it is of kind `head`, or `name` where the phrase is a name. */
  readonly groups: readonly WordGroup[]
  readonly head: WordGroup
  readonly determiner: string | null
}

const POSSESSIVES = /^(?:his|her|its|their|my|your|our)$/
const LONGEST_COMPOUND = 4
/** More of them in a row are a list, and reading on from each would cost their square. */
const MOST_MODIFIERS = 12

/** Reads the noun phrase that starts at a word; null where none does. */
export function readNounPhrase(words: readonly Word[], from: number): NounPhrase | null {
  let at = from
  const first = words[at]
  if (first === undefined) return null
  let determiner: string | null = null
  while (isDeterminer(words[at])) {
    determiner = words[at]?.lower ?? null
    at += 1
  }
  const modifiers: WordGroup[] = []
  for (let next = readModifier(words, at, at > from); next !== null;) {
    modifiers.push(next)
    at = next.to
    if (modifiers.length > MOST_MODIFIERS) return null
    if (isModifierJoint(words, at)) at += 1
    next = readModifier(words, at, true)
  }
  const nounsFrom = at
  while (isNoun(words, at, nounsFrom)) at += 1
  if (at === nounsFrom) return null
  const nouns = groupNouns(words, nounsFrom, at)
  const head = nouns.at(-1)
  if (head === undefined) return null
  return { from, to: at, groups: [...modifiers, ...nouns], head, determiner }
}

function isDeterminer(word: Word | undefined): boolean {
  if (word === undefined || word.name !== null) return false
  if (QUANTIFIERS.has(word.lower)) return false
  return word.tag === 'DET' || POSSESSIVES.test(word.lower)
}

function isNoun(words: readonly Word[], at: number, nounsFrom: number): boolean {
  const word = words[at]
  if (word === undefined) return false
  if (word.name !== null) return true
  if (word.tag === 'NOUN' || word.tag === 'PROPN') return /\p{L}/u.test(word.text)
  // Adjectives between the nouns of a known compound: "polar bear" after "white", "tennis hard court".
  return (
    (word.tag === 'ADJ' || (word.tag === 'VERB' && at === nounsFrom)) &&
    words[at + 1]?.tag === 'NOUN' &&
    compoundEnd(words, at) > at + 1
  )
}

/** A modifier in front of nouns; `hasStarted` tells that the phrase has begun, so that a participle belongs to it. */
function readModifier(words: readonly Word[], at: number, hasStarted: boolean): WordGroup | null {
  const word = words[at]
  if (word === undefined || word.name !== null || compoundEnd(words, at) > at + 1) return null
  if (word.tag === 'NUM' || QUANTIFIERS.has(word.lower))
    return { kind: 'count', from: at, to: at + 1, lemma: word.lower }
  if (word.lower === 'no' || word.tag === 'NOUN' || word.tag === 'PROPN')
    return isShade(words, at) ? adjectiveGroup(words, at, 2) : colourNoun(words, at)
  if (word.tag === 'ADV') return readAdverb(words, at)
  if (word.tag === 'ADJ') {
    if (!leadsToNoun(words, at + 1)) return null
    return adjectiveGroup(words, at, isShade(words, at) ? 2 : 1)
  }
  if (word.tag !== 'VERB' || !isParticiple(word.lower)) return null
  const isAlone = !hasStarted && /ing$/.test(word.lower) && words[at - 1]?.lower !== 'with'
  return !isAlone && leadsToNoun(words, at + 1) ? adjectiveGroup(words, at, 1) : null
}

/** "orange cat": a colour or material that the tagger takes for a noun still describes the next noun. */
function colourNoun(words: readonly Word[], at: number): WordGroup | null {
  const word = words[at]
  if (word === undefined || !(COLOURS.has(word.lower) || MATERIALS.has(word.lower))) return null
  const next = words[at + 1]
  const describes =
    next !== undefined &&
    (next.tag === 'ADJ' || next.tag === 'NOUN' || isModifierJoint(words, at + 1))
  return describes && leadsToNoun(words, at + 1) ? adjectiveGroup(words, at, 1) : null
}

/** "freshly cut grass", "brightly colored"; "very" and the like say nothing alone. */
function readAdverb(words: readonly Word[], at: number): WordGroup | null {
  const next = words[at + 1]
  const describes =
    next?.tag === 'ADJ' ||
    (next?.tag === 'VERB' && (isParticiple(next.lower) || UNCHANGING_PARTICIPLES.test(next.lower)))
  if (!describes || !leadsToNoun(words, at + 2)) return null
  const isDegree = !/ly$/.test(words[at]?.lower ?? '')
  return isDegree
    ? { ...adjectiveGroup(words, at + 1, 1), from: at + 1 }
    : adjectiveGroup(words, at, 2)
}

const UNCHANGING_PARTICIPLES = /^(?:cut|shut|split|spread|set|hit|cast|knit)$/

function adjectiveGroup(words: readonly Word[], from: number, count: number): WordGroup {
  const to = from + count
  const lemma = words
    .slice(from, to)
    .map(({ lower }) => lower)
    .join(' ')
  return { kind: 'adjective', from, to, lemma }
}

export function isParticiple(lower: string): boolean {
  if (/(?:ed|ing)$/.test(lower)) return true
  const base = getWordNet().baseForm(lower, 'verb')
  return base !== null && base !== lower && !/s$/.test(lower)
}

export function isShade(words: readonly Word[], at: number): boolean {
  const next = words[at + 1]
  return SHADES.has(words[at]?.lower ?? '') && next !== undefined && COLOURS.has(next.lower)
}

/** True where more modifiers and then a noun follow, so that this is still one phrase. */
function leadsToNoun(words: readonly Word[], from: number): boolean {
  for (let at = from; at < words.length && at < from + 8; at += 1) {
    const word = words[at]
    if (word === undefined) return false
    if (word.name !== null || word.tag === 'NOUN' || word.tag === 'PROPN') return true
    const goesOn =
      word.tag === 'ADJ' ||
      word.tag === 'NUM' ||
      (word.tag === 'ADV' && words[at + 1]?.tag === 'ADJ') ||
      (word.tag === 'VERB' && isParticiple(word.lower)) ||
      isModifierJoint(words, at)
    if (!goesOn) return false
  }
  return false
}

/** "black and white", "white, blue": a joint between two words that both describe. */
function isModifierJoint(words: readonly Word[], at: number): boolean {
  const joint = words[at]
  if (joint === undefined || !/^(?:and|or|&|,|\/|-)$/.test(joint.lower)) return false
  const next = /^(?:and|or|&)$/.test(words[at + 1]?.lower ?? '') ? words[at + 2] : words[at + 1]
  const previous = words[at - 1]
  if (next === undefined || previous === undefined) return false
  const describes = (word: Word) =>
    word.tag === 'ADJ' ||
    COLOURS.has(word.lower) ||
    /^(?:and|or)$/.test(word.lower) ||
    (word.tag === 'VERB' && /ed$/.test(word.lower))
  return describes(previous) && describes(next)
}

function groupNouns(words: readonly Word[], from: number, to: number): WordGroup[] {
  const groups: WordGroup[] = []
  let end = to
  while (end > from) {
    const start = groupStart(words, from, end)
    groups.unshift(nounGroup(words, { start, end, isHead: groups.length === 0 }))
    end = start
  }
  return groups
}

/** Where the last group before `end` starts: a name, a compound that WordNet knows, or one word. */
function groupStart(words: readonly Word[], from: number, end: number): number {
  const last = words[end - 1]
  if (last !== undefined && last.name !== null) {
    let start = end - 1
    while (start > from && words[start - 1]?.name === last.name) start -= 1
    return start
  }
  for (let start = Math.max(from, end - LONGEST_COMPOUND); start < end - 1; start += 1)
    if (compoundLemma(words, start, end) !== null) return start
  return end - 1
}

function nounGroup(
  words: readonly Word[],
  { start, end, isHead }: { start: number; end: number; isHead: boolean },
): WordGroup {
  const first = words[start]
  if (first !== undefined && first.name !== null) {
    const lemma = words.slice(start, end).map(({ lower }) => lower)
    return { kind: 'name', from: start, to: end, lemma: lemma.join(' ') }
  }
  const lemma = compoundLemma(words, start, end) ?? nounLemma(words[end - 1]?.lower ?? '')
  return { kind: isHead ? 'head' : 'noun', from: start, to: end, lemma }
}

export function nounLemma(lower: string): string {
  const base = getWordNet().baseForm(lower, 'noun')
  if (base !== null) return base
  const last = /-([a-z]+)$/.exec(lower)?.[1]
  if (last !== undefined) return lower.slice(0, -last.length) + nounLemma(last)
  return /[^su]s$/.test(lower) && lower.length > 4 ? lower.slice(0, -1) : lower
}

/** End of the longest compound noun that WordNet knows from here on ("hot dog"); `at` where there is none. */
function compoundEnd(words: readonly Word[], at: number): number {
  for (let end = Math.min(at + LONGEST_COMPOUND, words.length); end > at + 1; end -= 1)
    if (compoundLemma(words, at, end) !== null) return end
  return at
}

/** Compounds are written apart or in one: "skate board" is a skateboard. */
function compoundLemma(words: readonly Word[], start: number, end: number): string | null {
  if (end - start < 2) return null
  const head = words[end - 1]?.tag
  if (head !== 'NOUN' && head !== 'PROPN') return null
  const run = words.slice(start, end)
  if (run.some(({ name, tag }) => name !== null || !COMPOUND_TAGS.has(tag))) return null
  const last = run.at(-1)
  const [first] = run
  if (last === undefined || first === undefined) return null
  if (
    run.length === 2 &&
    first.lower !== 'golden' &&
    COLOURS.has(first.lower) &&
    !COLOURED_THINGS.has(last.lower)
  )
    return null
  const isStarter = getWordNet().startsCompound(first.lower)
  const lead = run.slice(0, -1).map(({ lower }) => lower)
  for (const tail of new Set([last.lower, nounLemma(last.lower)])) {
    const lemma = [...lead, tail].join(' ')
    if (isStarter && isThing(lemma) && !(isPlainAdjective(first) && isPlainKind(lemma, tail)))
      return lemma
    if (run.length === 2 && WRITTEN_IN_ONE.has(lead.join('') + tail)) return lead.join('') + tail
  }
  return null
}

/** "cutting board" says what the board is for, whatever the tag of its first word. */
function isPlainAdjective({ tag, lower }: Word): boolean {
  return tag === 'ADJ' && !/ing$/.test(lower)
}

/** "young woman" is a woman who is young; a "hot dog" is no dog, and a "polar bear" is a kind of animal. */
function isPlainKind(compound: string, head: string): boolean {
  const wordNet = getWordNet()
  if (!wordNet.isKindOf(compound, head) && !wordNet.areSynonyms(compound, head)) return false
  const domain = wordNet.senses(compound, 'noun', 1)[0]?.domain
  return domain === undefined || !NATURAL_DOMAINS.has(domain)
}

/** Animals, food, plants. */
const NATURAL_DOMAINS: ReadonlySet<number> = new Set([5, 13, 20])

/** Often written apart in captions. */
const WRITTEN_IN_ONE: ReadonlySet<string> = new Set(
  `skateboard surfboard snowboard suitcase countertop wetsuit headboard motorbike lampshade windowsill bookshelf
  bookcase fireplace sailboat backpack handbag wheelchair flowerpot sidewalk streetlight cellphone wristwatch
  tabletop rooftop firetruck fireman lifejacket snowsuit swimsuit raincoat sunglasses eyeglasses toothbrush
  hairbrush dishwasher doorknob doorway staircase sweatshirt lipstick seashore shoreline`.split(
    /\s+/,
  ),
)

const COMPOUND_TAGS: ReadonlySet<string> = new Set(['NOUN', 'PROPN', 'ADJ', 'VERB', 'NUM'])
/** Names of kinds with a colour word in front; a "black bear" in a caption is also a bear that is black. */
const COLOURED_THINGS: ReadonlySet<string> = new Set(['board', 'house', 'card', 'pepper', 'wine'])

/** WordNet's compounds also are idioms ("big cheese") and persons; only what a picture can show counts. */
function isThing(lemma: string): boolean {
  const [first] = getWordNet().senses(lemma, 'noun', 1)
  return first !== undefined && SEEN_DOMAINS.has(first.domain) && !first.isInstance
}

/** Act, animal, artefact, body, communication, event, food, group, location, object, person, phenomenon, plant, substance. */
const SEEN_DOMAINS: ReadonlySet<number> = new Set([
  4, 5, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 20, 25, 27,
])
