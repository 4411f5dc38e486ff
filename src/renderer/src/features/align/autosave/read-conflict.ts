import { z } from 'zod'
import type { RevisionId } from '../../../../../shared/domain/ids.ts'
import type { Conflict } from './autosave-controller.ts'

const conflictError = z.object({
  code: z.literal('REVISION_CONFLICT'),
  data: z.object({
    headRevisionId: z.custom<RevisionId>(Number.isInteger).nullable(),
    headText: z.string(),
    authorName: z.string().default(''),
  }),
})

/** Reads somebody else's revision out of a `REVISION_CONFLICT`; null for any other error. */
export function readConflict(error: unknown): Conflict | null {
  const parsed = conflictError.safeParse(error)
  return parsed.success ? parsed.data.data : null
}
