import type { PackVocabularyThing } from '../../shared/domain/pack.ts'
import { logistic } from './logistic.ts'

/** What an encoder says of a phrase, and how often the source says it; each can only make it likelier. */
const PHRASE_FEATURES = ['soft', 'cosine', 'share'] as const

/**
 * Where details come from that an encoder has to confirm, each with the numbers that it goes by. Things: their phrase. A
 * colour: the smaller one of its share of the pixels where the thing is and its share against the other colours by the
 * encoder, how much larger the first is than in all of the picture, the second, and the fit of the thing. A number: its
 * share against other numbers in the picture and at its best place, how far the map of the thing has as many summits, and
 * the fit of the thing. A part of the picture: how much it stands out, how free it is of what was said, and its size.
 */
export const SOURCE_FEATURES = {
  vocabulary: PHRASE_FEATURES,
  'alt-text': PHRASE_FEATURES,
  neighbours: PHRASE_FEATURES,
  colour: ['agreement', 'lift', 'encoder', 'thing'],
  count: ['whole', 'places', 'summits', 'thing'],
  region: ['salience', 'openness', 'area'],
} as const

export type FittedSource = keyof typeof SOURCE_FEATURES
export const FITTED_SOURCES = Object.keys(SOURCE_FEATURES) as readonly FittedSource[]

/** The numbers of one candidate, by the names in `SOURCE_FEATURES`. */
export type DetailLook = Readonly<Record<string, number>>

/** Weights to a probability that the picture shows it, and from where on such details are right often enough. */
export interface SourceTable {
  readonly intercept: number
  readonly weights: DetailLook
  /** Null where no limit keeps enough of them right: then this source says nothing. */
  readonly limit: number | null
  /** Labelled details that it was made of. */
  readonly count: number
}

/** How details are found with one revision of one encoder pack. */
export interface DetailTable {
  readonly pack: { readonly id: string; readonly revision: string }
  /** Of the soft maximum over places, and what cosines are multiplied with before phrases compete. */
  readonly sharpness: number
  /** Things that many pictures show, asked of each. */
  readonly vocabulary: readonly PackVocabularyThing[]
  readonly sources: Readonly<Record<FittedSource, SourceTable>>
}

/** How likely the picture shows it, 0 to 1. */
export function visibilityOf(
  look: DetailLook,
  { intercept, weights }: Pick<SourceTable, 'intercept' | 'weights'>,
): number {
  const terms = Object.entries(weights).map(([name, weight]) => weight * (look[name] ?? 0))
  return logistic(terms.reduce((sum, term) => sum + term, intercept))
}
