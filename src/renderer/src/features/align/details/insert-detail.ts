const SENTENCE_END = /[.!?。！？…]["'”’»)\]]*$/u
const CLOSED_SENTENCE_END = /["'”’»)\]]$/u
const IS_SENTENCE = /^\p{Lu}.*[.!?。！？]$/su

/**
 * Adds something that the picture shows to a caption: a sentence as a sentence, anything else as the end of the last
 * one ("A dog on grass." and "a red ball" make "A dog on grass, with a red ball.").
 */
export function insertDetail(caption: string, phrase: string): string {
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
