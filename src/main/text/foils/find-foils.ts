import type { ClaimKind, Foil, FoilTier } from '../../../shared/domain/check-plan.ts'
import { getWordNet } from '../lexicon/language.ts'
import { COLOURS, NUMBERS } from '../lexicon/word-lists.ts'
import {
  ADJECTIVE_FOILS,
  BASIC_COLOURS,
  COLOUR_FAMILIES,
  COMMON_ACTIONS,
  POPULAR_THINGS,
  RANDOM_THINGS,
  RELATION_FOILS,
  SIGN_WORDS,
} from './foil-words.ts'
import { seededOrder } from './seeded.ts'
import { ingFormOf, isPlural, pluralOf } from './word-forms.ts'

const MAX_FOILS = 8
const PER_TIER = { adversarial: 4, popular: 2, random: 2 } as const satisfies Record<
  FoilTier,
  number
>
const MAX_COUNT_FOIL = 6

/** A unit as foils see it. */
export interface FoilSource {
  readonly claim: ClaimKind
  readonly words: string
  readonly lemma: string
  /** Lemmas of all things that the text names; what it says elsewhere may well be in the picture. */
  readonly things: readonly string[]
  /** Lower-case words of attributes that the same thing has besides this one. */
  readonly besides: readonly string[]
}

type FoilWords = Pick<Foil, 'words' | 'tier'>

/**
 * Words that could stand in a unit's place and would then be false, at most eight: of the unit's own kind, of what
 * pictures often show, and of anything (the three tiers of POPE). They follow from the unit and its text alone.
 */
export function findFoilWords(source: FoilSource): readonly FoilWords[] {
  switch (source.claim) {
    case 'object':
      return thingFoils(source)
    case 'colour':
      return colourFoils(source)
    case 'size':
    case 'attribute':
      return adversarial(
        (ADJECTIVE_FOILS.get(source.lemma) ?? []).filter((word) => !source.besides.includes(word)),
      )
    case 'count':
      return countFoils(source)
    case 'relation':
      return adversarial(RELATION_FOILS.get(source.lemma)?.foils ?? [])
    case 'action':
      return actionFoils(source)
    case 'sign-text':
      return signFoils(source)
    case 'name':
      return []
  }
}

function adversarial(words: readonly string[]): FoilWords[] {
  return words.slice(0, MAX_FOILS).map((each) => ({ words: each, tier: 'adversarial' as const }))
}

function thingFoils(source: FoilSource): FoilWords[] {
  const { lemma, words } = source
  const wordNet = getWordNet()
  const siblings = wordNet.siblings(lemma).filter((each) => /^[a-z]+(?: [a-z]+)?$/.test(each))
  const familiar = siblings.filter((each) => wordNet.usedSenses(each, 'noun') > 0)
  const tiers: Record<FoilTier, readonly string[]> = {
    adversarial: [
      ...seededOrder(
        [...POPULAR_THINGS, ...RANDOM_THINGS].filter((each) => siblings.includes(each)),
        lemma,
      ),
      ...seededOrder(familiar.length > 0 ? familiar : siblings, lemma),
    ],
    popular: seededOrder(POPULAR_THINGS, lemma),
    random: seededOrder(RANDOM_THINGS, lemma),
  }
  const plural = isPlural(words, lemma)
  const taken = new Set<string>()
  return (['adversarial', 'popular', 'random'] as const).flatMap((tier) => {
    const found: FoilWords[] = []
    for (const each of tiers[tier]) {
      if (found.length >= PER_TIER[tier]) break
      if (taken.has(each) || mayBeTrue(each, source)) continue
      taken.add(each)
      found.push({ words: plural ? pluralOf(each) : each, tier })
    }
    return found
  })
}

/** A kind of what the text names, or a wider word for it, would be no false claim. */
function mayBeTrue(foil: string, { lemma, things }: FoilSource): boolean {
  const wordNet = getWordNet()
  return [lemma, ...things]
    .map(oneOf)
    .some(
      (thing) =>
        thing === foil ||
        wordNet.areSynonyms(thing, foil) ||
        wordNet.isKindOf(thing, foil) ||
        wordNet.isKindOf(foil, thing),
    )
}

/** Among people are men, women and children, which WordNet tells of persons only. */
function oneOf(thing: string): string {
  return thing === 'people' ? 'person' : thing
}

function colourFoils({ lemma, besides }: FoilSource): FoilWords[] {
  const near = nearColours(lemma)
  const fitting = BASIC_COLOURS.filter((colour) => !near.has(colour) && !besides.includes(colour))
  return adversarial(seededOrder(fitting, lemma))
}

/** The basic colours that a colour word, with or without a shade before it, may be taken for. */
export function nearColours(colour: string): ReadonlySet<string> {
  const word = colour.slice(colour.lastIndexOf(' ') + 1)
  const plain = word === 'gray' ? 'grey' : word
  return new Set([plain, ...(COLOUR_FAMILIES.get(plain) ?? [])])
}

export function isColour(lemma: string): boolean {
  return COLOURS.has(lemma.slice(lemma.lastIndexOf(' ') + 1))
}

function countFoils({ lemma, words }: FoilSource): FoilWords[] {
  const value = Number(lemma)
  if (!Number.isInteger(value) || value < 1) return []
  const isInDigits = /\d/.test(words)
  const near = [value - 1, value + 1, value - 2, value + 2, value + 3]
  return near
    .filter((count) => count >= 1 && count <= Math.max(MAX_COUNT_FOIL, value + 2))
    .map((count) => ({
      words: isInDigits ? String(count) : (numberWord(count) ?? String(count)),
      tier: Math.abs(count - value) === 1 ? ('adversarial' as const) : ('random' as const),
    }))
}

function numberWord(value: number): string | null {
  for (const [word, each] of NUMBERS) if (each === value) return word
  return null
}

function actionFoils({ lemma }: FoilSource): FoilWords[] {
  const [verb = ''] = lemma.split(' ')
  const wordNet = getWordNet()
  const others = COMMON_ACTIONS.filter((each) => each !== verb && !wordNet.areSynonyms(each, verb))
  return seededOrder(others, lemma)
    .slice(0, 5)
    .map((each) => ({ words: ingFormOf(each), tier: 'popular' }))
}

function signFoils({ lemma, words }: FoilSource): FoilWords[] {
  const isCapital = words === words.toUpperCase()
  const others = SIGN_WORDS.filter((each) => !lemma.includes(each) && !each.includes(lemma))
  return seededOrder(others, lemma)
    .slice(0, 5)
    .map((each) => ({ words: isCapital ? each.toUpperCase() : each, tier: 'popular' }))
}
