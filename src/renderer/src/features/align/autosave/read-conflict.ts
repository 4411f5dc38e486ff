import type { RevisionId } from '../../../../../shared/domain/ids.ts'
import type { Conflict } from './autosave-controller.ts'

/** Reads somebody else's revision out of a `REVISION_CONFLICT`; null for any other error. */
export function readConflict(error: unknown): Conflict | null {
  const data = isRecord(error) && error['code'] === 'REVISION_CONFLICT' ? error['data'] : null
  if (!isRecord(data) || typeof data['headText'] !== 'string') return null
  const { headRevisionId, headText, authorName } = data
  if (headRevisionId !== null && !isRevisionId(headRevisionId)) return null
  return { headRevisionId, headText, authorName: typeof authorName === 'string' ? authorName : '' }
}

function isRevisionId(value: unknown): value is RevisionId {
  return Number.isInteger(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
