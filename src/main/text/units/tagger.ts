import model from 'wink-eng-lite-web-model'
import winkNLP, { type WinkMethods } from 'wink-nlp'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'

export type Tag =
  | 'NOUN'
  | 'PROPN'
  | 'VERB'
  | 'AUX'
  | 'ADJ'
  | 'ADV'
  | 'DET'
  | 'NUM'
  | 'PRON'
  | 'ADP'
  | 'CCONJ'
  | 'SCONJ'
  | 'PART'
  | 'PUNCT'
  | 'OTHER'

/** A word or mark of a sentence. */
export interface Token extends TextSpan {
  readonly text: string
  readonly lower: string
  readonly tag: Tag
  /** True where nothing stands between this and what is before it. */
  readonly isGlued: boolean
}

export function isNounLike(token: Token | undefined): boolean {
  return token?.tag === 'NOUN' || token?.tag === 'PROPN'
}

const TAGS: ReadonlyMap<string, Tag> = new Map(
  (
    [
      'NOUN',
      'PROPN',
      'VERB',
      'AUX',
      'ADJ',
      'ADV',
      'DET',
      'NUM',
      'PRON',
      'ADP',
      'CCONJ',
      'SCONJ',
      'PART',
      'PUNCT',
    ] as const
  ).map((tag) => [tag, tag]),
)

/** wink keeps every word that it has met; a fresh one after so much text bounds that to a few MB. */
const RENEW_AFTER_CHARACTERS = 5_000_000

let wink: WinkMethods | null = null
let readSinceNew = 0

/** Loads the tagger ahead of its first use, which takes some 150 ms and 40 MB. */
export function loadTagger(): WinkMethods {
  wink ??= winkNLP(model, ['pos'])
  return wink
}

/**
 * Tags the words of a prepared sentence (see `prepareText`); `shift` is added to the offsets. What wink
 * gives back is found again in the text, so that the offsets hold whatever wink did to a token.
 */
export function tagWords(sentence: string, shift: number): Token[] {
  if (readSinceNew > RENEW_AFTER_CHARACTERS) {
    wink = null
    readSinceNew = 0
  }
  readSinceNew += sentence.length
  const nlp = loadTagger()
  const found = nlp.readDoc(sentence).tokens()
  // eslint-disable-next-line @typescript-eslint/unbound-method -- wink's helpers are plain functions and asked for by reference
  const { value, pos } = nlp.its
  const values = found.out(value)
  const tags = found.out(pos)
  const tokens: Token[] = []
  let at = 0
  values.forEach((text, index) => {
    const start = sentence.indexOf(text, at)
    if (start < 0 || text.trim() === '') return
    const end = start + text.length
    tokens.push({
      text,
      lower: text.toLowerCase(),
      start: start + shift,
      end: end + shift,
      tag: TAGS.get(tags[index] ?? '') ?? 'OTHER',
      isGlued: start === at && at > 0,
    })
    at = end
  })
  return tokens
}
