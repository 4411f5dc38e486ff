import type { Override, Verdict } from '../../../../../shared/contract/judgements.ts'
import type { HygieneMark, TextFix } from '../../../../../shared/domain/hygiene.ts'
import { wordDeletion } from '../../../../../shared/domain/text-fix.ts'
import { occurrenceAt } from '../../../../../shared/domain/text-occurrence.ts'
import type { TextSpan } from '../../../../../shared/domain/text-unit.ts'

/** Something in the caption that asks to be looked at, in the order of the text. */
export type AlignMark = TextSpan & {
  /** The same for the same thing as long as its words stand. */
  readonly key: string
  readonly words: string
  readonly look: MarkLook
  /** Worth a look, but nothing says that it is wrong: keys pass it by while there is anything else. */
  readonly isQuiet: boolean
  /** What is the matter, in a sentence. */
  readonly message: string
  /** What can be done, the likeliest first. */
  readonly actions: readonly MarkAction[]
  readonly about:
    | { readonly kind: 'hygiene'; readonly mark: HygieneMark }
    | { readonly kind: 'verdict'; readonly verdict: Verdict }
}

export type MarkLook = 'error' | 'warning' | 'hint' | 'unsupported' | 'unsure'

export interface MarkAction {
  readonly id: 'fix' | 'delete' | 'take-rival' | 'is-there' | 'cannot-tell' | 'keep'
  readonly label: string
  /** What it does to the text; null leaves it alone. */
  readonly fix: TextFix | null
  /** What it stores; null where the changed text says enough. */
  readonly answer: Override | null
  /** True where a person may say why. */
  readonly takesReason: boolean
}

interface MarkSources {
  readonly caption: string
  readonly hygiene: readonly HygieneMark[]
  readonly verdicts: readonly Verdict[]
  readonly overrides: readonly Override[]
}

/**
 * Marks that nobody has answered yet. Supported units and answered marks ask for nothing, nor do those that the checks
 * have no number for; and of words that do not belong here at all nobody asks whether the picture shows them.
 */
export function listMarks(sources: MarkSources): readonly AlignMark[] {
  const { caption, hygiene, verdicts, overrides } = sources
  const answered = new Set(overrides.filter(settlesMark).map(answerKey))
  const wording = hygiene
    .map((mark) => hygieneMark(caption, mark))
    .filter(({ key }) => !answered.has(key))
  const looks = verdicts
    .filter((verdict) => asksForALook(verdict, wording))
    .flatMap((verdict) => verdictMark(caption, verdict) ?? [])
    .filter(({ key }) => !answered.has(key))
  return [...wording, ...looks].toSorted((a, b) => a.start - b.start || a.end - b.end)
}

function asksForALook(
  { status, probability, start, end }: Verdict,
  wording: readonly AlignMark[],
): boolean {
  const around = wording.filter((mark) => mark.start <= start && end <= mark.end)
  const isTakenOut = around.some(({ actions: [first] }) => {
    const fix = first?.fix ?? null
    return fix?.insert === '' && fix.start <= start && end <= fix.end
  })
  if (isTakenOut) return false
  return status !== 'unsure' || (probability !== null && around.length === 0)
}

/** Of words that were taken out as wrong, the mark comes back with them. */
function settlesMark(override: Override): boolean {
  return (
    override.kind !== 'verdict' ||
    (override.answer !== 'deleted' && override.answer !== 'took-rival')
  )
}

/** The mark that is selected, else the smallest one at the caret, else null. */
export function markAt(
  marks: readonly AlignMark[],
  caret: TextSpan & { readonly head: number },
): AlignMark | null {
  const selected = marks.find((mark) => mark.start === caret.start && mark.end === caret.end)
  if (selected !== undefined) return selected
  const here = marks.filter(({ start, end, isQuiet }) =>
    // What is typed ends where the caret is: a quiet mark does not come up behind each word.
    isQuiet ? start < caret.head && caret.head < end : start <= caret.head && caret.head <= end,
  )
  return here.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null
}

/** What the keys step through: what seems wrong, and what is only unsure where that is all there is. */
export function marksToStep(marks: readonly AlignMark[]): readonly AlignMark[] {
  const loud = marks.filter(({ isQuiet }) => !isQuiet)
  return loud.length === 0 ? marks : loud
}

/** The next mark behind a position or before it, going round at the ends; null where there is none. */
export function stepMark(
  marks: readonly AlignMark[],
  from: { readonly position: number; readonly current: AlignMark | null },
  direction: 1 | -1,
): AlignMark | null {
  const at = from.current === null ? -1 : marks.findIndex((mark) => mark.key === from.current?.key)
  if (at !== -1) return marks[(at + direction + marks.length) % marks.length] ?? null
  if (direction === 1) return marks.find((mark) => mark.end >= from.position) ?? marks[0] ?? null
  return marks.findLast((mark) => mark.start < from.position) ?? marks.at(-1) ?? null
}

function hygieneMark(caption: string, mark: HygieneMark): AlignMark {
  const { words, occurrence } = wordsOf(caption, mark)
  const keep = { kind: 'hygiene', ruleId: mark.ruleId, words, occurrence, answer: 'keep' } as const
  const fix: MarkAction[] =
    mark.fix === null
      ? []
      : [{ id: 'fix', label: mark.fix.label, fix: mark.fix, answer: null, takesReason: false }]
  return {
    start: mark.start,
    end: mark.end,
    key: answerKey(keep),
    words,
    look: mark.severity,
    isQuiet: false,
    message: mark.message,
    actions: [
      ...fix,
      { id: 'keep', label: 'Keep it', fix: null, answer: keep, takesReason: false },
    ],
    about: { kind: 'hygiene', mark },
  }
}

const VERDICT_MESSAGES = {
  unsupported: 'The picture does not seem to show this.',
  unsure: 'The checks cannot tell whether the picture shows this.',
} as const
/** Before a reason, so that the two fit one line. */
const VERDICTS_IN_SHORT = { unsupported: 'Not seen here.', unsure: 'Unsure.' } as const

function verdictMark(caption: string, verdict: Verdict): AlignMark | null {
  if (verdict.status === 'supported') return null
  const { words, occurrence } = wordsOf(caption, verdict)
  const answered = (answer: 'deleted' | 'took-rival' | 'is-there' | 'cannot-tell' | 'keep') =>
    ({ kind: 'verdict', words, occurrence, answer, reason: '' }) as const
  const removal = wordDeletion(caption, verdict, 'Delete')
  const instead = verdict.rival === null ? null : inPlaceOf(caption, verdict, verdict.rival)
  const rival: MarkAction[] =
    instead === null
      ? []
      : [
          {
            id: 'take-rival',
            label: `Say “${instead}”`,
            fix: { start: verdict.start, end: verdict.end, insert: instead, label: '' },
            answer: answered('took-rival'),
            takesReason: false,
          },
        ]
  const changes: MarkAction[] = [
    ...rival,
    {
      id: 'delete',
      label: 'Delete',
      fix: removal,
      answer: answered('deleted'),
      takesReason: false,
    },
  ]
  const plain = { fix: null, takesReason: false } as const
  const looks: MarkAction[] = [
    { id: 'is-there', label: 'It is there', answer: answered('is-there'), ...plain },
    { id: 'cannot-tell', label: 'Cannot tell', answer: answered('cannot-tell'), ...plain },
  ]
  const keep: MarkAction = {
    id: 'keep',
    label: 'Keep…',
    fix: null,
    answer: answered('keep'),
    takesReason: true,
  }
  return {
    start: verdict.start,
    end: verdict.end,
    key: answerKey(answered('keep')),
    words,
    look: verdict.status,
    isQuiet: verdict.status === 'unsure',
    message:
      verdict.reason === ''
        ? VERDICT_MESSAGES[verdict.status]
        : `${VERDICTS_IN_SHORT[verdict.status]} ${sentence(verdict.reason)}`,
    // Where nothing says that the words are wrong, the first key does not take them away.
    actions:
      verdict.status === 'unsure' ? [...looks, ...changes, keep] : [...changes, ...looks, keep],
    about: { kind: 'verdict', verdict },
  }
}

const SENTENCE_START = /(?:^|[.!?。！？…]["'”’»)\]]*\s)\s*["'“‘«([]*$/u

/** A rival as it is written where it goes: at the start of a sentence it begins as large as what it replaces. */
function inPlaceOf(caption: string, { start }: TextSpan, rival: string): string {
  const isLarge = /^\p{Lu}/u.test(caption.slice(start))
  const isStart = isLarge && SENTENCE_START.test(caption.slice(0, start))
  const [first = ''] = rival
  return isStart ? first.toLocaleUpperCase('en') + rival.slice(first.length) : rival
}

/** The same for an answer and for the mark that it is about. */
export function answerKey(override: Override): string {
  switch (override.kind) {
    case 'hygiene':
      return `hygiene ${override.ruleId} ${override.occurrence} ${override.words}`
    case 'verdict':
      return `verdict ${override.occurrence} ${override.words}`
    case 'fate':
      return `fate ${override.altTextId} ${override.occurrence} ${override.words}`
    case 'detail':
      return `detail ${override.phrase}`
  }
}

function wordsOf(text: string, span: TextSpan) {
  return { words: text.slice(span.start, span.end), occurrence: occurrenceAt(text, span) }
}

function sentence(text: string): string {
  const start = text.slice(0, 1).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(start) ? start : `${start}.`
}
