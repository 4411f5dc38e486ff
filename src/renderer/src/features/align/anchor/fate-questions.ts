import type { AltText } from '../../../../../shared/contract/align.ts'
import type { AltTextId } from '../../../../../shared/domain/ids.ts'
import type { Fate } from '../../../../../shared/domain/fate.ts'
import { occurrenceAt } from '../../../../../shared/domain/text-occurrence.ts'
import type { Findings } from '../marks/use-findings.ts'

/** A name, number or specific noun that the caption gave up without a word on why. */
export interface FateQuestion {
  readonly fate: Fate
  /** What the caption says instead; empty where it says nothing. */
  readonly instead: string
  readonly about: {
    readonly altTextId: AltTextId
    readonly words: string
    readonly occurrence: number
  }
}

/** The open questions of all alt-texts, in their order. */
export function listQuestions(
  altTexts: readonly AltText[],
  findings: Findings | null,
): readonly FateQuestion[] {
  if (findings === null) return []
  const { analysis: all, caption } = findings
  return altTexts.flatMap((altText) => {
    const analysis = all.altTexts.find((candidate) => candidate.altTextId === altText.id)
    return (analysis?.fates ?? []).flatMap(({ unit: index, fate, counterpart, asksReason }) => {
      const unit = analysis?.units[index]
      if (!asksReason || unit === undefined) return []
      const words = altText.text.slice(unit.start, unit.end)
      const occurrence = occurrenceAt(altText.text, unit)
      const instead = counterpart === null ? '' : caption.slice(counterpart.start, counterpart.end)
      return [{ fate, instead, about: { altTextId: altText.id, words, occurrence } }]
    })
  })
}
