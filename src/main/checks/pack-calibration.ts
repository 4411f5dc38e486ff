import { z } from 'zod'
import type { PackRef } from '../../shared/domain/pack.ts'
import type { UnitKind } from '../../shared/domain/text-unit.ts'
import { withoutPromises } from './box-promises.ts'
import {
  parseCalibrationTable,
  type CalibrationTable,
  type KindTable,
} from './calibration-table.ts'

const curve = z.object({ slope: z.number(), offset: z.number(), pairs: z.int().nonnegative() })
/** What `training/export.py` writes: one logistic curve of the soft maximum over places for each type of phrase. */
const curves = z.object({
  tables: z.record(z.string(), z.object({ patches: curve })),
})

const KINDS: readonly (readonly [string, UnitKind])[] = [
  ['object', 'entity'],
  ['colour', 'attribute'],
  ['count', 'count'],
  ['relation', 'relation'],
  ['sign-text', 'quoted-text'],
]
const UNSUPPORTED_AT = 0.12
const SUPPORTED_AT = 0.88
const EVEN = 0.5
/** A logistic curve with this slope is nearly the normal distribution. */
const LOGISTIC_SPREAD = 1.702

/**
 * Reads the calibration that comes with a pack: a table as Realign makes it, or plain curves, whose limits are set by
 * their probabilities alone and which count as provisional. Throws PACK_INVALID.
 */
export function readPackCalibration(
  value: unknown,
  of: { readonly pack: PackRef; readonly hash: string },
): CalibrationTable {
  const plain = curves.safeParse(value)
  if (!plain.success) return parseCalibrationTable(value)
  const { tables } = plain.data
  const kinds = KINDS.flatMap(([name, kind]) => {
    const found = tables[name]?.patches
    return found === undefined || found.slope <= 0 ? [] : [toKindTable(kind, found)]
  })
  const { id, revision } = of.pack
  return {
    ...{ format: 'realign-calibration', version: 1, id: `curves-${of.hash.slice(0, 12)}` },
    ...{ pack: { id, revision }, source: 'shipped', isProvisional: true, prevalence: EVEN, kinds },
  }
}

function toKindTable(kind: UnitKind, { slope, offset, pairs }: z.infer<typeof curve>): KindTable {
  const scores = Array.from({ length: 29 }, (_, index) => (index - 14) / 2)
  return withoutPromises({
    kind,
    count: pairs * 2,
    intercept: 0,
    signals: [
      {
        name: 'reg',
        // Where the curve says one half, and how far it is from there to nearly sure.
        mean: -offset / slope,
        deviation: LOGISTIC_SPREAD / slope,
        weight: LOGISTIC_SPREAD,
        missingWeight: 0,
        missingShare: 0,
      },
    ],
    knots: scores.map((score) => ({ score, probability: 1 / (1 + Math.exp(-score)) })),
    unsupportedAt: UNSUPPORTED_AT,
    supportedAt: SUPPORTED_AT,
    bins: [],
  })
}
