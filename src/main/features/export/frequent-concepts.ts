import type { InsightTexts } from '../../../shared/contract/insights.ts'
import type { Db } from '../../db/client.ts'
import type { TextClient } from '../../text/client.ts'
import { findVerbs } from '../noun-words.ts'
import type { ConceptWords, ConceptWordsWish } from './concept-words.ts'
import { countWordsAside } from './subset-thread.ts'

export interface FrequentWish extends ConceptWordsWish {
  /** How many concepts are wanted. */
  readonly most: number
}

export interface FrequentConcepts {
  /** The most frequent first. */
  readonly concepts: { readonly concept: string; readonly images: number }[]
  readonly sampled: number
  readonly of: number
}

/** Words asked about at a time: the text thread has people's typing to read meanwhile. */
const SLICE = 500

/** Where people use the words that concepts are looked for in. */
const TEXTS_OF: Readonly<Record<ConceptWordsWish['texts'], readonly InsightTexts[]>> = {
  'caption-or-alt': ['captions', 'alt-texts'],
  caption: ['captions'],
  alt: ['alt-texts'],
  all: ['captions', 'alt-texts'],
}

interface Work {
  readonly db: Pick<Db, 'aside' | 'readAside'>
  readonly text: Pick<TextClient, 'nouns' | 'mostlyVerbs'>
}

interface Noun {
  /** Of the spellings, the base form first, then the most frequent. */
  readonly spellings: string[]
  /** Images with each spelling, added up. */
  images: number
}

/**
 * The things that texts mostly name, each with the spellings in which they have it: "dog | dogs". Matching goes by whole
 * words, so the plural has to be in the list. An image that says two spellings of one noun counts twice, which decides
 * nothing but the order.
 */
export async function findFrequentConcepts(
  work: Work,
  { most, ...wish }: FrequentWish,
): Promise<FrequentConcepts> {
  const { words, sampled, of } = await countWordsAside(work.db, wish)
  const nouns = new Map<string, Noun>()
  for (let from = 0; from < words.length && nouns.size < most; from += SLICE) {
    wish.signal.throwIfAborted()
    const slice = await findNouns(work, words.slice(from, from + SLICE), TEXTS_OF[wish.texts])
    for (const { word, images, base } of slice) {
      const noun = nouns.get(base) ?? { spellings: [base], images: 0 }
      if (!noun.spellings.includes(word)) noun.spellings.push(word)
      noun.images += images
      nouns.set(base, noun)
    }
  }
  const concepts = [...nouns.values()]
    .sort((one, other) => other.images - one.images)
    .slice(0, most)
    .map(({ spellings, images }) => ({
      concept: spellings.join(' | '),
      images: Math.min(images, sampled),
    }))
  return { concepts, sampled, of }
}

/** The words that name things, without those that the texts mostly have as verbs. */
async function findNouns(
  { db, text }: Work,
  words: ConceptWords['words'],
  texts: readonly InsightTexts[],
): Promise<readonly (ConceptWords['words'][number] & { readonly base: string })[]> {
  const found = await text.nouns(words.map(({ word }) => word))
  const nouns = words.flatMap((word, index) => {
    const noun = found[index]
    return noun == null ? [] : [{ ...word, base: noun.noun, canBeVerb: noun.canBeVerb }]
  })
  const unsure = nouns.filter(({ canBeVerb }) => canBeVerb).map(({ word }) => word)
  const verbs = await findVerbs({ read: db.readAside, text }, unsure, texts)
  return nouns.filter(({ word }) => !verbs.has(word))
}
