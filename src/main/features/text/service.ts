import type { TextAnalysis } from '../../../shared/contract/text.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { Asking } from '../../base/asking.ts'
import { refineFates } from '../../checks/anchor-fates.ts'
import type { TextClient } from '../../text/client.ts'
import type { FeatureContext } from '../open-project.ts'
import type { InstalledTokenizers } from './installed-tokenizers.ts'
import { quietAlternatives } from './quiet-alternatives.ts'

export interface TextService {
  analyse(
    asking: Asking,
    input: { readonly imageId: ImageId; readonly caption: string },
  ): Promise<TextAnalysis>
}

export function createText(options: {
  readonly context: FeatureContext
  readonly text: TextClient
  readonly tokenizers: InstalledTokenizers
}): TextService {
  const { context, text } = options
  return {
    async analyse(asking, input) {
      const { db } = context.project(asking)
      const [{ altTexts, overrides }, tokenizers] = await Promise.all([
        db.read.getTextSources(input),
        options.tokenizers.find(),
      ])
      const reasons = overrides.flatMap((override) => (override.kind === 'fate' ? [override] : []))
      const found = await text.analyse({
        tokenizers,
        caption: input.caption,
        altTexts: altTexts.map((altText) => ({
          text: altText.text,
          reasons: reasons.filter(({ altTextId }) => altTextId === altText.id),
        })),
      })
      const verdicts = await db.read.getFateVerdicts({
        ...input,
        altTexts: altTexts.map((altText) => altText.text),
      })
      const seen = altTexts.flatMap(({ id, origin }, index) => {
        const one = found.altTexts[index]
        if (one === undefined) return []
        const fates = refineFates({
          ...one,
          altVerdicts: verdicts.altTexts[index] ?? [],
          captionVerdicts: verdicts.caption,
        })
        return [{ origin, answer: { altTextId: id, ...one }, units: one.units, fates }]
      })
      return {
        caption: found.caption,
        altTexts: quietAlternatives(seen).map(([{ answer }, fates]) => ({
          ...answer,
          fates,
        })),
      }
    },
  }
}
