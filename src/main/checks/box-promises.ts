import type { KindTable } from './calibration-table.ts'

/**
 * Encoders are close to a bag of words: how many there are and how they lie stays unsure until boxes are among the signals,
 * whatever a bound on labelled units may say.
 */
export function lacksBoxes({ kind, signals }: Pick<KindTable, 'kind' | 'signals'>): boolean {
  const needsBoxes = kind === 'count' || kind === 'relation'
  return needsBoxes && !signals.some(({ name }) => name === 'box')
}

/** The table without limits where it lacks boxes, so that nobody gets a status by it. */
export function withoutPromises(table: KindTable): KindTable {
  return lacksBoxes(table) ? { ...table, unsupportedAt: null, supportedAt: null } : table
}
