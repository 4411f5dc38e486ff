import { z } from 'zod'
import { FATES } from '../domain/fate.ts'
import { HYGIENE_SEVERITIES } from '../domain/hygiene.ts'
import { UNIT_KINDS } from '../domain/text-unit.ts'
import { TOKEN_TARGETS, type TokenTargetId } from '../domain/token-budget.ts'
import { altTextId, captionText, imageId, procedure } from './base.ts'

const span = { start: z.number(), end: z.number() }

const textUnit = z.object({
  ...span,
  kind: z.enum(UNIT_KINDS),
  lemma: z.string(),
  about: z.number().nullable(),
  toward: z.number().nullable(),
  sentence: z.number(),
})

const hygieneMark = z.object({
  ...span,
  ruleId: z.string(),
  severity: z.enum(HYGIENE_SEVERITIES),
  message: z.string(),
  fix: z.object({ ...span, insert: z.string(), label: z.string() }).nullable(),
})

const language = z.object({ code: z.string().nullable(), isReliable: z.boolean() })

const unitFate = z.object({
  unit: z.number(),
  fate: z.enum(FATES),
  counterpart: z.object(span).nullable(),
  asksReason: z.boolean(),
  seen: z.enum(['shown', 'not-shown']).optional(),
  isAstray: z.literal(true).optional(),
})

const share = z.number().nullable()
const anchorMetrics = z.object({ entityRecall: share, specificityLoss: share, copyRate: share })

const targetIds = TOKEN_TARGETS.map((target) => target.id) as [TokenTargetId, ...TokenTargetId[]]
const tokenTarget = z.enum(targetIds)

const tokenBudget = z.object({
  target: tokenTarget,
  used: z.number(),
  limit: z.number(),
  isExact: z.boolean(),
  cutAt: z.number().nullable(),
})

const analysedText = {
  units: z.array(textUnit),
  hygiene: z.array(hygieneMark),
  language,
}

const analysis = z.object({
  /** One for each alt-text of the image, in the same order. */
  altTexts: z.array(
    z.object({
      altTextId,
      ...analysedText,
      fates: z.array(unitFate),
      metrics: anchorMetrics,
    }),
  ),
  caption: z.object({ ...analysedText, budgets: z.array(tokenBudget) }),
})
export type TextAnalysis = z.infer<typeof analysis>
export type AltTextAnalysis = TextAnalysis['altTexts'][number]

export const text = {
  /** What the open caption and its alt-texts say, and what became of what they said. Nothing is stored. */
  analyse: procedure.input(z.object({ imageId, caption: captionText })).output(analysis),
}
