import { z } from 'zod'
import { imageId, jobId, procedure, queryText } from './base.ts'

/** Shares of the picture, 0 to 1, from its top left corner. */
const share = z.number().min(0).max(1)
const pack = z.object({ id: z.string(), revision: z.string() })

const box = z.object({
  label: z.string(),
  /** 0 to 1. */
  score: z.number(),
  region: z.object({ x: share, y: share, width: share, height: share }),
})

const line = z.object({
  text: z.string(),
  /** Mean likelihood of its characters, 0 to 1. */
  score: z.number(),
  /** Four corners: where the text starts at the top, ends at the top, ends below, starts below. */
  quad: z.array(z.object({ x: share, y: share })).length(4),
})

/** What models found in one picture, by the pack that looked last; null where none has looked yet. */
const findings = z.object({
  /** The surest box first. */
  detect: z.object({ pack, boxes: z.array(box) }).nullable(),
  /** Lines in the order of reading. */
  ocr: z.object({ pack, lines: z.array(line) }).nullable(),
})
export type Findings = z.infer<typeof findings>

export const findingsArea = {
  get: procedure.input(z.object({ imageId })).output(findings),
  /** To complete `det:` and `ocr:`: things that were found or that installed detectors know, words that were read. */
  words: procedure
    .input(
      z.object({
        task: z.enum(['detect', 'ocr']),
        prefix: z.string().max(200),
        limit: z.int().min(1).max(50),
      }),
    )
    .output(z.array(z.string())),
  /** Looks at the images of a query that the pack has not looked at; leaves a pack out for the chosen one. */
  find: procedure
    .input(
      z.object({
        task: z.enum(['detect', 'ocr']),
        pack: z.string().min(1).max(200).optional(),
        where: queryText.default(''),
      }),
    )
    .output(z.object({ jobId })),
}
