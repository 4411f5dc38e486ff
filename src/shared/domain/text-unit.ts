/** What a piece of a text says about a picture. Nobody can check a `not-checkable` one: opinion, mood, cause, hedge. */
export const UNIT_KINDS = [
  'entity',
  'attribute',
  'count',
  'relation',
  'action',
  'quoted-text',
  'name',
  'not-checkable',
] as const

export type UnitKind = (typeof UNIT_KINDS)[number]

/** A stretch of a text: UTF-16 offsets, the end excluded. */
export interface TextSpan {
  readonly start: number
  readonly end: number
}

/** A piece of a text that can be true or false of the picture. */
export interface TextUnit extends TextSpan {
  readonly kind: UnitKind
  /**
   * What matching compares, in lower case: the lemma of an entity's head noun ("fire truck" of "two red fire trucks"),
   * an attribute's own words, the base form of a verb, with its preposition where that belongs to it ("cover with"), a
   * relation's words without articles, a count as digits where it is a number, else its words ("several", "group of");
   * the text itself of names and quoted text.
   */
  readonly lemma: string
  /**
   * Index, in the same list, of the entity or name that an attribute, count, action or relation is about; null for
   * others, and where the text does not say it.
   */
  readonly about: number | null
  /** Index of the entity that a relation or action leads to ("dog *on* the **sofa**"); null where there is none. */
  readonly toward: number | null
  /** Index of the sentence, from 0. */
  readonly sentence: number
}
