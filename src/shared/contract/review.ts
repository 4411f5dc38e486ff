import { z } from 'zod'
import { captionText, imageId, procedure, queryText, revisionId } from './base.ts'

const reviewItem = z.object({
  imageId,
  name: z.string(),
  hash: z.string(),
  round: z.number(),
  headRevisionId: revisionId,
  author: z.string(),
  /** By the person who asks: it waits here only where nobody else's does. */
  isOwn: z.boolean(),
  /** Checks have looked at this very text. */
  isChecked: z.boolean(),
  submittedAt: z.number(),
  /** Times that this round's caption was returned before. */
  returns: z.number(),
  text: z.string(),
  /** What the diff compares with: the accepted text of the round before, else the anchor. */
  before: z.string(),
})
export type ReviewItem = z.infer<typeof reviewItem>

/** `submitted`: the longest waiting first; `risk`: what the checks doubt most first, what they did not look at last. */
export const reviewOrder = z.enum(['submitted', 'risk'])
export type ReviewOrder = z.infer<typeof reviewOrder>

const remark = z.string().trim().max(10_000)

const decision = z.object({
  imageId,
  baseRevisionId: revisionId,
})

const outcome = z.object({ remaining: z.number() })

export const review = {
  /** Submitted captions that wait for a decision, not one's own where others' wait. */
  queue: procedure
    .input(
      z.object({
        query: queryText,
        order: reviewOrder.default('submitted'),
        after: imageId.nullable(),
        limit: z.int().min(1).max(100),
      }),
    )
    .output(z.object({ items: z.array(reviewItem), total: z.number() })),
  /** Edited text becomes a revision by the reviewer first. */
  accept: procedure
    .input(decision.extend({ text: captionText.optional(), remark: remark.default('') }))
    .output(outcome),
  /** Sends the caption back to its author with a remark, which may quote a stretch of the text. */
  return: procedure
    .input(
      decision.extend({
        remark: remark.min(1),
        quote: z.object({ start: z.int().min(0), end: z.int().min(0) }).nullable(),
      }),
    )
    .output(outcome),
  /**
   * Takes the newest decision back that the person made in any window, at any time. Throws NOTHING_TO_UNDO where none
   * stands, and REVISION_CONFLICT once the caption was changed.
   */
  undo: procedure
    .input(z.object({}))
    .output(z.object({ imageId, name: z.string(), label: z.string() })),
}
