import type { LibraryRow } from '../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import type { SelectionState } from '../../grid/selection.ts'

/** More named images than this would make a query too long to read or to run. */
const MAX_NAMED = 200
/** Of a SHA-256: enough to tell any two images of a project apart. */
export const HASH_DIGITS = 16

/**
 * A query that matches exactly the selected images, or undefined where none can be written: too many,
 * not loaded, or without a content hash. A tag does it then.
 */
export function selectionQuery(
  query: string,
  state: SelectionState<ImageId>,
  loadedRows: Iterable<LibraryRow>,
): string | undefined {
  if (state.kind === 'all') return state.except.size === 0 ? query : undefined
  if (state.ids.size === 0) return query
  if (state.ids.size > MAX_NAMED) return undefined
  const hashes = new Map<ImageId, string>()
  for (const row of loadedRows) {
    if (state.ids.has(row.id) && row.hash !== '') {
      hashes.set(row.id, row.hash.slice(0, HASH_DIGITS))
    }
  }
  return hashes.size === state.ids.size ? `hash:${[...hashes.values()].join(',')}` : undefined
}
