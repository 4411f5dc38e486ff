import { occurrenceAt } from '../../shared/domain/text-occurrence.ts'
import type { TextSpan, TextUnit } from '../../shared/domain/text-unit.ts'
import { isColour } from './foils/find-foils.ts'
import { BASIC_COLOURS } from './foils/foil-words.ts'
import { isPlural, withArticle } from './foils/word-forms.ts'
import { isOneOrStuff, sayOne } from './say-one.ts'
import type { SaidProperty, SaidThing } from './requests.ts'
import { findUnits } from './units/find-units.ts'

/** More of one thing than this are a crowd, which nobody counts in a caption. */
const NUMBERS = ['two', 'three', 'four', 'five'] as const
/** Words before a noun that say whose it is or that it was told of before: there is nothing new to say of it here. */
const KNOWN = /\b(?:the|this|that|these|those|his|her|its|their|my|our|your|no|each|every|any)\s+$/i
const ARTICLE = /\b(?:a|an)\s+$/i
/** Nobody knows of which of several a bare plural is when a group word stands before it: "a flock of birds". */
const PART_OF = /\bof\s+$/i
const SENTENCE_START = /(?:^|[.!?…]["'”’)\]]*\s+)$/u

/**
 * The things that a caption names, each where it is named first, with the basic colours and the numbers that could be said of it
 * and are not: none of a thing that has a colour or a number anywhere, or that the caption takes for known, and none of
 * stuffs such as grass, whose colour goes without saying.
 */
export function findSaidThings(caption: string): SaidThing[] {
  const units = findUnits(caption)
  const things = units.flatMap((unit, index) => (unit.kind === 'entity' ? [{ unit, index }] : []))
  const byNoun = Map.groupBy(things, ({ unit }) => unit.lemma)
  return [...byNoun.values()].flatMap((mentions) => {
    const [first] = mentions
    if (first === undefined) return []
    const { unit } = first
    const said = mentions.flatMap(({ index }) => units.filter(({ about }) => about === index))
    const start = phraseStart(caption, units, first)
    const before = caption.slice(0, start)
    const words = caption.slice(unit.start, unit.end)
    const isMany =
      isPlural(words, unit.lemma) || said.some(({ kind, lemma }) => isMore(kind, lemma))
    const isKnown = KNOWN.test(before) || PART_OF.test(before) || isOneOrStuff(unit.lemma)
    const hasColour = said.some(({ kind, lemma }) => kind === 'attribute' && isColour(lemma))
    const isNumbered = said.some(({ kind }) => kind === 'count')
    const isCountable = isMany && !isNumbered && !ARTICLE.test(before)
    return {
      ...{ start: unit.start, end: unit.end, noun: unit.lemma },
      asked: isMany ? words.toLowerCase() : sayOne(words.toLowerCase()),
      colours: isKnown || hasColour ? [] : colourWishes(caption, unit, isMany),
      counts: isKnown || !isCountable ? [] : countWishes(caption, { start, end: unit.end }, words),
    }
  })
}

/** "Two sheep" are many, though the word is that for one. */
function isMore(kind: TextUnit['kind'], lemma: string): boolean {
  return kind === 'count' && lemma !== '1'
}

/** Where the adjectives before a noun start. */
function phraseStart(
  caption: string,
  units: readonly TextUnit[],
  { unit, index }: { readonly unit: TextUnit; readonly index: number },
): number {
  const adjectives = units
    .filter(({ about, end, kind }) => about === index && kind === 'attribute' && end <= unit.start)
    .toSorted((left, right) => right.start - left.start)
  return adjectives.reduce(
    (start, adjective) =>
      /^[\s,]*$/.test(caption.slice(adjective.end, start)) ? adjective.start : start,
    unit.start,
  )
}

/** A colour goes directly before the noun, and an article there follows its sound. */
function colourWishes(caption: string, unit: TextUnit, isMany: boolean): SaidProperty[] {
  const article = ARTICLE.exec(caption.slice(0, unit.start))
  const span = { start: unit.start - (article?.[0].length ?? 0), end: unit.end }
  return BASIC_COLOURS.map((value) => {
    const words = `${value} ${lowered(caption, unit)}`
    const phrase = isMany ? words : withArticle(words)
    return wishFor(caption, { value, phrase, span, insert: article === null ? words : phrase })
  })
}

/** A number goes before the adjectives. */
function countWishes(caption: string, span: TextSpan, noun: string): SaidProperty[] {
  return NUMBERS.map((value) =>
    wishFor(caption, {
      ...{ value, span, phrase: `${value} ${noun.toLowerCase()}` },
      insert: `${value} ${lowered(caption, span)}`,
    }),
  )
}

function wishFor(
  caption: string,
  of: {
    readonly value: string
    readonly phrase: string
    readonly span: TextSpan
    readonly insert: string
  },
): SaidProperty {
  const { value, phrase, span } = of
  const words = caption.slice(span.start, span.end)
  const isCapital = /^\p{Lu}/u.test(words)
  const insert = isCapital ? of.insert.slice(0, 1).toUpperCase() + of.insert.slice(1) : of.insert
  return { value, phrase, instead: { words, occurrence: occurrenceAt(caption, span), insert } }
}

/** Without the capital of a sentence's start, which goes to the word before; "TV" and "Christmas tree" keep theirs. */
function lowered(caption: string, { start, end }: TextSpan): string {
  const words = caption.slice(start, end)
  const isStart = SENTENCE_START.test(caption.slice(0, start)) && /^.\p{Ll}/u.test(words)
  return isStart ? words.slice(0, 1).toLowerCase() + words.slice(1) : words
}
