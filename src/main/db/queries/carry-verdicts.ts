import type { Verdict } from '../../../shared/contract/judgements.ts'
import { carrySpans } from '../../../shared/domain/text-occurrence.ts'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'

/** How many words behind a property or a number may name what it is said of. */
const WORDS_BEHIND = 2
const SENTENCE_END = /[.!?;:\n]/

/**
 * The verdicts on one text at the words that still stand in a later one. What was said of a thing, like a colour, stays only
 * beside the words that it stood beside: it was not said of any other thing.
 */
export function carryVerdicts(
  verdicts: readonly Verdict[],
  { from, to }: { readonly from: string; readonly to: string },
): Verdict[] {
  if (from === to) return [...verdicts]
  const places = carrySpans(from, to, verdicts)
  return verdicts.flatMap((verdict, index) => {
    const place = places[index] ?? null
    if (place === null) return []
    const moved = { ...verdict, start: place.start, end: place.end }
    return isBesideTheSame(verdict, { from, to, place }) ? [moved] : []
  })
}

function isBesideTheSame(
  verdict: Verdict,
  { from, to, place }: { readonly from: string; readonly to: string; readonly place: TextSpan },
): boolean {
  const areSame = (read: (text: string, span: TextSpan) => readonly string[]): boolean =>
    agree(read(from, verdict), read(to, place))
  switch (verdict.kind) {
    case 'entity':
    case 'name':
    case 'quoted-text':
    case 'not-checkable':
      return true
    case 'attribute':
    case 'count':
      return areSame(wordsBehind)
    case 'relation':
    case 'action':
      return areSame(wordsBehind) && areSame(wordBefore)
  }
}

/** Whether two rows of words begin alike; the end of a sentence, where more may be typed, agrees with any. */
function agree(before: readonly string[], after: readonly string[]): boolean {
  return before.every((word, index) => after[index] === undefined || after[index] === word)
}

function wordsBehind(text: string, { end }: TextSpan): readonly string[] {
  return wordsIn(text.slice(end).split(SENTENCE_END, 1)[0] ?? '').slice(0, WORDS_BEHIND)
}

function wordBefore(text: string, { start }: TextSpan): readonly string[] {
  const [before = ''] = text.slice(0, start).split(SENTENCE_END).slice(-1)
  return wordsIn(before).slice(-1)
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}
