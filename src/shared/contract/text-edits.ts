import { z } from 'zod'
import { imageId, procedure } from './base.ts'
import { selection } from './library.ts'

const LETTER_CASES = ['sentence', 'lower', 'upper'] as const

const textEdit = z.discriminatedUnion('kind', [
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
export type TextEdit = z.infer<typeof textEdit>

const preview = z.object({
  /** Images whose caption would change, and those that stay as they are. */
  changed: z.number(),
  unchanged: z.number(),
  /** Images that are left out because somebody has an open draft of them. */
  drafts: z.number(),
  samples: z.array(z.object({ imageId, name: z.string(), before: z.string(), after: z.string() })),
})
export type TextEditPreview = z.infer<typeof preview>

/** Edits of many captions at once: one revision an image, taken back as one by undo. */
export const textEdits = {
  preview: procedure
    .input(z.object({ selection, edit: textEdit, limit: z.int().min(1).max(100) }))
    .output(preview),
  apply: procedure
    .input(z.object({ selection, edit: textEdit }))
    .output(z.object({ batchId: z.number(), changed: z.number(), drafts: z.number() })),
}
