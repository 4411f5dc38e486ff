import type { Specificity } from '../../shared/contract/checks.ts'
import type { TextSpan } from '../../shared/domain/text-unit.ts'

/** How units of a caption fit the image that they are about and those that look like it. */
export interface BagScores {
  /** Supported units alone: what a picture does not show would set it apart from all others. */
  readonly units: readonly (TextSpan & {
    readonly own: number
    /** In the order of the bag. */
    readonly others: readonly number[]
  })[]
  /** The text of those units alone with the image itself, and with the others in the order of the bag. */
  readonly caption: { readonly own: number; readonly others: readonly number[] }
}

export interface SpecificityScore extends Pick<
  Specificity,
  'rank' | 'bagSize' | 'margin' | 'status' | 'units'
> {
  /** Place in the bag of the look-alike that the caption fits best; null for an empty bag. */
  readonly confusable: number | null
}

/**
 * Tells whether a caption finds its own image among those that look alike (self-retrieval in a bag, after TrueMatch). A
 * margin below `weakBelow` is weak: a fifth of the captions that say everything have less.
 */
export function scoreSpecificity(
  { units, caption }: BagScores,
  weakBelow: number,
): SpecificityScore {
  const bagSize = caption.others.length + 1
  if (units.length === 0 || caption.others.length === 0) {
    return {
      ...{ rank: null, bagSize, margin: null, confusable: null, units: [] },
      status: 'unknown',
    }
  }
  const best = Math.max(...caption.others)
  const rank = 1 + caption.others.filter((score) => score > caption.own).length
  const margin = caption.own - best
  return {
    ...{ rank, bagSize, margin },
    status: rank > 1 ? 'ambiguous' : margin < weakBelow ? 'weak' : 'distinct',
    confusable: caption.others.indexOf(best),
    units: units.map(({ start, end, own, others }) => ({
      ...{ start, end },
      contrast: own - others.reduce((sum, score) => sum + score, 0) / others.length,
    })),
  }
}

/** A text of these phrases alone: "A red dog. Two cats." Encoders of captions read it better than the phrases' mean. */
export function joinPhrases(phrases: readonly string[]): string {
  return [...new Set(phrases)]
    .map((phrase) => `${phrase.slice(0, 1).toUpperCase()}${phrase.slice(1)}.`)
    .join(' ')
}
