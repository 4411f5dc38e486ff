import type { Detail } from '../../../../../shared/contract/judgements.ts'
import { findOccurrence } from '../../../../../shared/domain/text-occurrence.ts'

const SENTENCE_END = /[.!?。！？…]["'”’»)\]]*$/u
const CLOSED_SENTENCE_END = /["'”’»)\]]$/u
const IS_SENTENCE = /^\p{Lu}.*[.!?。！？]$/su

type Insertable = Pick<Detail, 'phrase' | 'instead'>

/**
 * Tells a caption something that the picture shows: a property in the place of the words that it is told of, a sentence as
 * a sentence, anything else as the end of the last one ("A dog on grass." and "a red ball" make "A dog on grass, with a red
 * ball."). Null where the words are gone.
 */
export function insertDetail(caption: string, { phrase, instead }: Insertable): string | null {
  if (instead === null) return addPhrase(caption, phrase)
  const span = findOccurrence(caption, instead.words, instead.occurrence)
  if (span === null) return null
  return caption.slice(0, span.start) + instead.insert + caption.slice(span.end)
}

function addPhrase(caption: string, phrase: string): string {
  const detail = phrase.trim()
  const body = caption.trimEnd()
  if (body === '') return IS_SENTENCE.test(detail) ? detail : `${capitalised(detail)}.`
  if (IS_SENTENCE.test(detail)) {
    return SENTENCE_END.test(body) ? `${body} ${detail}` : `${body}. ${detail}`
  }
  const end = SENTENCE_END.exec(body)
  // Inside the quotes that end the sentence the detail would be said by somebody.
  if (end !== null && CLOSED_SENTENCE_END.test(body)) return `${body} With ${detail}.`
  const cut = end?.index ?? body.length
  return `${body.slice(0, cut)}, with ${detail}${body.slice(cut)}`
}

function capitalised(text: string): string {
  const [first = ''] = text
  return first.toLocaleUpperCase('en') + text.slice(first.length)
}
