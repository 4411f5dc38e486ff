import { getWordNet } from './lexicon/language.ts'
import { tagText } from './units/find-units.ts'
import { isNounLike, type Token } from './units/tagger.ts'

/** A word, in lower case, and texts that have it. */
export interface WordUses {
  readonly word: string
  readonly texts: readonly string[]
}

/** For each word whether its texts use it as a verb more often than as a noun. */
export function findMostlyVerbs(asked: readonly WordUses[]): boolean[] {
  const tagged = new Map<string, readonly Token[]>()
  return asked.map(({ word, texts }) => {
    let nouns = 0
    let verbs = 0
    for (const text of texts) {
      const tokens = tagged.get(text) ?? tagText(text)
      tagged.set(text, tokens)
      for (const [at, token] of tokens.entries()) {
        if (token.lower !== word) continue
        nouns += Number(isNounLike(token))
        verbs += Number(isVerb(tokens, at))
      }
    }
    return verbs > nouns
  })
}

/**
 * The tagger takes "sink" in "a tub and sink" for a verb, so it is believed only where somebody is named before who does it,
 * or a word that leads to a verb.
 */
function isVerb(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  const before = tokens.slice(0, at).findLast(({ tag }) => tag !== 'ADV')
  if (token?.tag !== 'VERB' || before === undefined) return false
  if (before.tag === 'PRON' || before.tag === 'AUX' || before.lower === 'to') return true
  // "Teddy bears" are a thing.
  return (
    isNounLike(before) && getWordNet().baseForm(`${before.lower} ${token.lower}`, 'noun') === null
  )
}
