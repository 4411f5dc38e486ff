import type { InsightTexts, InsightVocabulary } from '../../../shared/contract/insights.ts'
import type { Db } from '../../db/client.ts'
import type { CountedWord } from '../../db/queries/vocabulary.ts'
import type { TextClient } from '../../text/client.ts'
import { findVerbs, type NounWork } from '../noun-words.ts'

/** Words that are read at a time, so that what else is read beside never waits for the whole index. */
const SLICE = 5_000
const TOP_NOUNS = 30
/** Nouns whose images are counted exactly, of which the top ones are shown. */
const COUNTED_NOUNS = 45
/** Nouns whose forms are held against their texts: others never come to the top. */
const CHECKED_NOUNS = 90
/** A noun that fewer images have is hardly learned. */
const TAIL_BELOW = 5
const MAX_SAMPLED_TEXTS = 10_000
const GROWTH_POINTS = 40
const CURVE_FACTOR = 1.25

/** All words of the texts, some at a time: a project of web texts may have a million different ones. */
async function* readWords(
  read: Db['readAside'],
  texts: InsightTexts,
): AsyncGenerator<readonly CountedWord[]> {
  let after = ''
  for (;;) {
    const slice = await read.listWords({ texts, after, limit: SLICE })
    if (slice.length > 0) yield slice
    if (slice.length < SLICE) return
    after = slice.at(-1)?.word ?? ''
  }
}

interface Noun {
  readonly noun: string
  /** The forms that the texts have it in. */
  readonly forms: readonly NounForm[]
  /** Texts with each of them, added up. */
  readonly texts: number
}

interface NounForm {
  readonly word: string
  readonly texts: number
  readonly canBeVerb: boolean
}

type Work = NounWork & {
  readonly read: Db['readAside']
  readonly text: Pick<TextClient, 'nouns'>
}

async function findNouns({ read, text }: Work, texts: InsightTexts): Promise<readonly Noun[]> {
  const forms = new Map<string, NounForm[]>()
  for await (const words of readWords(read, texts)) {
    const found = await text.nouns(words.map(({ word }) => word))
    for (const [index, { word, texts: having }] of words.entries()) {
      const noun = found[index]
      if (noun == null) continue
      const form = { word, texts: having, canBeVerb: noun.canBeVerb }
      const known = forms.get(noun.noun)
      if (known === undefined) forms.set(noun.noun, [form])
      else known.push(form)
    }
  }
  return byTexts(Array.from(forms, ([noun, own]) => toNoun(noun, own)))
}

function toNoun(noun: string, forms: readonly NounForm[]): Noun {
  return { noun, forms, texts: forms.reduce((total, { texts }) => total + texts, 0) }
}

function byTexts(nouns: readonly Noun[]): readonly Noun[] {
  return nouns.toSorted((left, right) => right.texts - left.texts)
}

/** Without the forms, of the most frequent nouns, that the texts mostly have as verbs. */
async function withoutVerbs(
  work: Work,
  nouns: readonly Noun[],
  texts: InsightTexts,
): Promise<readonly Noun[]> {
  const checked = nouns.slice(0, CHECKED_NOUNS)
  const unsure = checked.flatMap(({ forms }) => forms.filter(({ canBeVerb }) => canBeVerb))
  const verbs = await findVerbs(
    work,
    unsure.map(({ word }) => word),
    [texts],
  )
  const left = checked.map(({ noun, forms }) =>
    toNoun(
      noun,
      forms.filter(({ word }) => !verbs.has(word)),
    ),
  )
  return byTexts([...left.filter(({ forms }) => forms.length > 0), ...nouns.slice(CHECKED_NOUNS)])
}

/** What the texts name, and how evenly: the nouns of things that can be seen, by how many images have them. */
export async function describeConcepts(work: Work, texts: InsightTexts) {
  const nouns = await withoutVerbs(work, await findNouns(work, texts), texts)
  const mentions = nouns.reduce((total, noun) => total + noun.texts, 0)
  const head = nouns.slice(0, TOP_NOUNS).reduce((total, noun) => total + noun.texts, 0)
  const top = await Promise.all(
    nouns.slice(0, COUNTED_NOUNS).map(async ({ noun, forms }) => {
      const words = forms.map(({ word }) => word)
      return {
        noun,
        images: await work.read.countSaying({ texts, words }),
        query: `${texts === 'captions' ? 'caption' : 'alt'}:${words.join(',')}`,
      }
    }),
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
export async function describeVocabulary(
  read: Db['readAside'],
  texts: InsightTexts,
): Promise<InsightVocabulary> {
  let uses = 0
  let differentWords = 0
  for await (const words of readWords(read, texts)) {
    differentWords += words.length
    for (const word of words) uses += word.uses
  }
  const sample = await read.sampleTexts({ texts, limit: MAX_SAMPLED_TEXTS })
  return {
    texts: await read.countTexts({ texts }),
    words: uses,
    differentWords,
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
