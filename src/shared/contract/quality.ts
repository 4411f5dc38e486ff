import { z } from 'zod'
import { QUALITY_ISSUES } from '../domain/image-quality.ts'
import { imageId, jobId, procedure, queryText } from './base.ts'

const issue = z.enum(QUALITY_ISSUES)
const limits = z.record(issue, z.number())

const status = z.object({
  /** Readable pictures that were measured, and all of them. */
  measured: z.number(),
  total: z.number(),
  /** What counts as dark, blurry and so on in this project. */
  limits,
})
export type QualityStatus = z.infer<typeof status>

const histogram = z.object({
  /** Images from each edge of the issue's rule up to the next one; the last has no end. */
  counts: z.array(z.number()),
  /** Images of the query whose number is known, and all of them. */
  known: z.number(),
  total: z.number(),
})
export type QualityHistogram = z.infer<typeof histogram>

const example = z.object({ id: imageId, name: z.string(), hash: z.string(), value: z.number() })
export type QualityExample = z.infer<typeof example>

export const quality = {
  status: procedure.output(status),
  histogram: procedure.input(z.object({ issue, where: queryText.default('') })).output(histogram),
  /** Images of the query on each side of a limit, those nearest to it first. */
  examples: procedure
    .input(z.object({ issue, where: queryText.default(''), limit: z.number().min(0).max(1e6) }))
    .output(z.object({ falling: z.array(example), kept: z.array(example) })),
  /** Sets a limit for this project; null goes back to Realign's own. */
  setLimit: procedure
    .input(z.object({ issue, limit: z.number().min(0).max(1e6).nullable() }))
    .output(status),
  /** Measures the pictures that have no measures yet. */
  measure: procedure.output(z.object({ jobId })),
}
