import type { CheckSignal } from '../../shared/domain/check-signal.ts'
import type { UnitKind } from '../../shared/domain/text-unit.ts'

/** Shares of the picture, 0 to 1, from its top left corner. */
export interface EvidenceRegion {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * What the signals say of one unit of a text, before anything is decided. Each number grows with how well the picture
 * supports the unit; a signal that could not look is absent, which is something else than a low number.
 */
export interface UnitEvidence {
  readonly kind: UnitKind
  readonly signals: Readonly<Partial<Record<CheckSignal, number>>>
  /** The best of the foils and its share against the unit, 0 to 1; null where there was no foil. */
  readonly rival: {
    readonly words: string
    readonly share: number
    readonly unitShare: number
  } | null
  readonly region: EvidenceRegion | null
}
