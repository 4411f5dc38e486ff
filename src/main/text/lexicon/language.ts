import { openWordNet, type WordNet } from './wordnet.ts'

let wordNet: WordNet | null = null

/** The one WordNet of a thread, opened when first asked for: its indexes are read then, about 6 MB. */
export function getWordNet(): WordNet {
  wordNet ??= openWordNet()
  return wordNet
}
