import {
  findKindTable,
  type CalibrationTable,
  type KindTable,
  type SignalWeight,
} from './calibration-table.ts'
import { readIsotonic } from './isotonic.ts'
import type { UnitEvidence } from './unit-evidence.ts'

type Signals = UnitEvidence['signals']

/** Standardised values further out say nothing more; one wild number must not decide alone. */
const FURTHEST = 4
/** A signal that was missing more rarely than this was not learned to be missed. */
const LEARNED_MISSING_SHARE = 0.02
/** Of the weight of a kind, how much must be there for its curve to mean anything. */
const LEAST_PRESENT_WEIGHT = 0.5

/**
 * Probability, 0 to 1, that the picture supports a unit. Null where the table has nothing for its kind, or too little of
 * what the table was made with could look: no probability is better than a made-up one.
 */
export function fuseEvidence(
  evidence: Pick<UnitEvidence, 'kind' | 'signals'>,
  table: CalibrationTable,
): number | null {
  const kind = findKindTable(table, evidence.kind)
  return kind === null ? null : fuseSignals(evidence.signals, kind)
}

/** As `fuseEvidence`, with the table of the unit's kind in hand. */
export function fuseSignals(signals: Signals, table: KindTable): number | null {
  const score = logitOf(signals, table)
  return score === null ? null : readIsotonic(table.knots, score)
}

/** The weighted sum before the curve; null where too little of what was learned is there. */
export function logitOf(
  signals: Signals,
  table: Pick<KindTable, 'intercept' | 'signals'>,
): number | null {
  let score = table.intercept
  let present = 0
  let unexpected = 0
  for (const signal of table.signals) {
    const value = standardised(signals, signal)
    if (value === null) {
      score += signal.missingWeight
      if (signal.missingShare < LEARNED_MISSING_SHARE) unexpected += signal.weight
    } else {
      score += signal.weight * value
      present += signal.weight
    }
  }
  if (present === 0) return null
  return present >= LEAST_PRESENT_WEIGHT * (present + unexpected) ? score : null
}

/** A signal's value on the scale of the labelled units; null where it is absent or no number. */
export function standardised(
  signals: Signals,
  { name, mean, deviation }: Pick<SignalWeight, 'name' | 'mean' | 'deviation'>,
): number | null {
  const value = signals[name]
  if (value === undefined || !Number.isFinite(value)) return null
  return Math.max(-FURTHEST, Math.min(FURTHEST, (value - mean) / deviation))
}
