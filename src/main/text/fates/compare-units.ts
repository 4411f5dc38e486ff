import type { TextUnit } from '../../../shared/domain/text-unit.ts'
import { getWordNet } from '../lexicon/language.ts'
import { COLOURS, MATERIALS, VEHICLE_MAKES } from '../lexicon/word-lists.ts'
import { isPersonName } from '../units/names.ts'
import { jaroWinkler } from './jaro-winkler.ts'
import { isThing, PLACEHOLDERS } from './specific.ts'

/** How one unit of the caption answers one of the alt-text. */
export interface Likeness {
  /** 0 for none; 1 for the very same (exact, then synonyms and spellings, then kinds). */
  readonly worth: number
  readonly how: 'kept' | 'generalised' | 'specialised' | 'changed'
}

const NONE: Likeness = { worth: 0, how: 'changed' }
const SAME: Likeness = { worth: 1, how: 'kept' }
const ALIAS: Likeness = { worth: 0.95, how: 'kept' }
const SYNONYM: Likeness = { worth: 0.9, how: 'kept' }
const VAGUER: Likeness = { worth: 0.8, how: 'generalised' }
const CLOSER: Likeness = { worth: 0.8, how: 'specialised' }
/** Any thing answers a word that stands for all of them, but worse than its own kind does. */
const ANY_THING = 0.5
const LIKE_NAME = 0.92

export type UnitGroup = 'thing' | 'quality' | 'count' | 'happening' | 'not-checkable'

/** Only units of one group answer each other. */
export function groupOf({ kind }: TextUnit): UnitGroup {
  switch (kind) {
    case 'entity':
    case 'name':
    case 'quoted-text':
      return 'thing'
    case 'attribute':
      return 'quality'
    case 'count':
      return 'count'
    case 'relation':
    case 'action':
      return 'happening'
    case 'not-checkable':
      return 'not-checkable'
  }
}

/** Compares two units of one group by their words alone; what stands around them is weighed by the caller. */
export function compareUnits(before: TextUnit, after: TextUnit): Likeness {
  if (before.lemma === after.lemma) return SAME
  switch (groupOf(before)) {
    case 'thing':
      return before.kind === 'entity' && after.kind === 'entity'
        ? compareEntities(before.lemma, after.lemma)
        : compareNames(before.lemma, after.lemma)
    case 'quality':
      return compareQualities(before.lemma, after.lemma)
    case 'count':
      return compareCounts(before.lemma, after.lemma)
    case 'happening':
      return compareHappenings(before.lemma, after.lemma)
    case 'not-checkable':
      return NONE
  }
}

function compareEntities(before: string, after: string): Likeness {
  const wordNet = getWordNet()
  if (squeeze(before) === squeeze(after)) return SAME
  if (isTailOf(after, before)) return VAGUER
  if (isTailOf(before, after)) return CLOSER
  if (isAcronym(before, after)) return ALIAS
  if (wordNet.areSynonyms(before, after)) return SYNONYM
  if (wordNet.isKindOf(before, after)) return VAGUER
  if (wordNet.isKindOf(after, before)) return CLOSER
  if (isHeadOf(after, before)) return VAGUER
  if (isHeadOf(before, after)) return CLOSER
  if (isPlaceholderFor(after, before)) return { worth: ANY_THING, how: 'generalised' }
  if (isPlaceholderFor(before, after)) return { worth: ANY_THING, how: 'specialised' }
  return NONE
}

const HEAD_LENGTH = 4
/** Words whose second part names something else. */
const HEADLESS: ReadonlySet<string> = new Set(
  'pineapple seahorse starfish jellyfish cuttlefish ladybird horseshoe greenhouse lighthouse'.split(
    ' ',
  ),
)

/** "board" is the head of "chalkboard": the rest of the word is one too, and both are of one sort. */
function isHeadOf(head: string, whole: string): boolean {
  const rest = whole.slice(0, -head.length)
  if (head.length < HEAD_LENGTH || rest.length < 3 || !whole.endsWith(head)) return false
  if (HEADLESS.has(whole) || /[^a-z]/.test(whole)) return false
  const wordNet = getWordNet()
  const sortsOf = (noun: string) => wordNet.senses(noun, 'noun').map(({ domain }) => domain)
  const [sort] = sortsOf(whole)
  const isWord = wordNet.has(rest, 'noun') || wordNet.has(rest, 'adj') || wordNet.has(rest, 'verb')
  return isWord && sort !== undefined && sortsOf(head).includes(sort)
}

function isPlaceholderFor(placeholder: string, noun: string): boolean {
  return PLACEHOLDERS.has(placeholder) && !PLACEHOLDERS.has(noun) && isThing(noun)
}

/** Names, quoted words, and either of them with an entity. */
function compareNames(before: string, after: string): Likeness {
  if (squeeze(before) === squeeze(after)) return SAME
  const isNumber = /^\d+s?$/
  if (isNumber.test(before) || isNumber.test(after)) return NONE
  if (isAcronym(before, after)) return ALIAS
  if (holdsWords(before, after)) return VAGUER
  if (holdsWords(after, before)) return CLOSER
  const likeness = jaroWinkler(before, after)
  // One letter makes another model, so numbers are never merely alike.
  if (likeness >= LIKE_NAME && !/\d/.test(before + after)) return { worth: likeness, how: 'kept' }
  if (isVehicleName(before) && isVehicle(after)) return VAGUER
  if (isVehicleName(after) && isVehicle(before)) return CLOSER
  if (isPersonName(before) && isPerson(after)) return VAGUER
  if (isPersonName(after) && isPerson(before)) return CLOSER
  const wordNet = getWordNet()
  if (wordNet.areSynonyms(before, after)) return ALIAS
  if (wordNet.isKindOf(before, after)) return VAGUER
  return wordNet.isKindOf(after, before) ? CLOSER : NONE
}

function isVehicleName(name: string): boolean {
  return name.split(' ').some((word) => VEHICLE_MAKES.has(word))
}

function isVehicle(lemma: string): boolean {
  return lemma === 'vehicle' || getWordNet().isKindOf(lemma, 'vehicle')
}

/** By its usual meaning: WordNet also knows an actor who was called Tree. */
function isPerson(lemma: string): boolean {
  return lemma === 'person' || lemma === 'people' || getWordNet().isMostlyKindOf(lemma, 'person')
}

function compareQualities(before: string, after: string): Likeness {
  if (squeeze(before) === squeeze(after)) return SAME
  if (spellings(before).has(after)) return SAME
  if (isTailOf(after, before)) return VAGUER
  if (isTailOf(before, after)) return CLOSER
  if (COLOURS.has(before) || COLOURS.has(after)) return NONE
  return getWordNet().areSynonyms(before, after) ? SYNONYM : NONE
}

/** "gray" and "grey", "wood" and "wooden". */
function spellings(word: string): ReadonlySet<string> {
  const swaps = [
    ['gray', 'grey'],
    ['color', 'colour'],
    ['blond', 'blonde'],
  ] as const
  const found = new Set([`${word}en`, word.replace(/en$/, '')])
  for (const [one, other] of swaps) {
    found.add(word.replace(one, other))
    found.add(word.replace(other, one))
  }
  return found
}

function compareCounts(before: string, after: string): Likeness {
  const isNumber = (lemma: string) => /^\d/.test(lemma)
  const isTwo = (lemma: string) => lemma === '2' || lemma === 'pair of' || lemma === 'couple of'
  if (isTwo(before) && isTwo(after)) return ALIAS
  if (isNumber(before) && !isNumber(after)) return VAGUER
  if (!isNumber(before) && isNumber(after)) return CLOSER
  return NONE
}

/** "sit" and "sit on" are one verb; prepositions of one place are not compared by meaning. */
function compareHappenings(before: string, after: string): Likeness {
  const wordNet = getWordNet()
  const [verb = ''] = before.split(' ')
  const [other = ''] = after.split(' ')
  if (!wordNet.has(verb, 'verb') || !wordNet.has(other, 'verb')) return NONE
  if (verb === other) return ALIAS
  return wordNet.areSynonyms(verb, other) ? SYNONYM : NONE
}

/** True where two qualities are of one sort, so that one may stand in the other's place. */
export function areRivalQualities(before: string, after: string): boolean {
  const isOf = (sort: ReadonlySet<string>, lemma: string) =>
    sort.has(lemma) || sort.has(lemma.slice(lemma.lastIndexOf(' ') + 1))
  return [COLOURS, MATERIALS, SIZES, AGES].some((sort) => isOf(sort, before) && isOf(sort, after))
}

/**
 * True where one thing may stand in the other's place: both persons, both artefacts, and so on by WordNet's files. Names
 * and words that it does not know may stand anywhere, but a year only in the place of a year.
 */
export function areOfOneSort(before: TextUnit, after: TextUnit): boolean {
  const isNumber = ({ lemma }: TextUnit) => /^\d+s?$/.test(lemma)
  if (isNumber(before) || isNumber(after)) return isNumber(before) && isNumber(after)
  if (before.kind === 'quoted-text' || after.kind === 'quoted-text')
    return before.kind === after.kind
  const sortOf = ({ kind, lemma }: TextUnit) =>
    kind === 'name' ? undefined : getWordNet().senses(lemma, 'noun', 1)[0]?.domain
  const [one, other] = [sortOf(before), sortOf(after)]
  return one === undefined || other === undefined || one === other
}

const SIZES: ReadonlySet<string> = new Set(
  'small big large tiny huge little giant tall short long wide narrow thick thin'.split(' '),
)
const AGES: ReadonlySet<string> = new Set(
  'young old elderly adult new antique modern vintage'.split(' '),
)

/** "truck" is the tail of "fire truck". */
function isTailOf(tail: string, whole: string): boolean {
  if (!whole.endsWith(` ${tail}`)) return false
  return whole !== 'hot dog'
}

function holdsWords(whole: string, part: string): boolean {
  const words = new Set(whole.split(' '))
  const parts = part.split(' ')
  return parts.length < words.size && parts.every((word) => words.has(word))
}

/** "NYC" for "New York City". */
function isAcronym(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (!/[\s-]/.test(long) || short.length > 12) return false
  const initials = long
    .split(/[\s-]+/)
    .map((word) => word[0] ?? '')
    .join('')
  return initials.length >= 2 && short.replaceAll('.', '') === initials
}

function squeeze(lemma: string): string {
  return lemma.replaceAll(/[\s.-]/g, '')
}
