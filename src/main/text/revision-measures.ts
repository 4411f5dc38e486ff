import type { Fate } from '../../shared/domain/fate.ts'
import { isBoilerplate } from './analysis.ts'
import { findFates } from './fates/find-fates.ts'
import { measureAnchor, NOTHING_MEASURED } from './fates/measure-anchor.ts'
import { measureRound } from './fates/measure-round.ts'
import { findHygieneMarks } from './hygiene/find-hygiene-marks.ts'
import { areForeign } from './language/compare-languages.ts'
import { detectLanguage } from './language/detect-language.ts'
import type { MeasureArgs, RevisionMeasures } from './requests.ts'

/** How a revision treats the anchor, and how much it changed of the text before it. */
export function measureRevision({ text, anchor, before, reasons }: MeasureArgs): RevisionMeasures {
  const round = before === null ? null : measureRound(before, text)
  const changed = { edit: round?.editShare ?? null, phrases: round?.phrases ?? null }
  if (anchor === null || areForeign(detectLanguage(anchor), detectLanguage(text))) {
    return { ...NOTHING_MEASURED, ...changed, fates: {} }
  }
  const boilerplate = findHygieneMarks(anchor, { role: 'alt' }).filter(isBoilerplate)
  const input = { altText: anchor, caption: text, boilerplate, reasons }
  const found = findFates(input)
  return { ...measureAnchor(input, found), ...changed, fates: countFates(found) }
}

function countFates(found: ReturnType<typeof findFates>): RevisionMeasures['fates'] {
  const counts: Partial<Record<Fate, number>> = {}
  for (const { fate } of found) counts[fate] = (counts[fate] ?? 0) + 1
  return counts
}
