import { z } from 'zod'
import { COLUMN_ROLES } from '../domain/column-roles.ts'
import { jobId, procedure } from './base.ts'

const formatInfo = z.object({ id: z.string(), label: z.string(), description: z.string() })
export type ImportFormat = z.infer<typeof formatInfo>

export const columnMap = z.record(z.string(), z.enum(COLUMN_ROLES))

const preview = z.object({
  format: z.string(),
  formatLabel: z.string(),
  /** Column names in file order; empty for formats without columns. */
  columns: z.array(z.string()),
  map: columnMap,
  /** The first rows as text, one cell per column. */
  rows: z.array(z.array(z.string())),
  /** The same rows as they would be imported. */
  records: z.array(
    z.object({
      image: z.string(),
      isImageFound: z.boolean(),
      altTexts: z.array(z.object({ origin: z.string(), text: z.string() })),
      caption: z.string().nullable(),
      proposals: z.array(z.string()),
    }),
  ),
  encoding: z.string(),
  warnings: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof preview>

const request = z.object({
  path: z.string().min(1),
  format: z.string().optional(),
  map: columnMap.optional(),
})

export const imports = {
  formats: procedure.output(z.array(formatInfo)),
  preview: procedure.input(request).output(preview),
  start: procedure.input(request).output(z.object({ jobId })),
}
