import type { TextLanguage } from './hygiene.ts'
import type { TextSpan, UnitKind } from './text-unit.ts'

/** How hard a foil is: any thing, a thing that pictures often show, or one of the unit's own kind. */
export const FOIL_TIERS = ['random', 'popular', 'adversarial'] as const
export type FoilTier = (typeof FOIL_TIERS)[number]

/** Words that could stand in a unit's place and would be false if the unit is true. */
export interface Foil {
  /** Ready to be put in the place of the unit's own words. */
  readonly words: string
  /** The unit's phrase with these words instead. */
  readonly phrase: string
  readonly tier: FoilTier
}

/** What a phrase claims, finer than a unit's kind: encoders see these differently well. */
export const CLAIM_KINDS = [
  'object',
  'colour',
  'size',
  'attribute',
  'count',
  'relation',
  'action',
  'sign-text',
  'name',
] as const
export type ClaimKind = (typeof CLAIM_KINDS)[number]

export const SPATIAL_RELATIONS = ['left', 'right', 'above', 'below', 'inside'] as const
export type SpatialRelation = (typeof SPATIAL_RELATIONS)[number]

/** How the first thing of a relation lies to the second in the picture; of near things the nearer one lies lower. */
export type Leaning = 'left' | 'right' | 'above' | 'below'

/** A thing that the text names, and which labels of a detector stand for it. */
export interface NamedThing {
  readonly lemma: string
  /** Labels that mean the thing or a wider kind: where it is, their boxes are. */
  readonly labels: readonly string[]
  /** Labels of narrower kinds: a "dog" for an animal. They support it, but their absence says nothing. */
  readonly narrower: readonly string[]
}

/** One checkable unit of a text with all that asking a picture about it takes. */
export interface PlannedUnit extends TextSpan {
  readonly kind: UnitKind
  readonly claim: ClaimKind
  readonly words: string
  /** What is asked of the picture, alone and in as few words as say it; null where no words can ask for it. */
  readonly phrase: string | null
  /** At most eight, the same for the same unit of the same text. */
  readonly foils: readonly Foil[]
  /** The sentence that it stands in, and that sentence without it. */
  readonly sentence: TextSpan & { readonly text: string; readonly without: string }
  /** What it is about: the thing itself, what bears an attribute or count, the first of a relation; null where unsaid. */
  readonly thing: NamedThing | null
  /** The second thing of a relation. */
  readonly other: NamedThing | null
  /** The phrase of the thing alone, to find the place that a colour or a count is about. */
  readonly thingPhrase: string | null
  /** Of a count, where it is a number. */
  readonly count: number | null
  /** Of a colour: the basic colour words that its pixels may have; empty for other claims. */
  readonly hues: readonly string[]
  /** Of a relation, where boxes can tell it. */
  readonly spatial: SpatialRelation | null
  /** Of a relation, where the middles of two places can tell it. */
  readonly leaning: Leaning | null
  /**
   * Phrases to find the places of what it is about and, of a relation, of the second thing: with their colours where the
   * text tells these. Null where it names no such thing.
   */
  readonly places: { readonly thing: string | null; readonly other: string | null }
}

export interface CheckPlan {
  readonly language: TextLanguage
  /** In the order of the text; what nobody can check is left out. */
  readonly units: readonly PlannedUnit[]
}
