import type { Verdict } from '../../shared/contract/judgements.ts'
import type { UnitFate } from '../../shared/domain/fate.ts'
import type { TextSpan, TextUnit } from '../../shared/domain/text-unit.ts'

/** How much likelier the new words must be than the old ones to call a change a correction. */
const CORRECTION = 0.3

export interface SeenFates {
  readonly fates: readonly UnitFate[]
  /** Of the alt-text; fates name them by their index. */
  readonly units: readonly TextUnit[]
  readonly altVerdicts: readonly Verdict[]
  readonly captionVerdicts: readonly Verdict[]
}

/**
 * Fates in the light of the picture: a change to what it supports much better is a correction, one to what it does not
 * support is told apart from others, and nobody is asked why what it does not show was dropped. Where it was not looked
 * at, words alone decide as before.
 */
export function refineFates({ fates, units, altVerdicts, captionVerdicts }: SeenFates): UnitFate[] {
  return fates.map((fate) => {
    const unit = units[fate.unit]
    if (unit === undefined) return fate
    const old = verdictAt(altVerdicts, unit)
    if (fate.fate === 'dropped') {
      const seen = seenOf(old)
      return { ...fate, ...seen, asksReason: fate.asksReason && seen.seen !== 'not-shown' }
    }
    if (fate.fate !== 'changed' || fate.counterpart === null) return fate
    const now = verdictAt(captionVerdicts, fate.counterpart)
    const gain = (now?.probability ?? 0) - (old?.probability ?? 1)
    // Likelier than what was quite wrong may be wrong all the same.
    if (gain >= CORRECTION && now?.status !== 'unsupported') return { ...fate, fate: 'corrected' }
    const isWorse = now?.probability != null && old?.probability != null && gain <= -CORRECTION
    return { ...fate, ...(isWorse ? { seen: 'not-shown' } : seenOf(now)) }
  })
}

function seenOf(verdict: Verdict | undefined): Pick<UnitFate, 'seen'> {
  if (verdict === undefined || verdict.status === 'unsure') return {}
  return { seen: verdict.status === 'supported' ? 'shown' : 'not-shown' }
}

function verdictAt(verdicts: readonly Verdict[], { start, end }: TextSpan): Verdict | undefined {
  return verdicts.find((verdict) => verdict.start === start && verdict.end === end)
}
