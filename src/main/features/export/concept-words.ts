import type { CONCEPT_TEXTS } from '../../../shared/contract/subset.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { mixBits } from '../../base/stable-hash.ts'
import { pickSmallest } from '../../curation/pick-smallest.ts'
import { WordCounts } from '../../curation/word-counts.ts'
import type { SubsetReads } from './subset-steps.ts'

/** Enough to tell the frequent words apart: one that an image in a hundred has is in 200 of them, give or take 30. */
const MOST_SAMPLED = 20_000
const TEXTS_AT_A_TIME = 1_000
const MOST_WORDS = 20_000

export interface ConceptWordsWish {
  readonly where: string
  readonly texts: (typeof CONCEPT_TEXTS)[number]
  readonly seed: number
  /** Who "me" is in queries. */
  readonly personId: PersonId
  readonly signal: AbortSignal
}

/** Words, and neighbours of two words, by how many of the images looked at say them. */
export interface ConceptWords {
  /** The most frequent first, of equally frequent ones by their letters. */
  readonly words: readonly { readonly word: string; readonly images: number }[]
  readonly sampled: number
  readonly of: number
}

/** Counts what the texts of a query's images say, in all of them or a sample that the seed decides. Throws QUERY_INVALID. */
export async function countConceptWords(
  db: SubsetReads,
  wish: ConceptWordsWish,
): Promise<ConceptWords> {
  const { ids } = await db.read.listSubsetIds({ query: wish.where, personId: wish.personId })
  const start = mixBits(wish.seed + 1)
  const sample = pickSmallest(ids, (id) => mixBits(id ^ start), MOST_SAMPLED)
  const counts = new WordCounts()
  for (let from = 0; from < sample.length; from += TEXTS_AT_A_TIME) {
    wish.signal.throwIfAborted()
    const page = sample.slice(from, from + TEXTS_AT_A_TIME)
    for (const ofImage of await db.read.readConceptTexts({ ids: page, texts: wish.texts })) {
      for (const word of wordsOf(ofImage)) counts.add(word)
    }
  }
  const words = Array.from(counts.all(), ([word, images]) => ({ word, images }))
    .sort((one, other) => other.images - one.images || (one.word < other.word ? -1 : 1))
    .slice(0, MOST_WORDS)
  return { words, sampled: sample.length, of: ids.length }
}

/** Each once, with pairs of neighbours. */
function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const text of texts) {
    let before: { readonly word: string; readonly end: number } | null = null
    const lower = text.toLowerCase()
    for (const { 0: word, index } of lower.matchAll(/[\p{L}\p{N}]+/gu)) {
      found.add(word)
      if (before !== null && lower.slice(before.end, index) === ' ') {
        found.add(`${before.word} ${word}`)
      }
      before = { word, end: index + word.length }
    }
  }
  return found
}
