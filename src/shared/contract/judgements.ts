import { z } from 'zod'
import { FATE_REASONS } from '../domain/fate.ts'
import { UNIT_KINDS } from '../domain/text-unit.ts'
import { altTextId, imageId, procedure } from './base.ts'

/** Shares of the picture, 0 to 1, from its top left corner. */
const region = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
export type Region = z.infer<typeof region>

const VERDICT_STATUSES = ['supported', 'unsure', 'unsupported'] as const
export const VERDICT_ANSWERS = ['deleted', 'took-rival', 'is-there', 'cannot-tell', 'keep'] as const

export const verdict = z.object({
  kind: z.enum(UNIT_KINDS),
  start: z.number(),
  end: z.number(),
  status: z.enum(VERDICT_STATUSES),
  /** 0 to 1, how likely the picture supports it; null where the check has no number. */
  probability: z.number().nullable(),
  /** What the picture shows instead, ready to be put in the unit's place. */
  rival: z.string().nullable(),
  /** The signal that decided, in words: "green 0.81 beats red 0.12". */
  reason: z.string(),
  region: region.nullable(),
})
export type Verdict = z.infer<typeof verdict>

const DETAIL_KINDS = ['thing', 'colour', 'count', 'region'] as const

export const detail = z.object({
  id: z.string(),
  /** A thing, the colour or the number of one that the caption names, or a part of the picture that no word is known for. */
  kind: z.enum(DETAIL_KINDS),
  /**
   * What the picture shows and the caption does not say, as words that can be inserted; of a part where it is, which is
   * for people to look at and never inserted.
   */
  phrase: z.string(),
  probability: z.number().nullable(),
  region: region.nullable(),
  source: z.string(),
  /** Which words of the caption give way to which; null where the phrase is added at the end. */
  instead: z
    .object({ words: z.string(), occurrence: z.int().min(0), insert: z.string() })
    .nullable(),
})
export type Detail = z.infer<typeof detail>

/** Words that an answer is about, and which occurrence of them, from 0 (`domain/text-occurrence.ts` finds them). */
const words = { words: z.string().max(10_000), occurrence: z.int().min(0) }

/** A person's answer. It always wins, and it stays with the words that it was about. */
const override = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fate'),
    altTextId,
    /** Of the alt-text. */
    ...words,
    reason: z.enum(FATE_REASONS),
  }),
  z.object({
    kind: z.literal('verdict'),
    ...words,
    answer: z.enum(VERDICT_ANSWERS),
    reason: z.string().max(1_000),
  }),
  z.object({
    kind: z.literal('hygiene'),
    ruleId: z.string().max(200),
    ...words,
    answer: z.literal('keep'),
  }),
  z.object({
    kind: z.literal('detail'),
    phrase: z.string().max(10_000),
    answer: z.enum(['inserted', 'dismissed']),
  }),
])
export type Override = z.infer<typeof override>

const judgements = z.object({
  /** About the caption asked for, else those of the text judged last, at the words that still stand. */
  verdicts: z.array(verdict),
  /** Best first, at most five; none that was dismissed or that the caption says already. */
  details: z.array(detail),
  /** The newest answer for each thing, also where its words are gone: it counts again once they are back. */
  overrides: z.array(override),
})
export type Judgements = z.infer<typeof judgements>

export const judgementsArea = {
  /** What the checks and people said of this text; `caption` picks the rows by its hash. */
  get: procedure
    .input(z.object({ imageId, caption: z.string().max(1_000_000) }))
    .output(judgements),
  /** Stores an answer; the next revision carries it. An answer to the same thing replaces the one before. */
  answer: procedure.input(z.object({ imageId, override })).output(z.object({})),
  /** Takes an answer back. */
  withdraw: procedure.input(z.object({ imageId, override })).output(z.object({})),
}
