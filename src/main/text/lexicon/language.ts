import { openWordNet, type WordNet } from './wordnet.ts'

let wordNet: WordNet | null = null

/** The one WordNet of a thread, opened when first asked for: its files are read then, about 22 MB. */
export function getWordNet(): WordNet {
  wordNet ??= openWordNet()
  return wordNet
}
