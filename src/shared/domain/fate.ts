import type { TextSpan } from './text-unit.ts'

/** What became of a piece of the alt-text in the caption (docs/decisions tell how each is found). */
export const FATES = [
  'kept',
  'generalised',
  'specialised',
  'corrected',
  'changed',
  'dropped',
  'boilerplate-removed',
] as const

export type Fate = (typeof FATES)[number]

/** Why a person gave up something that the alt-text said. */
export const FATE_REASONS = ['wrong', 'not-visible', 'private', 'boilerplate'] as const

export type FateReason = (typeof FATE_REASONS)[number]

/** The fate of one unit of an alt-text. */
export interface UnitFate {
  /** Index into the alt-text's units. */
  readonly unit: number
  readonly fate: Fate
  /** Where the caption says it now; null where it does not. */
  readonly counterpart: TextSpan | null
  /** True where a name, number or specific noun was dropped or made vaguer, and nobody said why. */
  readonly asksReason: boolean
  /** What checks say the picture shows: of a change the new words, of what was dropped the old ones. Absent where they cannot tell. */
  readonly seen?: 'shown' | 'not-shown' | undefined
  /** True of a kept name that the caption gives to another thing than the alt-text. */
  readonly isAstray?: true | undefined
}

/** How a caption treats its alt-text; each share is 0 to 1, or null where there is nothing to count. */
export interface AnchorMetrics {
  /** Names, numbers and specific nouns of the alt-text that the caption still says. */
  readonly entityRecall: number | null
  /** Units of the alt-text that became vaguer. */
  readonly specificityLoss: number | null
  /** The longest run of words copied from the alt-text, as a share of the caption's words. */
  readonly copyRate: number | null
}
