import { z } from 'zod'
import { jobId, procedure, queryText } from './base.ts'

const formatInfo = z.object({
  id: z.string(),
  label: z.string(),
  description: z.string(),
  /** Whether the format writes picture files beside the texts. */
  hasImages: z.boolean(),
})
export type ExportFormat = z.infer<typeof formatInfo>

const options = z.object({
  /** Which text a row carries: the caption, or the caption with the first alt-text where there is none. */
  text: z.enum(['caption', 'caption-or-alt']).default('caption-or-alt'),
  /**
   * How picture files get to the target. A hard link costs no space, but who edits the exported file in place then
   * edits the source too; so copies (which share blocks where the file system can) are the default.
   */
  images: z.enum(['copy', 'link-or-copy', 'none']).default('copy'),
  /** CSV only: guard cells that a spreadsheet would run as a formula. Changes text, so off by default. */
  spreadsheetSafe: z.boolean().default(false),
})
export type ExportOptions = z.infer<typeof options>

const preview = z.object({
  count: z.number(),
  files: z.array(z.object({ name: z.string(), content: z.string() })),
  warnings: z.array(z.string()),
})
export type ExportPreview = z.infer<typeof preview>

const request = z.object({
  format: z.string(),
  where: queryText.default(''),
  options: options.prefault({}),
})

export const exports = {
  formats: procedure.output(z.array(formatInfo)),
  /** The first rows as they would be written, and what would be left out. */
  preview: procedure.input(request).output(preview),
  start: procedure.input(request.extend({ out: z.string().min(1) })).output(z.object({ jobId })),
}
