import type { AnchorMetrics, Fate, UnitFate } from '../../../shared/domain/fate.ts'
import { findUnits } from '../units/find-units.ts'
import { createReasonLookup, type FatesInput } from './find-fates.ts'
import { longestCommonRun } from './longest-run.ts'
import { isPrecious } from './specific.ts'
import { wordsOf } from './words.ts'

/** Of a caption that nothing can be held against. */
export const NOTHING_MEASURED: AnchorMetrics = {
  entityRecall: null,
  specificityLoss: null,
  copyRate: null,
}

const STILL_SAID: ReadonlySet<Fate> = new Set<Fate>(['kept', 'specialised'])

/**
 * How a caption treats its alt-text, from the fates that `findFates` gave for the same input. Boilerplate, what a
 * person called wrong and what nobody can check are left out of both sums.
 */
export function measureAnchor(
  { altText, caption, reasons }: Omit<FatesInput, 'boilerplate'>,
  fates: readonly UnitFate[],
): AnchorMetrics {
  const units = findUnits(altText)
  const reasonOf = createReasonLookup(altText, reasons)
  const counted = fates.flatMap(({ unit: index, fate }) => {
    const unit = units[index]
    const isCounted =
      unit !== undefined &&
      unit.kind !== 'not-checkable' &&
      fate !== 'boilerplate-removed' &&
      reasonOf(unit) !== 'wrong'
    return isCounted ? [{ unit, fate }] : []
  })
  const precious = counted.filter(({ unit }) => isPrecious(unit))
  const words = wordsOf(caption)
  return {
    entityRecall: share(
      precious.filter(({ fate }) => STILL_SAID.has(fate)).length,
      precious.length,
    ),
    specificityLoss: share(
      counted.filter(({ fate }) => fate === 'generalised').length,
      counted.length,
    ),
    copyRate: share(longestCommonRun(wordsOf(altText), words), words.length),
  }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
