import { z } from 'zod'
import { imageId, jobId, procedure, status } from './base.ts'

const pack = z.object({ id: z.string(), revision: z.string() })

const run = z.object({
  id: z.number(),
  /** Images belong together whose perceptual hashes differ in at most so many of 64 bits ... */
  hashDistance: z.number(),
  /** ... or whose vectors have at least this cosine; null where vectors were not compared. */
  cosine: z.number().nullable(),
  pack: pack.nullable(),
  /** Images looked at, and those of them that had a vector. */
  imageCount: z.number(),
  vectorCount: z.number(),
  endedAt: z.number(),
})
export type DuplicateRun = z.infer<typeof run>

const member = z.object({
  id: imageId,
  name: z.string(),
  /** Version for immutable media URLs. */
  hash: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  status,
  altCount: z.number(),
  /** Characters of its alt-texts and its caption. */
  textLength: z.number(),
  /** Compared with the others of its group only; null where it could not be measured. */
  sharpness: z.number().nullable(),
  /** How near it is to the image that brought it into the group. */
  hashDistance: z.number().nullable(),
  cosine: z.number().nullable(),
  isLargest: z.boolean(),
  isSharpest: z.boolean(),
  hasMostText: z.boolean(),
})
export type DuplicateMember = z.infer<typeof member>

const group = z.object({
  number: z.number(),
  /** Images of the group that are not discarded. */
  size: z.number(),
  /** The one to keep, as Realign would. */
  bestId: imageId,
  /** The first of them, in the order of import. */
  members: z.array(member),
})
export type DuplicateGroup = z.infer<typeof group>

export const duplicates = {
  /** The last look that ended; null before the first. */
  status: procedure.output(z.object({ run: run.nullable() })),
  /** Looks for images that look alike, among all of the project. */
  find: procedure
    .input(
      z
        .object({
          hashDistance: z.int().min(0).max(10).default(6),
          /** Null leaves vectors out; they are too where there are none. */
          cosine: z.number().min(0.8).max(1).nullable().default(0.97),
          pack: z.string().min(1).max(200).optional(),
        })
        .prefault({}),
    )
    .output(z.object({ jobId })),
  /** Groups of which more than one image is not discarded, the largest first. */
  page: procedure
    .input(z.object({ position: z.int().min(0), limit: z.int().min(1).max(50) }))
    .output(z.object({ total: z.number(), groups: z.array(group) })),
  /** Adds the alt-texts of images to another one, with their origins; those that it has are left out. */
  mergeTexts: procedure
    .input(z.object({ toId: imageId, fromIds: z.array(imageId).min(1).max(200) }))
    .output(z.object({ added: z.number() })),
}
