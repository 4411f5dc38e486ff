import { z } from 'zod'
import { imageId, procedure, queryText, sort, status } from './base.ts'

const problem = z.object({ code: z.string(), message: z.string() })

const libraryRow = z.object({
  id: imageId,
  name: z.string(),
  /** Version for immutable media URLs: the content hash, or '' while the file has none. */
  hash: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  status,
  round: z.number(),
  altCount: z.number(),
  revisionCount: z.number(),
  hasDraft: z.boolean(),
  /** Start of the text that tiles show: the draft, else the head caption, else the first alt-text. */
  text: z.string(),
  textKind: z.enum(['draft', 'caption', 'alt', 'none']),
  /** Why the picture cannot be shown, or null. */
  problem: problem.nullable(),
  tags: z.array(z.string()),
  updatedAt: z.number(),
  /** Where the query asks a model: the place in its order, and the cosine, to be compared within one listing only. */
  similarity: z.object({ rank: z.number(), score: z.number() }).optional(),
})
export type LibraryRow = z.infer<typeof libraryRow>

const page = z.object({
  rows: z.array(libraryRow),
  /** Position of the first row in the listing. */
  position: z.number(),
  total: z.number(),
})
export type LibraryPage = z.infer<typeof page>

const facets = z.object({
  total: z.number(),
  byStatus: z.record(z.string(), z.number()),
  tags: z.array(z.object({ name: z.string(), count: z.number() })),
  /** Null when the tag counts are exact, else the number of images, first in the listing, they were counted over. */
  tagSample: z.number().nullable(),
  missing: z.number(),
  broken: z.number(),
})
export type LibraryFacets = z.infer<typeof facets>

/** Either named images, or everything a query matches but the named exceptions ("select all"). */
export const selection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(imageId).max(100_000) }),
  z.object({ kind: z.literal('query'), query: queryText, except: z.array(imageId).max(100_000) }),
])
export type Selection = z.infer<typeof selection>

const batchResult = z.object({ batchId: z.number(), changed: z.number() })

const listing = z.object({ query: queryText, sort })

export const library = {
  page: procedure
    .input(listing.extend({ position: z.int().min(0), limit: z.int().min(1).max(500) }))
    .output(page),
  /** The listing around one image: for previous/next, the strip and prefetching. */
  around: procedure
    .input(
      listing.extend({
        imageId,
        before: z.int().min(0).max(50),
        after: z.int().min(0).max(50),
      }),
    )
    .output(
      z.object({
        rows: z.array(libraryRow),
        /** Index of the image in `rows`, or of the one that follows its place when the query leaves it out. */
        index: z.number(),
        isListed: z.boolean(),
        position: z.number(),
        total: z.number(),
      }),
    ),
  facets: procedure.input(z.object({ query: queryText })).output(facets),
  /** Tag names that start with a prefix, most used first; never a list of all of them. */
  tagNames: procedure
    .input(z.object({ prefix: z.string().max(200), limit: z.int().min(1).max(50) }))
    .output(z.array(z.string())),
  setStatus: procedure.input(z.object({ selection, status })).output(batchResult),
  setTag: procedure
    .input(z.object({ selection, tag: z.string().trim().min(1).max(100), on: z.boolean() }))
    .output(batchResult),
}
