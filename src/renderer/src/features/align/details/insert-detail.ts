import type { Detail } from '../../../../../shared/contract/judgements.ts'
import { findOccurrence } from '../../../../../shared/domain/text-occurrence.ts'
import type { TextSpan } from '../../../../../shared/domain/text-unit.ts'
import { asWrittenAround, isKeywordList } from './caption-manner.ts'

const STOPS = /[.!?。！？…]+$/u
/** Quotes and brackets that close behind the stop of a sentence. */
const CLOSERS = /["'”’»)\]]+$/u
const IS_SENTENCE = /^\p{Lu}.*[.!?。！？]$/su
/** "A dog runs. (Photo by Anna)" goes on to say something else. */
const BRACKETED_END = /[.!?…]["'”’»]*(?<end>\s+[([][^()[\]]*[)\]])$/u
/** "A dog runs. The picture is in black and white." ends with what is said of the picture and not of what it shows. */
const MEDIUM_END =
  /[.!?…]["'”’»)\]]*(?<end>\s+(?:the|this) (?:picture|image|photo|photograph) is [^.!?…]*[.!?])$/iu
/** "A dog with", "Seen here:", "A dog; ": the words that are to come are announced already. */
const ANNOUNCED = /(?:\b(?:and|with|of|a|an|the)|:)$/iu
/** What was added before, or is told in such a sentence: one more goes into the same list. */
const OPEN_LIST =
  /(?:, with |(?<=^|[.!?…]["'”’»)\]]*\s+)there (?:is|are) (?:also )?)(?<list>[^.!?…;:()[\]]+)$/iu
/** Words that say more of a thing than its name, so that a list would tear them apart. */
const IS_TOLD_MORE =
  /\b(?:in|on|at|to|by|from|with|under|over|behind|beside|near|next|above|below|front|left|right|that|which|who|is|are|\p{L}+ing (?:an?|the))\b/iu
const MOST_LISTED_WORDS = 4

type Insertable = Pick<Detail, 'phrase' | 'instead'>

/**
 * Tells a caption something that the picture shows: a property in the place of the words that it is told of, a sentence as
 * a sentence, anything else as the end of the last one ("A dog on grass." and "a red ball" make "A dog on grass, with a red
 * ball."), written as the caption is. It goes before what does not belong there at the end. Null where the words are gone.
 */
export function insertDetail(
  caption: string,
  { phrase, instead }: Insertable,
  junk: readonly TextSpan[] = [],
): string | null {
  if (instead === null) {
    const end = endOfTelling(caption, junk)
    return addPhrase(caption.slice(0, end), phrase.trim()) + caption.slice(end)
  }
  const span = findOccurrence(caption, instead.words, instead.occurrence)
  if (span === null) return null
  return caption.slice(0, span.start) + instead.insert + caption.slice(span.end)
}

/** Where the caption ends to tell of the picture: junk and bracketed remarks may follow. */
function endOfTelling(caption: string, junk: readonly TextSpan[]): number {
  let end = caption.trimEnd().length
  for (;;) {
    const tail = junk.find((span) => span.start > 0 && span.start < end && span.end >= end)
    const told = caption.slice(0, end)
    const remark = (BRACKETED_END.exec(told) ?? MEDIUM_END.exec(told))?.groups?.['end']
    const next = tail?.start ?? (remark === undefined ? end : end - remark.length)
    const text = caption.slice(0, next).trimEnd()
    if (next >= end || text === '') return end
    end = text.length
  }
}

function addPhrase(body: string, phrase: string): string {
  if (IS_SENTENCE.test(phrase)) {
    if (body === '') return phrase
    return STOPS.test(body.replace(CLOSERS, '')) ? `${body} ${phrase}` : `${body}. ${phrase}`
  }
  if (body === '') return `${capitalised(phrase)}.`
  if (isKeywordList(body)) return `${body}, ${phrase.replace(/^(?:an?|the) /u, '')}`
  const { told, stop } = cutStop(body)
  return `${addToSentence(told, asWrittenAround(body, phrase))}${stop}`
}

function addToSentence(told: string, phrase: string): string {
  if (ANNOUNCED.test(told)) return `${told} ${phrase}`
  const list = OPEN_LIST.exec(told)?.groups?.['list']
  if (list !== undefined && isPlainList(list)) {
    return told.slice(0, told.length - list.length) + addToList(list, phrase)
  }
  return `${told.replace(/[,;]$/u, '')}, ${asWrittenAround(told, 'with')} ${phrase}`
}

/** A sentence without its stop. Inside of quotes and brackets the stop goes behind them: the detail is not said by anybody. */
function cutStop(body: string): { readonly told: string; readonly stop: string } {
  const closers = CLOSERS.exec(body)?.[0] ?? ''
  const inner = body.slice(0, body.length - closers.length)
  const stop = STOPS.exec(inner)?.[0] ?? ''
  const bare = inner.slice(0, inner.length - stop.length)
  if (closers === '' || stop === '') return { told: bare + closers, stop }
  // What is asked or called out is part of what is quoted; a full stop is not.
  return stop === '.' ? { told: bare + closers, stop } : { told: inner + closers, stop: '.' }
}

function isPlainList(list: string): boolean {
  return list
    .split(/, (?:and )?| and /u)
    .every((thing) => !IS_TOLD_MORE.test(thing) && thing.split(' ').length <= MOST_LISTED_WORDS)
}

/** "hills" and "a meadow and grass" become "hills and a rug" and "a meadow, grass and a rug". */
function addToList(list: string, phrase: string): string {
  const last = /^(?<before>.*?)(?<and>,? and )(?!.* and )(?<thing>.*)$/isu.exec(list)?.groups
  if (last === undefined) return `${list} and ${phrase}`
  return `${last['before'] ?? ''}, ${last['thing'] ?? ''}${last['and'] ?? ''}${phrase}`
}

function capitalised(text: string): string {
  const [first = ''] = text
  return first.toLocaleUpperCase('en') + text.slice(first.length)
}
