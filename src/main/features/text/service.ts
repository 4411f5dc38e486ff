import type { TextAnalysis } from '../../../shared/contract/text.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { Asking } from '../../base/asking.ts'
import type { TextClient } from '../../text/client.ts'
import type { FeatureContext } from '../open-project.ts'

export interface TextService {
  analyse(
    asking: Asking,
    input: { readonly imageId: ImageId; readonly caption: string },
  ): Promise<TextAnalysis>
}

export function createText(context: FeatureContext, text: TextClient): TextService {
  return {
    async analyse(asking, input) {
      const { db } = context.project(asking)
      const { altTexts, overrides } = await db.read.getTextSources(input)
      const reasons = overrides.flatMap((override) => (override.kind === 'fate' ? [override] : []))
      const found = await text.analyse({
        caption: input.caption,
        altTexts: altTexts.map((altText) => ({
          text: altText.text,
          reasons: reasons.filter(({ altTextId }) => altTextId === altText.id),
        })),
      })
      return {
        caption: found.caption,
        altTexts: altTexts.flatMap(({ id }, index) => {
          const one = found.altTexts[index]
          return one === undefined ? [] : [{ altTextId: id, ...one }]
        }),
      }
    },
  }
}
