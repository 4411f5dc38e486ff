import type { PackVocabularyThing } from '../../shared/domain/pack.ts'
import { logistic } from './logistic.ts'

/** Where a detail was found that an encoder has to confirm. */
export const CONFIRMED_SOURCES = ['vocabulary', 'alt-text', 'neighbours'] as const
export type ConfirmedSource = (typeof CONFIRMED_SOURCES)[number]

/** What an encoder says of a phrase and a picture, and how often the source says it. */
export interface DetailLook {
  /** Soft maximum over the places of the picture. */
  readonly soft: number
  /** With the whole picture. */
  readonly cosine: number
  /** Share of the source's texts that say it, 0 to 1. */
  readonly share: number
}

/** Weights to a probability that the picture shows it, and from where on such details are right often enough. */
export interface SourceTable {
  readonly intercept: number
  readonly soft: number
  readonly cosine: number
  readonly share: number
  /** Null where no limit keeps enough of them right: then this source says nothing. */
  readonly limit: number | null
  /** Labelled details that it was made of. */
  readonly count: number
}

/** How details are found with one revision of one encoder pack. */
export interface DetailTable {
  readonly pack: { readonly id: string; readonly revision: string }
  /** Of the soft maximum over places. */
  readonly sharpness: number
  /** Things that many pictures show, asked of each. */
  readonly vocabulary: readonly PackVocabularyThing[]
  readonly sources: Readonly<Record<ConfirmedSource, SourceTable>>
}

/** How likely the picture shows it, 0 to 1. */
export function visibilityOf(
  look: DetailLook,
  table: Omit<SourceTable, 'limit' | 'count'>,
): number {
  const { intercept, soft, cosine, share } = table
  return logistic(intercept + soft * look.soft + cosine * look.cosine + share * look.share)
}
