import { z } from 'zod'
import { CHECK_SIGNALS } from '../../shared/domain/check-signal.ts'
import { UNIT_KINDS } from '../../shared/domain/text-unit.ts'
import { AppError } from '../../shared/errors.ts'

const share = z.number().min(0).max(1)

/** How one signal enters the logit of a unit kind: `weight * (value - mean) / deviation`. */
const signalWeight = z.strictObject({
  name: z.enum(CHECK_SIGNALS),
  mean: z.number(),
  deviation: z.number().positive(),
  weight: z.number().nonnegative(),
  /** Added to the logit where the signal could not look. */
  missingWeight: z.number(),
  /** Share of the labelled units where it could not look. */
  missingShare: share,
})
export type SignalWeight = z.infer<typeof signalWeight>

export const kindTable = z.strictObject({
  kind: z.enum(UNIT_KINDS),
  /** Labelled units that the table was made of. */
  count: z.int().nonnegative(),
  intercept: z.number(),
  signals: z.array(signalWeight),
  /** From logit to probability of support, rising. */
  knots: z.array(z.strictObject({ score: z.number(), probability: share })),
  /** At or below it a unit is unsupported; null where no limit keeps the false alarms in bounds. */
  unsupportedAt: share.nullable(),
  /** At or above it a unit is supported; null where no limit keeps the missed hallucinations in bounds. */
  supportedAt: share.nullable(),
  /** Of units that the weights and the curve have not seen: mean probability, share supported, how many. */
  bins: z.array(z.strictObject({ probability: share, share, count: z.int().nonnegative() })),
})
export type KindTable = z.infer<typeof kindTable>

const calibrationTable = z.strictObject({
  format: z.literal('realign-calibration'),
  version: z.literal(1),
  /** Changes with the contents; verdicts are stored under it. */
  id: z.string().min(1),
  pack: z.strictObject({ id: z.string(), revision: z.string() }),
  source: z.enum(['shipped', 'self-foils', 'answers']),
  /** True until enough real rejections exist; planted foils are easier than natural errors. */
  isProvisional: z.boolean(),
  /** Share of unsupported units that probabilities and limits assume. */
  prevalence: share,
  kinds: z.array(kindTable),
})
/** Turns evidence into probabilities and statuses, for one revision of one encoder pack. */
export type CalibrationTable = z.infer<typeof calibrationTable>

/** Checks a table as read from a file or the project. Throws PACK_INVALID with what is wrong. */
export function parseCalibrationTable(value: unknown): CalibrationTable {
  const parsed = calibrationTable.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError(
    'PACK_INVALID',
    `This calibration table cannot be used: ${z.prettifyError(parsed.error)}`,
    { cause: parsed.error },
  )
}

export function findKindTable(table: CalibrationTable, kind: KindTable['kind']): KindTable | null {
  return table.kinds.find((one) => one.kind === kind) ?? null
}
