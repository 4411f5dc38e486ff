import type { TextUnit } from '../../../shared/domain/text-unit.ts'
import { getWordNet } from '../lexicon/language.ts'
import { QUANTIFIERS } from '../lexicon/word-lists.ts'

/** Steps up to "entity". Beyond the first a noun is specific (dog 13, lizard 12); beyond the second only if it is rare (kimono). */
const SPECIFIC_DEPTH = 12
const RARE_SPECIFIC_DEPTH = 10

/** What nobody should lose by accident: names, quoted text, numbers and counts, and specific nouns. */
export function isPrecious({ kind, lemma }: TextUnit): boolean {
  switch (kind) {
    case 'name':
    case 'quoted-text':
      return true
    case 'count':
      return /\d/.test(lemma) || QUANTIFIERS.has(lemma)
    case 'entity':
      return /\d/.test(lemma) || isSpecificNoun(lemma)
    case 'attribute':
      return /\d/.test(lemma)
    case 'relation':
    case 'action':
    case 'not-checkable':
      return false
  }
}

/** Deep in WordNet; of compounds that it does not know, the last word counts. */
function isSpecificNoun(lemma: string): boolean {
  const wordNet = getWordNet()
  const known = wordNet.has(lemma, 'noun') ? lemma : lemma.slice(lemma.lastIndexOf(' ') + 1)
  const depth = wordNet.depth(known)
  if (depth >= SPECIFIC_DEPTH) return true
  return depth >= RARE_SPECIFIC_DEPTH && wordNet.usedSenses(known, 'noun') === 0
}
