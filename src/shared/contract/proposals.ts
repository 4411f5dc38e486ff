import { z } from 'zod'
import { captionText, imageId, procedure, revisionId } from './base.ts'

const proposalId = z.int().positive()

const proposal = z.object({
  id: proposalId,
  text: z.string(),
  author: z.object({ kind: z.enum(['human', 'model', 'import']), name: z.string() }),
  note: z.string(),
  createdAt: z.number(),
  state: z.enum(['open', 'accepted', 'partly-accepted', 'rejected']),
})
export type Proposal = z.infer<typeof proposal>

export const proposals = {
  /** Newest first. */
  list: procedure.input(z.object({ imageId })).output(z.array(proposal)),
  /** Any text can be a proposal; it never touches the caption by itself. */
  add: procedure
    .input(z.object({ imageId, text: captionText, note: z.string().max(10_000).default('') }))
    .output(proposal),
  /**
   * Records what a person did with it. The text that was taken over goes through the draft like any typing;
   * `taken` says how much, and the next revision records where it came from.
   */
  decide: procedure
    .input(
      z.object({
        imageId,
        proposalId,
        baseRevisionId: revisionId.nullable(),
        state: z.enum(['open', 'accepted', 'partly-accepted', 'rejected']),
      }),
    )
    .output(proposal),
}
