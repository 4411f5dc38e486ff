import type { HygieneMark } from '../../shared/domain/hygiene.ts'
import { findFates } from './fates/find-fates.ts'
import { measureAnchor, NOTHING_MEASURED } from './fates/measure-anchor.ts'
import { findHygieneMarks } from './hygiene/find-hygiene-marks.ts'
import type { HygieneRole } from './hygiene/rule-text.ts'
import { areForeign } from './language/compare-languages.ts'
import { detectLanguage } from './language/detect-language.ts'
import type { Analysis, AnalyseArgs, TextFindings } from './requests.ts'
import { measureBudgets, type TargetTokenizer } from './tokens/measure-budgets.ts'
import { findUnits } from './units/find-units.ts'

/** Rules that find what never was a description: their stretches count as removed boilerplate, not as lost words. */
const BOILERPLATE_RULES = /^junk\//u

/** What a caption and the alt-texts behind it say, and what became of what they said. */
export function analyseTexts(
  { altTexts, caption }: Pick<AnalyseArgs, 'altTexts' | 'caption'>,
  tokenizers: readonly TargetTokenizer[] = [],
): Analysis {
  const said = findIn(caption, 'caption')
  return {
    caption: { ...said, budgets: measureBudgets(caption, tokenizers) },
    altTexts: altTexts.map(({ text, reasons }) => {
      const found = findIn(text, 'alt')
      if (areForeign(found.language, said.language)) {
        return { ...found, fates: [], metrics: NOTHING_MEASURED }
      }
      const boilerplate = found.hygiene.filter(isBoilerplate)
      const input = { altText: text, caption, boilerplate, reasons }
      const fates = findFates(input)
      return { ...found, fates, metrics: measureAnchor(input, fates) }
    }),
  }
}

export function isBoilerplate({ ruleId }: HygieneMark): boolean {
  return BOILERPLATE_RULES.test(ruleId)
}

function findIn(text: string, role: HygieneRole): TextFindings {
  return {
    units: [...findUnits(text)],
    hygiene: findHygieneMarks(text, { role }),
    language: detectLanguage(text),
  }
}
