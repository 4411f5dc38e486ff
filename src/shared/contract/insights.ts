import { z } from 'zod'
import { FATES } from '../domain/fate.ts'
import { QUALITY_ISSUES } from '../domain/image-quality.ts'
import { procedure } from './base.ts'

/** Images from a number up to the next one, and the query that finds them. */
const bar = z.object({
  from: z.number(),
  /** Not included; null for no end. */
  to: z.number().nullable(),
  count: z.number(),
  query: z.string(),
})
export type InsightBar = z.infer<typeof bar>

/** `known` counts the images that the bars are about. */
const histogram = z.object({ known: z.number(), bars: z.array(bar) })
export type InsightHistogram = z.infer<typeof histogram>

const scores = z.object({ fit: histogram, coverage: histogram, unsupported: histogram })

const editedRound = histogram.extend({
  round: z.number(),
  name: z.string(),
  /** Mean share of the words that changed, 0 to 1. */
  mean: z.number(),
})

const fates = z.object({
  /** Captions that were compared with their alt-text, and units of those alt-texts. */
  captions: z.number(),
  units: z.number(),
  /** Captions whose text still waits to be measured. */
  waiting: z.number(),
  shares: z.array(
    z.object({ fate: z.enum(FATES), units: z.number(), images: z.number(), query: z.string() }),
  ),
})

const textKind = z.enum(['captions', 'alt-texts'])
export type InsightTexts = z.infer<typeof textKind>

const concepts = z.object({
  /** Different nouns of things that can be seen, and how often images name one. */
  nouns: z.number(),
  mentions: z.number(),
  top: z.array(z.object({ noun: z.string(), images: z.number(), query: z.string() })),
  /** Share of the mentions that the nouns of `top` have. */
  headShare: z.number(),
  /** Nouns that fewer than `tailBelow` images name. */
  tailNouns: z.number(),
  tailBelow: z.number(),
  /** Images by rank of the noun, at ranks that grow by a factor. */
  curve: z.array(z.object({ rank: z.number(), images: z.number() })),
})

const vocabulary = z.object({
  texts: z.number(),
  words: z.number(),
  differentWords: z.number(),
  /** How many different words so many words have, read in the order of the images. */
  growth: z.array(z.object({ words: z.number(), differentWords: z.number() })),
  /** Texts that the growth was read from. */
  sampled: z.number(),
})
export type InsightVocabulary = z.infer<typeof vocabulary>

const duplicates = z.object({
  /** Null before anybody looked. */
  endedAt: z.number().nullable(),
  near: z.object({ images: z.number(), groups: z.number(), query: z.string() }),
  exact: z.object({ images: z.number(), query: z.string() }),
  /** Groups of the last look by how many images they have; the last has no end. */
  sizes: z.array(z.object({ size: z.number(), groups: z.number() })),
})

const throughput = z.object({
  /** Submitted captions by UTC day, the last ones; days without any are left out. */
  days: z.array(z.object({ day: z.string(), captions: z.number(), query: z.string() })),
  /** Who submitted them in those days, most first. */
  people: z.array(
    z.object({
      name: z.string(),
      isModel: z.boolean(),
      captions: z.number(),
      /** Captions on each of `days`. */
      byDay: z.array(z.number()),
      query: z.string(),
    }),
  ),
})

const imageQuality = z.object({
  measured: z.number(),
  total: z.number(),
  issues: z.array(
    z.object({ issue: z.enum(QUALITY_ISSUES), images: z.number(), query: z.string() }),
  ),
})

/** What the whole project comes to. Each plot is asked for by itself, because some take longer than others. */
export const insights = {
  scores: procedure.output(scores),
  edits: procedure.output(z.array(editedRound)),
  fates: procedure.output(fates),
  concepts: procedure.input(z.object({ texts: textKind })).output(concepts),
  vocabulary: procedure.input(z.object({ texts: textKind })).output(vocabulary),
  lengths: procedure.output(z.object({ captions: histogram, altTexts: histogram })),
  duplicates: procedure.output(duplicates),
  throughput: procedure.output(throughput),
  quality: procedure.output(imageQuality),
}
