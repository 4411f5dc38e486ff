import type { Db } from '../../db/client.ts'
import type { TextClient } from '../../text/client.ts'
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
  work: { readonly db: Pick<Db, 'aside'>; readonly text: Pick<TextClient, 'nouns'> },
  { most, ...wish }: FrequentWish,
): Promise<FrequentConcepts> {
  const { words, sampled, of } = await countWordsAside(work.db, wish)
  const nouns = new Map<string, Noun>()
  for (let from = 0; from < words.length && nouns.size < most; from += SLICE) {
    wish.signal.throwIfAborted()
    await addNouns(work.text, nouns, words.slice(from, from + SLICE))
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

async function addNouns(
  text: Pick<TextClient, 'nouns'>,
  nouns: Map<string, Noun>,
  words: ConceptWords['words'],
): Promise<void> {
  const bases = await text.nouns(words.map(({ word }) => word))
  for (const [index, { word, images }] of words.entries()) {
    const base = bases[index]
    if (base == null) continue
    const noun = nouns.get(base) ?? { spellings: [base], images: 0 }
    if (!noun.spellings.includes(word)) noun.spellings.push(word)
    noun.images += images
    nouns.set(base, noun)
  }
}
