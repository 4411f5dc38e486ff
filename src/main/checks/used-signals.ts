import { CHECK_SIGNALS, type CheckSignal } from '../../shared/domain/check-signal.ts'
import type { UnitKind } from '../../shared/domain/text-unit.ts'
import { findKindTable, type CalibrationTable, type KindTable } from './calibration-table.ts'

/** Which signals are worth computing for a kind of unit. */
export type WantedSignals = (kind: UnitKind) => ReadonlySet<CheckSignal>

/** Whether a kind of unit can ever be called anything but unsure. */
export function hasLimits({
  unsupportedAt,
  supportedAt,
}: Pick<KindTable, 'unsupportedAt' | 'supportedAt'>): boolean {
  return unsupportedAt !== null || supportedAt !== null
}

/** What no table speaks of: only what is written in a picture can back a name. */
const WITHOUT_TABLE: ReadonlyMap<UnitKind, CheckSignal> = new Map([['name', 'ocr']])

/** The signals that verdicts follow from: those of the tables' kinds that have limits, less those switched off. */
export function usedSignals(
  tables: readonly CalibrationTable[],
  off: ReadonlySet<CheckSignal>,
): WantedSignals {
  const byKind = new Map<UnitKind, ReadonlySet<CheckSignal>>()
  return (kind) => {
    const known = byKind.get(kind)
    if (known !== undefined) return known
    const used = tables.flatMap((table) => {
      const rows = findKindTable(table, kind)
      return rows === null || !hasLimits(rows) ? [] : rows.signals.map(({ name }) => name)
    })
    const wanted = new Set(
      [...used, WITHOUT_TABLE.get(kind) ?? []].flat().filter((name) => !off.has(name)),
    )
    byKind.set(kind, wanted)
    return wanted
  }
}

/** All that can be measured, for those who compare signals or make tables. */
export const everySignal: WantedSignals = () => EVERY_SIGNAL
const EVERY_SIGNAL: ReadonlySet<CheckSignal> = new Set(CHECK_SIGNALS)
