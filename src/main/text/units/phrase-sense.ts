import { getWordNet } from '../lexicon/language.ts'
import {
  MEASURES,
  MOOD_NOUNS,
  PICTURE_NOUNS,
  REGIONS,
  TIME_WORDS,
  VAGUE_NOUNS,
} from '../lexicon/word-lists.ts'
import type { NounPhrase, Word, WordGroup } from './noun-phrases.ts'
import type { Part } from './parts.ts'

/** The parts beside one. */
export interface Around {
  readonly before: Part | undefined
  readonly after: Part | undefined
}

export type PhraseSense = 'entity' | 'name' | 'mood' | 'time' | 'nothing'

/** Lexicographer's files of things that act by themselves: animals and persons. */
const LIVING_DOMAINS: ReadonlySet<number> = new Set([5, 18])
const BODY_DOMAIN = 8

/** What a noun phrase stands for: a thing, a mood, a time, or nothing that can be seen. */
export function phraseSense(
  words: readonly Word[],
  phrase: NounPhrase,
  around: Around,
): PhraseSense {
  const { head } = phrase
  if (head.kind === 'name') return 'name'
  if (head.to - head.from > 1) return 'entity'
  const lower = lastWord(words, phrase)
  if (MOOD_NOUNS.has(lower)) return 'mood'
  if (TIME_WORDS.has(lower)) return 'time'
  if (VAGUE_NOUNS.has(lower) && !isPictureThing(lower, phrase, around)) return 'nothing'
  const isOwned = /^(?:his|her|its|their)$/.test(phrase.determiner ?? '') && isBodyPart(lower)
  const isPlace = REGIONS.has(lower) && around.before?.kind === 'preposition'
  return isPlace && !isOwned ? 'nothing' : 'entity'
}

/** "a picture hanging on the wall" is a thing; "in this picture" and "the picture shows" speak of the picture itself. */
function isPictureThing(lower: string, phrase: NounPhrase, { before, after }: Around): boolean {
  if (!PICTURE_NOUNS.has(lower) || /^(?:view|scene|shot)$/.test(lower)) return false
  if (/^(?:this|that)$/.test(phrase.determiner ?? '')) return false
  if (before === undefined && after === undefined) return true
  if (before?.kind === 'preposition' && before.lemma === 'in') return false
  const shows =
    after?.kind === 'verb' && /^(?:show|depict|feature|capture|display|contain)$/.test(after.lemma)
  return !shows && !(after?.kind === 'preposition' && after.lemma === 'of')
}

/** "left side", "close-up view", "warm atmosphere": what is said of these is about the camera, or part of the mood. */
export function hidesModifiers(words: readonly Word[], phrase: NounPhrase): boolean {
  const lower = lastWord(words, phrase)
  return REGIONS.has(lower) || PICTURE_NOUNS.has(lower) || MOOD_NOUNS.has(lower)
}

/** "a group of": says how many of what follows. */
export function isMeasure(
  words: readonly Word[],
  { head }: NounPhrase,
  after: Part | undefined,
): boolean {
  const lower = words[head.from]?.lower ?? ''
  return (
    head.kind === 'head' &&
    MEASURES.has(lower) &&
    after?.kind === 'preposition' &&
    after.lemma === 'of'
  )
}

/** "bear head", "giraffes enclosure": somebody's part, or a plural that has lost its apostrophe. */
export function isOwner(words: readonly Word[], group: WordGroup, head: WordGroup): boolean {
  if (!isLiving(group.lemma)) return false
  const written = words[group.to - 1]?.lower ?? ''
  return isBodyPart(head.lemma) || (written !== group.lemma && /s$/.test(written))
}

export function isLiving(lemma: string): boolean {
  const domain = usualDomain(lemma)
  return lemma === 'people' || (domain !== undefined && LIVING_DOMAINS.has(domain))
}

function isBodyPart(lemma: string): boolean {
  return usualDomain(lemma) === BODY_DOMAIN
}

function usualDomain(lemma: string): number | undefined {
  return getWordNet().senses(lemma, 'noun', 1)[0]?.domain
}

function lastWord(words: readonly Word[], { head }: NounPhrase): string {
  return words[head.to - 1]?.lower ?? ''
}
