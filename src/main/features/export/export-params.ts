import { z } from 'zod'
import { exportOptions } from '../../../shared/contract/exports.ts'
import { subset } from '../../../shared/contract/subset.ts'

/** What an export job is stored with. */
export const exportParams = z.object({
  format: z.string(),
  where: z.string(),
  out: z.string(),
  // Jobs that were stored before there were subsets and recipes have none.
  subset: subset.prefault({}),
  options: exportOptions,
  recipe: z
    .object({ versionId: z.number(), name: z.string(), version: z.number() })
    .nullable()
    .default(null),
})
export type ExportParams = z.infer<typeof exportParams>
