import type { AltTextAnalysis } from '../../../../../shared/contract/text.ts'
import { FATE_LABELS, shownFate, type ShownFate } from './fate-looks.ts'

/** What asks for a look comes first: where room runs out, the end is cut off. */
const ORDER: readonly ShownFate[] = [
  'astray',
  'changed-unsupported',
  'dropped-visible',
  'dropped',
  'changed',
  'generalised',
  'corrected',
  'specialised',
  'dropped-not-visible',
  'boilerplate-removed',
  'kept',
]

export interface FateCount {
  readonly fate: ShownFate
  readonly count: number
}

/** How many units of all alt-texts met each fate; fates that none met are left out. */
export function countFates(analyses: readonly AltTextAnalysis[]): readonly FateCount[] {
  const all = analyses.flatMap(({ fates }) => fates.map(shownFate))
  return ORDER.map((fate) => ({ fate, count: all.filter((each) => each === fate).length })).filter(
    ({ count }) => count > 0,
  )
}

/** What became of an alt-text, in words: “dropped: large; changed: Four (Two)”. What was kept is not listed. */
export function describeFates(
  { fates, units }: AltTextAnalysis,
  { altText, caption }: { readonly altText: string; readonly caption: string },
): string {
  return ORDER.filter((fate) => fate !== 'kept')
    .map((fate) => {
      const words = fates.flatMap((one) => {
        const { unit: index, counterpart } = one
        const unit = units[index]
        if (shownFate(one) !== fate || unit === undefined) return []
        const said = altText.slice(unit.start, unit.end)
        if (counterpart === null) return [said]
        return [`${said} (${caption.slice(counterpart.start, counterpart.end)})`]
      })
      return words.length === 0 ? '' : `${FATE_LABELS[fate]}: ${words.join(', ')}`
    })
    .filter((line) => line !== '')
    .join('; ')
}
