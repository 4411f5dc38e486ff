import { z } from 'zod'
import { CHECK_SIGNALS } from '../domain/check-signal.ts'
import { UNIT_KINDS } from '../domain/text-unit.ts'
import { captionText, imageId, jobId, procedure, queryText } from './base.ts'
import { detail, verdict, VERDICT_ANSWERS } from './judgements.ts'

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
  /** What it was made of: shipped scenes or photos, or the project's accepted captions, with or without answers. */
  source: z.enum(['shipped', 'self-foils', 'answers']),
  /** True until enough real rejections exist; foils are easier than natural errors. */
  isProvisional: z.boolean(),
  /** Name of the encoder or detector whose numbers it reads. */
  model: z.string(),
})

const calibration = z.object({ id: z.string(), kinds: z.array(kindTable) })
export type CheckCalibration = z.infer<typeof calibration>

/** Why what the project's own labels came to is not used for a kind of units. */
export const CALIBRATION_REFUSALS = ['too-few', 'no-limit', 'needs-boxes', 'breaks-bounds'] as const

/** What a measured table is: one of the project's labels, or the shipped one with limits that hold on them. */
export const CALIBRATION_BASES = ['labels', 'limits'] as const

const heldOut = z.object({
  marked: z.number(),
  /** Of those marked, how many the picture does show, 0 to 1; null where nothing was marked. */
  falseAlarms: z.number().nullable(),
  passed: z.number(),
  /** Of those passed, how many the picture does not show, 0 to 1; null where nothing passed. */
  missed: z.number().nullable(),
})

const trial = z.object({
  madeAt: z.number(),
  /** False where somebody went back to the tables that came with the models. */
  isUsed: z.boolean(),
  images: z.number(),
  kinds: z.array(
    z.object({
      kind: z.enum(UNIT_KINDS),
      labelled: z.number(),
      /** Of those, people's answers to marks, and of these the ones that said that the mark was right. */
      answered: z.number(),
      rejected: z.number(),
      refusal: z.enum(CALIBRATION_REFUSALS).nullable(),
      basis: z.enum(CALIBRATION_BASES),
      /** On captions that neither table has seen: the one of this project, and the one that came with the models. */
      own: heldOut.nullable(),
      other: heldOut.nullable(),
    }),
  ),
})
export type CalibrationTrial = z.infer<typeof trial>

const labels = z.object({
  accepted: z.number(),
  answered: z.number(),
  /** Whether there are enough new ones since the last time to measure anew. */
  isOffered: z.boolean(),
})
export type CheckLabels = z.infer<typeof labels>

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
  /** What the project's own labels came to, last time; null where nobody measured them with these models. */
  trial: trial.nullable(),
  labels,
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
    .array(
      verdict.extend({
        signals: z.partialRecord(z.enum(CHECK_SIGNALS), z.number()),
        /** What a person said of these words, which goes before the status. */
        answer: z.enum(VERDICT_ANSWERS).nullable(),
      }),
    )
    .nullable(),
  details: z.array(detail),
  /** Share of its units that checks or people decided on; null without units, or where it was not checked so. */
  coverage: z.number().nullable(),
  /** How sentences and picture fit, for comparison within the project; null where that is not known. */
  fit: z
    .object({
      /** Mean cosine of the sentences with the picture. */
      score: z.number(),
      /** Share of the other checked texts that fit worse, 0 to 1: `score<20%` finds those below 0.2. */
      place: z.number(),
    })
    .nullable(),
})
export type CheckedImage = z.infer<typeof checkedImage>

/** A mean or share with its 95 % interval over images, and how many captions it was known of. */
const interval = z
  .object({ mean: z.number(), low: z.number(), high: z.number(), captions: z.number() })
  .nullable()
export type MeasuredInterval = z.infer<typeof interval>

const roundMeasures = z.object({
  /** Word edit distance to the round before, as a share of the longer text. */
  edit: interval,
  /** Of the things that the captions name, those that the round before named; and the other way round. */
  precision: interval,
  recall: interval,
  f1: interval,
  /** Names, numbers and specific nouns of the alt-text that are still said. */
  entityRecall: interval,
  /** Of the checked units, those that the picture supports. */
  support: interval,
  /** Of the checked units, those that anything could be decided of. */
  coverage: interval,
  /** Unsupported units of a caption. */
  unsupported: interval,
  /** Mean cosine of the sentences with the picture, of captions that stand: only comparable within one encoder. */
  fit: interval,
})
export type RoundMeasures = z.infer<typeof roundMeasures>

const roundReport = z.object({
  /** Captions of the sample that all of this is about. */
  captions: z.number(),
  measures: roundMeasures,
  /** By how much the supported share of the same images changed from the round before. */
  supportChange: interval,
  /** Who wrote most first; names that models or imports wrote under too. */
  people: z.array(
    z.object({
      name: z.string(),
      isModel: z.boolean(),
      captions: z.number(),
      measures: roundMeasures,
    }),
  ),
})
export type RoundReport = z.infer<typeof roundReport>

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
  /** What a round came to and who did how, with intervals: over a sample of the captions that were measured. */
  round: procedure.input(z.object({ round: z.int().min(1) })).output(roundReport),
  /** Measures the checks on accepted captions and people's answers. */
  calibrate: procedure.output(z.object({ jobId })),
  /** Takes what was measured last into use, or goes back to what came with the models. */
  useTrial: procedure.input(z.object({ isUsed: z.boolean() })).output(status),
  /** Switches a signal on or off for this project. */
  setSignal: procedure
    .input(z.object({ name: z.enum(CHECK_SIGNALS), isOn: z.boolean() }))
    .output(status),
}
