import { z } from 'zod'
import { CHECK_SIGNALS } from '../domain/check-signal.ts'
import { UNIT_KINDS } from '../domain/text-unit.ts'
import { captionText, imageId, jobId, procedure, queryText } from './base.ts'
import { detail, verdict } from './judgements.ts'

const pack = z.object({ id: z.string(), revision: z.string(), name: z.string() })

/** One reliability bin: units whose probability fell into it, and the share of them that the picture did show. */
const bin = z.object({ probability: z.number(), share: z.number(), count: z.number() })

const kindTable = z.object({
  kind: z.enum(UNIT_KINDS),
  /** Labelled units that the table was made of. */
  count: z.number(),
  /** At or below it a unit is called unsupported; null where no limit keeps the false alarms in bounds. */
  unsupportedAt: z.number().nullable(),
  /** At or above it a unit is called supported; null where no limit keeps the missed hallucinations in bounds. */
  supportedAt: z.number().nullable(),
  bins: z.array(bin),
})

const calibration = z.object({
  id: z.string(),
  /** What it was made of, in the order of preference: people's answers, the user's accepted captions, shipped scenes. */
  source: z.enum(['shipped', 'self-foils', 'answers']),
  /** True until enough real rejections exist; foils are easier than natural errors. */
  isProvisional: z.boolean(),
  kinds: z.array(kindTable),
})
export type CheckCalibration = z.infer<typeof calibration>

const signal = z.object({
  name: z.enum(CHECK_SIGNALS),
  isOn: z.boolean(),
  /** Why it says nothing at present, in words; null where it works. */
  missing: z.string().nullable(),
})
export type CheckSignalState = z.infer<typeof signal>

const status = z.object({
  /** The encoder that checks look with; null where none fits these images, and `missing` says what to do. */
  pack: pack.nullable(),
  missing: z.string().nullable(),
  signals: z.array(signal),
  calibration: calibration.nullable(),
  /** Images whose present caption was checked with this pack and calibration, and all that have a caption. */
  checked: z.number(),
  total: z.number(),
})
export type CheckStatus = z.infer<typeof status>

const specificity = z.object({
  /** Place of this image among itself and its look-alikes by its supported units, from 1; null where nothing is supported. */
  rank: z.number().nullable(),
  bagSize: z.number(),
  /** Own score minus the best other one. */
  margin: z.number().nullable(),
  status: z.enum(['distinct', 'weak', 'ambiguous', 'unknown']),
  /** The look-alike that the caption fits best. */
  confusable: z.object({ id: imageId, name: z.string(), hash: z.string() }).nullable(),
  /** How much each unit sets the image apart from the others; the units of the text by their offsets. */
  units: z.array(z.object({ start: z.number(), end: z.number(), contrast: z.number() })),
})
export type Specificity = z.infer<typeof specificity>

const checkedImage = z.object({
  imageId,
  name: z.string(),
  /** The caption, or without one the alt-text that it would start from. */
  text: z.string(),
  /** Null where this text was not checked with the encoder and calibration of now. */
  verdicts: z
    .array(verdict.extend({ signals: z.partialRecord(z.enum(CHECK_SIGNALS), z.number()) }))
    .nullable(),
  details: z.array(detail),
})
export type CheckedImage = z.infer<typeof checkedImage>

export const checks = {
  status: procedure.output(status),
  /** Checks a caption as it stands now and stores what was found; `judgements.get` then has it. Unchanged clauses are not computed anew. */
  run: procedure.input(z.object({ imageId, caption: captionText })).output(
    z.object({
      /** True where verdicts of this very text are stored now; else `missing` says why not. */
      isChecked: z.boolean(),
      missing: z.string().nullable(),
    }),
  ),
  /** What sets an image apart from those that look like it, for a text that was checked. */
  specificity: procedure.input(z.object({ imageId, caption: captionText })).output(specificity),
  /** Checks the captions of a query's images that were not checked with this pack and calibration. */
  start: procedure.input(z.object({ where: queryText.default('') })).output(z.object({ jobId })),
  /** What was found of a query's images, as they stand now, a page at a time. */
  report: procedure
    .input(
      z.object({
        where: queryText.default(''),
        after: imageId.nullable().default(null),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(checkedImage)),
  /** Switches a signal on or off for this project. */
  setSignal: procedure
    .input(z.object({ name: z.enum(CHECK_SIGNALS), isOn: z.boolean() }))
    .output(status),
}
