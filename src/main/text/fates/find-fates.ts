import type { Fate, FateReason, UnitFate } from '../../../shared/domain/fate.ts'
import { occurrenceAt } from '../../../shared/domain/text-occurrence.ts'
import type { TextSpan, TextUnit } from '../../../shared/domain/text-unit.ts'
import { findUnits } from '../units/find-units.ts'
import { alignUnits, type Answer } from './align-units.ts'
import { isGivenToAnother } from './name-bearers.ts'
import { isWorthAReason } from './specific.ts'

/** Why a person gave up words of the alt-text; `occurrence` counts equal words from 0. */
export interface StatedReason {
  readonly words: string
  readonly occurrence: number
  readonly reason: FateReason
}

export interface FatesInput {
  readonly altText: string
  readonly caption: string
  /** Stretches of the alt-text that hygiene found to be no description: shop tails, file names. */
  readonly boilerplate: readonly TextSpan[]
  readonly reasons: readonly StatedReason[]
}

/** What became of every unit of an alt-text in a caption, in the order of `findUnits(altText)`. */
export function findFates({ altText, caption, boilerplate, reasons }: FatesInput): UnitFate[] {
  const units = findUnits(altText)
  const before = { text: altText, units }
  const after = { text: caption, units: findUnits(caption) }
  const answers = alignUnits(before, after)
  const reasonOf = createReasonLookup(altText, reasons)
  return units.map((unit, index) => {
    const answer = answers[index] ?? null
    const reason = reasonOf(unit)
    const isBoilerplate =
      reason === 'boilerplate' || boilerplate.some((span) => isInside(unit, span))
    const fate = fateOf(answer, { reason, isBoilerplate })
    const isLoss = fate === 'dropped' || fate === 'generalised'
    const name = unit.kind === 'name' && fate === 'kept' ? (answer?.unit ?? null) : null
    const isAstray =
      name !== null && isGivenToAnother({ side: before, name: index }, { side: after, name })
    const isAnswered = fate !== 'dropped' && fate !== 'boilerplate-removed'
    return {
      unit: index,
      fate,
      counterpart: isAnswered ? (answer?.counterpart ?? null) : null,
      asksReason: isLoss && reason === null && isWorthAReason(unit),
      ...(isAstray ? { isAstray } : {}),
    }
  })
}

function fateOf(
  answer: Answer | null,
  { reason, isBoilerplate }: { reason: FateReason | null; isBoilerplate: boolean },
): Fate {
  // What only stands in the place of boilerplate does not answer it.
  if (isBoilerplate && answer?.how !== 'kept') return 'boilerplate-removed'
  if (answer === null) return 'dropped'
  return answer.how === 'changed' && reason === 'wrong' ? 'corrected' : answer.how
}

function isInside(unit: TextSpan, span: TextSpan): boolean {
  return unit.start >= span.start && unit.end <= span.end
}

/** The reason that was given for a unit's words. */
export function createReasonLookup(altText: string, reasons: readonly StatedReason[]) {
  return (unit: TextUnit): FateReason | null => {
    if (reasons.length === 0) return null
    const words = altText.slice(unit.start, unit.end)
    const occurrence = occurrenceAt(altText, unit)
    const found = reasons.find((each) => each.words === words && each.occurrence === occurrence)
    return found?.reason ?? null
  }
}
