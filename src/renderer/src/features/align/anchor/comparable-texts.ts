import type { AltTextAnalysis, TextAnalysis } from '../../../../../shared/contract/text.ts'

const NOTHING_KEPT_OR_LOST = { entityRecall: null, specificityLoss: null, copyRate: null }

/**
 * The analysis without what became of alt-texts in another language than the caption: words are compared as they are
 * written, so a translation would have dropped them all.
 */
export function comparableTexts(analysis: TextAnalysis): TextAnalysis {
  const { language } = analysis.caption
  if (!analysis.altTexts.some((altText) => isForeign(altText, language))) return analysis
  return {
    ...analysis,
    altTexts: analysis.altTexts.map((altText) =>
      isForeign(altText, language)
        ? { ...altText, fates: [], metrics: NOTHING_KEPT_OR_LOST }
        : altText,
    ),
  }
}

function isForeign(
  { language: own }: AltTextAnalysis,
  caption: TextAnalysis['caption']['language'],
): boolean {
  const areKnown = own.isReliable && caption.isReliable && own.code !== null
  return areKnown && caption.code !== null && own.code !== caption.code
}
