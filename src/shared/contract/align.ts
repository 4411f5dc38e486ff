import { z } from 'zod'
import { ALT_ORIGINS } from '../domain/alt-origin.ts'
import { altTextId, captionText, imageId, procedure, revisionId, status } from './base.ts'

const altText = z.object({
  id: altTextId,
  origin: z.enum(ALT_ORIGINS),
  text: z.string(),
  source: z.string(),
})
export type AltText = z.infer<typeof altText>

const author = z.object({
  kind: z.enum(['human', 'model', 'import']),
  name: z.string(),
})

const revision = z.object({
  id: revisionId,
  parentId: revisionId.nullable(),
  round: z.number(),
  text: z.string(),
  author,
  note: z.string(),
  createdAt: z.number(),
  /** True when an undo took this revision back; it stays in the timeline. */
  isWithdrawn: z.boolean(),
  /** Ids of the proposals that the text took from. */
  proposals: z.array(z.number()),
  /** Version of its round's guideline that the author worked by; null where there was none. */
  guidelineVersion: z.number().nullable(),
  /** How long the author wrote, long pauses left out; null where nobody typed or nobody measured. */
  editingMs: z.number().nullable(),
})
export type Revision = z.infer<typeof revision>

const review = z.object({
  revisionId,
  round: z.number(),
  decision: z.enum(['accepted', 'returned']),
  remark: z.string(),
  /** The stretch of the revision's text that the remark is about, in UTF-16 units. */
  quote: z.object({ start: z.number(), end: z.number() }).nullable(),
  reviewer: z.string(),
  createdAt: z.number(),
  /** True when an undo took this decision back. */
  isWithdrawn: z.boolean(),
})
export type Review = z.infer<typeof review>

const draft = z.object({
  text: z.string(),
  baseRevisionId: revisionId.nullable(),
  savedAt: z.number(),
})

const alignImage = z.object({
  id: imageId,
  uid: z.string(),
  name: z.string(),
  hash: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  format: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  isAnimated: z.boolean(),
  status,
  /** The round that a submit from here belongs to. */
  round: z.number(),
  /** That round wants another person than the one who wrote the text it began with, and that is you: no submit. */
  isForOthers: z.boolean(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  locations: z.array(z.object({ source: z.string(), path: z.string() })),
  tags: z.array(z.string()),
  altTexts: z.array(altText),
  /** Oldest first. */
  revisions: z.array(revision),
  /** Oldest first, of all rounds. */
  reviews: z.array(review),
  headRevisionId: revisionId.nullable(),
  draft: draft.nullable(),
  /** What the editor opens on: the draft, else the head caption, else the anchor. */
  startText: z.string(),
})
export type AlignImage = z.infer<typeof alignImage>

const write = z.object({
  imageId,
  /** The head revision the text was made from; null when the image had none. */
  baseRevisionId: revisionId.nullable(),
})

/** `imageId` is null after a batch, which touches many. */
const changed = z.object({ imageId: imageId.nullable(), label: z.string(), changed: z.number() })
export type UndoResult = z.infer<typeof changed>

export const align = {
  get: procedure.input(z.object({ imageId })).output(alignImage),
  /** Makes the open text durable. Answers only after the disk has it. */
  autosave: procedure
    .input(write.extend({ text: captionText }))
    .output(z.object({ savedAt: z.number() })),
  /** Drops the draft and goes back to the head caption or the anchor. */
  discardDraft: procedure.input(write).output(alignImage),
  submit: procedure
    .input(write.extend({ text: captionText, note: z.string().max(10_000).default('') }))
    .output(alignImage),
  setStatus: procedure.input(write.extend({ status })).output(alignImage),
  /** Makes an old revision's text the newest revision. */
  restore: procedure.input(write.extend({ revisionId })).output(alignImage),
  /** Takes the newest change of one image, or of the whole project when no image is named, back. */
  undo: procedure.input(z.object({ imageId: imageId.nullable() })).output(changed),
  redo: procedure.input(z.object({ imageId: imageId.nullable() })).output(changed),
}
