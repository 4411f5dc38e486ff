import { z } from 'zod'
import { LETTER_CASES } from '../domain/text-edit.ts'
import { imageId, jobId, procedure } from './base.ts'
import { selection } from './library.ts'

/** Fits `TextEdit` of the domain, with the lengths that may come in. */
export const textEdit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('replace'),
    find: z.string().min(1).max(10_000),
    replacement: z.string().max(10_000),
    isPattern: z.boolean(),
    matchCase: z.boolean(),
    wholeWords: z.boolean(),
  }),
  z.object({ kind: z.literal('prefix'), text: z.string().min(1).max(10_000) }),
  z.object({ kind: z.literal('suffix'), text: z.string().min(1).max(10_000) }),
  z.object({ kind: z.literal('case'), letterCase: z.enum(LETTER_CASES) }),
])

const preview = z.object({
  /** Images in the selection, and how many of them, the first in the listing by id, the counts below speak of. */
  total: z.number(),
  counted: z.number(),
  /** Images whose caption would change, and those that stay as they are because the edit does nothing to them. */
  changed: z.number(),
  unchanged: z.number(),
  /** Images that are left out because they have no caption yet; alt-texts are never edited. */
  withoutCaption: z.number(),
  /** Images that are left out because somebody has an open draft of them. */
  drafts: z.number(),
  samples: z.array(z.object({ imageId, name: z.string(), before: z.string(), after: z.string() })),
})
export type TextEditPreview = z.infer<typeof preview>

const applied = z.object({
  /** Null where nothing changed, or where a job does the work. */
  batchId: z.number().nullable(),
  /** The job that edits a large selection; its result has the counts. */
  jobId: jobId.nullable(),
  changed: z.number(),
  drafts: z.number(),
})
export type TextEditResult = z.infer<typeof applied>

/** Edits of many captions at once: one revision an image, taken back as one by undo. */
export const textEdits = {
  /** Throws INPUT_INVALID for a pattern that is none, or that takes too long. */
  preview: procedure
    .input(z.object({ selection, edit: textEdit, limit: z.int().min(1).max(100) }))
    .output(preview),
  apply: procedure.input(z.object({ selection, edit: textEdit })).output(applied),
}
