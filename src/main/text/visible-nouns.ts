import { getWordNet } from './lexicon/language.ts'
import { COLOURS, PREPOSITIONS } from './lexicon/word-lists.ts'

/** Shorter words are mostly something else than the noun that they could be: "in" is an inch, too. */
const MIN_LENGTH = 3
/**
 * Lexicographer's files of what can be seen: the topmost kinds, animals, artefacts, bodies, foods, groups, places,
 * objects, phenomena such as snow, plants, persons, and substances.
 */
const VISIBLE_DOMAINS: ReadonlySet<number> = new Set([3, 5, 6, 8, 13, 14, 15, 17, 18, 19, 20, 27])
/** Nouns that are hardly ever meant as such in a caption, or that speak of the picture and not of what it shows. */
const OTHER_WORDS: ReadonlySet<string> = new Set(
  `can may must might will back front top left right side while like close down over past round through
   image picture photo photograph view shot scene stock group pair set lot part piece number couple variety
   background foreground middle centre center bottom edge end area place something thing type kind style
   what which whose who there here all some none any other another both each few many most more less`.split(
    /\s+/u,
  ),
)

/** A word that names a thing that can be seen. */
export interface VisibleNoun {
  /** In the singular. */
  readonly noun: string
  /** Whether it is also a verb in use, as "stand" is: then only its sentences say which one is meant. */
  readonly canBeVerb: boolean
}

/**
 * For each word, in lower case and without its sentence, the noun that it mostly is in a caption; null where it is mostly no
 * noun, or none of a thing that can be seen.
 */
export function findVisibleNouns(words: readonly string[]): (VisibleNoun | null)[] {
  return words.map(findVisibleNoun)
}

function findVisibleNoun(word: string): VisibleNoun | null {
  if (word.length < MIN_LENGTH || OTHER_WORDS.has(word)) return null
  if (COLOURS.has(word) || PREPOSITIONS.has(word)) return null
  const wordNet = getWordNet()
  const noun = wordNet.baseForm(word, 'noun')
  if (noun === null) return null
  const [first] = wordNet.senses(noun, 'noun', 1)
  if (first === undefined || first.isInstance || !VISIBLE_DOMAINS.has(first.domain)) return null
  const asNoun = wordNet.usedSenses(noun, 'noun')
  const verb = wordNet.baseForm(word, 'verb')
  const asVerb = verb === null ? 0 : wordNet.usedSenses(verb, 'verb')
  // "Standing" is what somebody does, "building" is what stands there.
  if (word.endsWith('ing') && asVerb > asNoun * 2) return null
  if (wordNet.usedSenses(word, 'adj') > asNoun * 2) return null
  return { noun, canBeVerb: asVerb > 0 }
}
