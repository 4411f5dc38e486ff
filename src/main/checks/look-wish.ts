import type { ClaimKind, PlannedUnit } from '../../shared/domain/check-plan.ts'
import type { CheckSignal } from '../../shared/domain/check-signal.ts'
import type { TextSpan } from '../../shared/domain/text-unit.ts'
import { placePhrases } from './place-evidence.ts'
import type { WantedSignals } from './used-signals.ts'

interface WishedPhrase {
  readonly text: string
  /** Type of the null phrases that it is held against; null where no normalised score is wanted. */
  readonly moments: string | null
  readonly wantsHues: boolean
}

/** What has to be asked of a picture to judge the units of a text; each thing once. */
export interface LookWish {
  readonly phrases: readonly WishedPhrase[]
  readonly sentences: readonly string[]
  readonly gated: readonly { readonly text: string; readonly words: readonly TextSpan[] }[]
}

/** Names of the null phrases in a pack's moments, by what a unit claims. */
const MOMENTS: Readonly<Record<ClaimKind, string>> = {
  object: 'object',
  colour: 'colour',
  size: 'size',
  attribute: 'colour',
  count: 'count',
  relation: 'relation',
  action: 'relation',
  'sign-text': 'sign-text',
  name: 'object',
}

/** Signals that ask an encoder for the unit's phrase and, because reasons name the best foil, for its foils. */
const ENCODER_SIGNALS = [
  'z',
  'swap',
  'del',
  'gate',
  'reg',
  'geo',
  'pix',
] as const satisfies CheckSignal[]

export function wishFor(units: readonly PlannedUnit[], wanted: WantedSignals): LookWish {
  const asked = units.filter(
    ({ phrase, kind }) =>
      phrase !== null && ENCODER_SIGNALS.some((signal) => wanted(kind).has(signal)),
  )
  const phrases = new Map<string, WishedPhrase>()
  const wish = (text: string, more: Partial<WishedPhrase>): void => {
    const known = phrases.get(text) ?? { text, moments: null, wantsHues: false }
    phrases.set(text, { ...known, ...more })
  }
  for (const unit of asked) {
    const { phrase, claim, kind, foils, thingPhrase, hues } = unit
    const signals = wanted(kind)
    if (phrase !== null) wish(phrase, signals.has('z') ? { moments: MOMENTS[claim] } : {})
    for (const foil of foils) wish(foil.phrase, {})
    const wantsHues = signals.has('pix') && hues.length > 0
    if (thingPhrase !== null && wantsHues) wish(thingPhrase, { wantsHues })
    if (signals.has('geo')) for (const text of placePhrases(unit)) wish(text, {})
  }
  const withEach = units.flatMap(({ phrase, sentence }) => (phrase === null ? [] : sentence.text))
  const withoutOne = asked.flatMap(({ kind, sentence }) =>
    wanted(kind).has('del') ? sentence.without : [],
  )
  return {
    phrases: [...phrases.values()],
    // Whole sentences give the score of the text.
    sentences: [...new Set([...withEach, ...withoutOne])].filter((text) => text !== ''),
    gated: gatedSentences(asked.filter(({ kind }) => wanted(kind).has('gate'))),
  }
}

function gatedSentences(units: readonly PlannedUnit[]): LookWish['gated'] {
  const bySentence = Map.groupBy(units, ({ sentence }) => sentence.start)
  return [...bySentence.values()].flatMap((members) => {
    const [first] = members
    return first === undefined
      ? []
      : [{ text: first.sentence.text, words: members.flatMap(wordsIn) }]
  })
}

/** The words of a unit by their offsets in its sentence. */
export function wordsIn({ words, start, sentence }: PlannedUnit): TextSpan[] {
  return [...words.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    start: start - sentence.start + match.index,
    end: start - sentence.start + match.index + match[0].length,
  }))
}
