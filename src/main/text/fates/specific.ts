import type { TextUnit } from '../../../shared/domain/text-unit.ts'
import { getWordNet } from '../lexicon/language.ts'
import { QUANTIFIERS } from '../lexicon/word-lists.ts'

/** Steps up to "entity". Beyond the first a noun is specific (dog 13, lizard 12); beyond the second only if it is rare (kimono). */
const SPECIFIC_DEPTH = 12
const RARE_SPECIFIC_DEPTH = 10

/** What is counted as lost: names, quoted text, numbers and counts, and nouns deep in WordNet. */
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

function isSpecificNoun(lemma: string): boolean {
  const wordNet = getWordNet()
  const known = knownNoun(lemma)
  const depth = wordNet.depth(known)
  if (depth >= SPECIFIC_DEPTH) return true
  return depth >= RARE_SPECIFIC_DEPTH && wordNet.usedSenses(known, 'noun') === 0
}

/** What nobody should give up without a word on why: also everyday things and persons of one trade. */
export function isWorthAReason(unit: TextUnit): boolean {
  return isPrecious(unit) || (unit.kind === 'entity' && isEverydayNoun(unit.lemma))
}

function isEverydayNoun(lemma: string): boolean {
  const known = knownNoun(lemma)
  if (GENERAL_NOUNS.has(known)) return false
  return isThing(known) || (isPersonSense(known) && getWordNet().depth(known) >= TRADE_DEPTH)
}

/** Of compounds that WordNet does not know, the last word counts. */
function knownNoun(lemma: string): string {
  return getWordNet().has(lemma, 'noun') ? lemma : lemma.slice(lemma.lastIndexOf(' ') + 1)
}

/** A thing that can be touched, by one of the usual senses of its word. */
export function isThing(lemma: string): boolean {
  return getWordNet()
    .senses(lemma, 'noun', THING_SENSES)
    .some(({ domain }) => THING_DOMAINS.has(domain))
}

function isPersonSense(lemma: string): boolean {
  return getWordNet().senses(lemma, 'noun', 1)[0]?.domain === PERSON_DOMAIN
}

const THING_SENSES = 2
/** Numbers of WordNet's files: animals, artefacts, food, plants, substances. */
const THING_DOMAINS: ReadonlySet<number> = new Set([5, 6, 13, 20, 27])
const PERSON_DOMAIN = 18
/** "Man" and "boy" stand at 8, "firefighter" at 9. */
const TRADE_DEPTH = 9

/** Words for any thing at all: a caption that uses one in the place of a word has made it vaguer. */
export const PLACEHOLDERS: ReadonlySet<string> = new Set(
  'object thing item stuff artifact artefact'.split(' '),
)

/** What names a whole class, a part of any scene or a picture itself is lost without a word on why. */
const GENERAL_NOUNS: ReadonlySet<string> = new Set([
  ...PLACEHOLDERS,
  ...`adult animal appliance area background bird building clothes clothing creature device drink equipment fish
    flower food foreground frame fruit furniture garment glass grass ground container gear home house illustration image
    insect instrument land landscape light line machine material meal metal outfit painting photo photograph piece
    paper pet picture place plant plastic product road room sand scene shop side sign store street structure surface table
    tool toy tree vegetable vehicle view wall water floor ceiling wood world`.split(/\s+/),
])
