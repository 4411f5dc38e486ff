import { z } from 'zod'
import { MAX_CONCEPT_LENGTH, MAX_CONCEPTS } from '../domain/concept-list.ts'
import { queryText } from './base.ts'

const MAX_SEED = 0xffff_ffff
const MAX_IMAGES = 100_000_000
const imageCount = z.int().min(1).max(MAX_IMAGES)
const share = z.number().min(0).max(1_000)

/** In this order in files and lists. */
export const SPLITS = ['train', 'validation', 'test'] as const
export type SplitName = (typeof SPLITS)[number]

export const STRATA = ['status', 'round', 'source', 'origin', 'tag', 'query'] as const
export type StrataBy = (typeof STRATA)[number]

export const CONCEPT_TEXTS = ['caption-or-alt', 'caption', 'alt', 'all'] as const
export const SPLIT_GROUPS = ['duplicates', 'host', 'folder'] as const

/**
 * What becomes of the images of a query before they are written, in the order of the members. A step that is null takes
 * nothing away. Jobs and recipes keep it, so a member that is new needs a default.
 */
export const subset = z.object({
  /** The same seed draws the same images. */
  seed: z.int().min(0).max(MAX_SEED).default(0),
  /** Keeps the best of each group of images that look alike. */
  nearDuplicates: z.enum(['keep', 'best']).default('keep'),
  /** The first in the order of import, or some at random. */
  take: z
    .object({ pick: z.enum(['first', 'random']), count: imageCount })
    .nullable()
    .default(null),
  /** So many images in all, equally many of each stratum or in proportion to its size. */
  strata: z
    .object({
      by: z.enum(STRATA),
      /** With `by` query: one stratum each, in which an image is by the first that matches; the others are the last. */
      queries: z.array(queryText.min(1)).max(50).default([]),
      shares: z.enum(['equal', 'proportional']).default('equal'),
      count: imageCount,
    })
    .refine(({ by, queries }) => by !== 'query' || queries.length > 0, {
      message: 'Strata by query need at least one query.',
    })
    .nullable()
    .default(null),
  /** Draws images by their concepts, so that those of frequent concepts get fewer. */
  balance: z
    .object({
      concepts: z.array(z.string().trim().min(1).max(MAX_CONCEPT_LENGTH)).min(1).max(MAX_CONCEPTS),
      /** A concept with more images keeps each of them with the probability `most / count`. */
      most: imageCount,
      /** Where concepts are looked for: in the caption or else the alt-texts, or in what is named. */
      texts: z.enum(CONCEPT_TEXTS).default('caption-or-alt'),
      /** What becomes of images without any concept. */
      others: z.enum(['drop', 'keep']).default('drop'),
    })
    .nullable()
    .default(null),
  /** At most so many images; which ones is drawn. */
  budget: imageCount.nullable().default(null),
  /** Parts by shares. What belongs together is never parted. */
  split: z
    .object({
      shares: z.object({ train: share, validation: share, test: share }),
      /** Near duplicates always stay together; also images of one web host, or of one folder of their source. */
      together: z.enum(SPLIT_GROUPS).default('duplicates'),
    })
    .refine(({ shares }) => shares.train + shares.validation + shares.test > 0, {
      message: 'At least one share of the split must be more than 0.',
    })
    .nullable()
    .default(null),
})
export type Subset = z.infer<typeof subset>

const SUBSET_STEPS = ['query', 'near-duplicates', 'take', 'strata', 'balance', 'budget'] as const

/** How many images a step found and left, and why the others went. */
export const subsetStep = z.object({
  step: z.enum(SUBSET_STEPS),
  before: z.number(),
  after: z.number(),
  why: z.string(),
})
export type SubsetStep = z.infer<typeof subsetStep>

/** How many images have a concept, and how many of those the balance keeps. */
const subsetConcept = z.object({ concept: z.string(), found: z.number(), kept: z.number() })
export type SubsetConcept = z.infer<typeof subsetConcept>

const splitCount = z.object({ split: z.enum(SPLITS), images: z.number() })
export const subsetCounts = z.object({
  steps: z.array(subsetStep),
  /** Empty where nothing is split. */
  splits: z.array(splitCount),
  /** Those of the balance, the most frequent first; runs are kept without them, because their recipe has the list. */
  concepts: z.array(subsetConcept).default([]),
  /** What the numbers do not say, such as that duplicates were not looked for. */
  notes: z.array(z.string()),
})
export type SubsetCounts = z.infer<typeof subsetCounts>
