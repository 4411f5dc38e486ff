import type { ClaimKind, FoilTier } from '../../../src/shared/domain/check-plan.ts'
import type { UnitKind } from '../../../src/shared/domain/text-unit.ts'
import type { UnitEvidence } from '../../../src/main/checks/unit-evidence.ts'
import type { FaultKind } from './planted-caption.ts'

interface Fit {
  readonly cosine: number
  readonly place: number
}

/** One unit of a caption: what the scene says of it, and what the signals say. */
export interface UnitRecord {
  readonly kind: UnitKind
  readonly claim: ClaimKind
  /** Null where the scene does not tell. */
  readonly isTrue: boolean | null
  /** The number that a count states; null for other claims. */
  readonly stated: number | null
  /** Which third of the caption's units it stands in. */
  readonly part: 'first' | 'middle' | 'last'
  readonly signals: UnitEvidence['signals']
  /** Of its phrase and of those of its foils: cosine with the whole picture, and with its best places. */
  readonly fits: {
    readonly own: Fit
    readonly foils: readonly (Fit & { readonly tier: FoilTier })[]
  } | null
  /** Whether the middle of the evidence region lies on the thing; null where one of them is missing. */
  readonly isPointed: boolean | null
}

/** A caption of a scene, true or with one planted fault. */
export interface CaptionRecord {
  readonly scene: string
  readonly fault: FaultKind | null
  /** Cosine of the whole caption with the picture. */
  readonly whole: number
  readonly units: readonly UnitRecord[]
}
