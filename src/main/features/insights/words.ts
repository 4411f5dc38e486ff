import type { InsightTexts, InsightVocabulary } from '../../../shared/contract/insights.ts'
import type { Db } from '../../db/client.ts'
import type { CountedWord } from '../../db/queries/vocabulary.ts'
import type { TextClient } from '../../text/client.ts'

/** Words that are read at a time, so that a library beside this never waits for the whole index. */
const SLICE = 5_000
const TOP_NOUNS = 30
/** Nouns whose images are counted exactly, of which the top ones are shown. */
const COUNTED_NOUNS = 45
/** A noun that fewer images have is hardly learned. */
const TAIL_BELOW = 5
const MAX_SAMPLED_TEXTS = 10_000
const GROWTH_POINTS = 40
const CURVE_FACTOR = 1.25

/** All words of the texts, in the order of their letters. */
async function readWords(db: Db, texts: InsightTexts): Promise<readonly CountedWord[]> {
  const words: CountedWord[] = []
  for (;;) {
    const after = words.at(-1)?.word ?? ''
    const slice = await db.read.listWords({ texts, after, limit: SLICE })
    for (const word of slice) words.push(word)
    if (slice.length < SLICE) return words
  }
}

interface Noun {
  readonly noun: string
  /** The forms that the texts have it in. */
  readonly forms: readonly string[]
  /** Texts with each of them, added up. */
  readonly texts: number
}

async function findNouns(
  text: TextClient,
  words: readonly CountedWord[],
): Promise<readonly Noun[]> {
  const bases = await text.nouns(words.map(({ word }) => word))
  const nouns = new Map<string, Noun>()
  for (const [index, { word, texts }] of words.entries()) {
    const noun = bases[index]
    if (noun == null) continue
    const known = nouns.get(noun)
    nouns.set(noun, {
      noun,
      forms: [...(known?.forms ?? []), word],
      texts: (known?.texts ?? 0) + texts,
    })
  }
  return [...nouns.values()].toSorted((left, right) => right.texts - left.texts)
}

/** What the texts name, and how evenly: the nouns of things that can be seen, by how many images have them. */
export async function describeConcepts(
  work: { readonly db: Db; readonly text: TextClient },
  texts: InsightTexts,
) {
  const nouns = await findNouns(work.text, await readWords(work.db, texts))
  const mentions = nouns.reduce((total, noun) => total + noun.texts, 0)
  const head = nouns.slice(0, TOP_NOUNS).reduce((total, noun) => total + noun.texts, 0)
  const top = await Promise.all(
    nouns.slice(0, COUNTED_NOUNS).map(async ({ noun, forms }) => ({
      noun,
      images: await work.db.read.countSaying({ texts, words: forms }),
      query: `${texts === 'captions' ? 'caption' : 'alt'}:${forms.join(',')}`,
    })),
  )
  return {
    nouns: nouns.length,
    mentions,
    top: top.toSorted((left, right) => right.images - left.images).slice(0, TOP_NOUNS),
    headShare: mentions === 0 ? 0 : head / mentions,
    tailNouns: nouns.filter((noun) => noun.texts < TAIL_BELOW).length,
    tailBelow: TAIL_BELOW,
    curve: growingRanks(nouns.length).map((rank) => ({
      rank,
      images: nouns[rank - 1]?.texts ?? 0,
    })),
  }
}

/** 1, 2, 3 and so on in steps that grow, up to the last one. */
function growingRanks(last: number): readonly number[] {
  const ranks: number[] = []
  for (let rank = 1; rank < last; rank = Math.max(rank + 1, Math.round(rank * CURVE_FACTOR))) {
    ranks.push(rank)
  }
  return last > 0 ? [...ranks, last] : ranks
}

/** How many different words the texts have, and how that number grows with the text (Heaps' law, when plotted). */
export async function describeVocabulary(db: Db, texts: InsightTexts): Promise<InsightVocabulary> {
  const words = await readWords(db, texts)
  const sample = await db.read.sampleTexts({ texts, limit: MAX_SAMPLED_TEXTS })
  return {
    texts: await db.read.countTexts({ texts }),
    words: words.reduce((total, word) => total + word.uses, 0),
    differentWords: words.length,
    growth: growthOf(sample),
    sampled: sample.length,
  }
}

function growthOf(texts: readonly string[]): InsightVocabulary['growth'] {
  const seen = new Set<string>()
  const points: { words: number; differentWords: number }[] = []
  let words = 0
  const stride = Math.max(1, Math.ceil(texts.length / GROWTH_POINTS))
  for (const [index, text] of texts.entries()) {
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
      seen.add(word)
      words += 1
    }
    if (index % stride === stride - 1 || index === texts.length - 1) {
      points.push({ words, differentWords: seen.size })
    }
  }
  return points
}
