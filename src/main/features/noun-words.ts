import type { InsightTexts } from '../../shared/contract/insights.ts'
import type { Db } from '../db/client.ts'
import type { TextClient } from '../text/client.ts'
import type { WordUses } from '../text/verb-uses.ts'

/** Texts that are read of each word, from either end of each kind of texts. */
const TEXTS_OF_A_WORD = 10
/** Words whose texts are read at a time: the text thread has people's typing to read meanwhile. */
const WORDS_AT_A_TIME = 20

export interface NounWork {
  readonly read: Pick<Db['readAside'], 'listUses'>
  readonly text: Pick<TextClient, 'mostlyVerbs'>
}

/**
 * Which of some words that can be verbs are mostly verbs in these texts: "stand" is what people do in one project and
 * where fruit is sold in another.
 */
export async function findVerbs(
  work: NounWork,
  words: readonly string[],
  texts: readonly InsightTexts[],
): Promise<ReadonlySet<string>> {
  const verbs = new Set<string>()
  for (let from = 0; from < words.length; from += WORDS_AT_A_TIME) {
    const asked = await readUses(work, words.slice(from, from + WORDS_AT_A_TIME), texts)
    const areVerbs = await work.text.mostlyVerbs(asked)
    for (const [index, { word }] of asked.entries()) if (areVerbs[index] === true) verbs.add(word)
  }
  return verbs
}

async function readUses(
  { read }: NounWork,
  words: readonly string[],
  texts: readonly InsightTexts[],
): Promise<WordUses[]> {
  const found = await Promise.all(
    texts.map((kind) => read.listUses({ texts: kind, words, limit: TEXTS_OF_A_WORD })),
  )
  return words.map((word, index) => ({ word, texts: found.flatMap((uses) => uses[index] ?? []) }))
}
