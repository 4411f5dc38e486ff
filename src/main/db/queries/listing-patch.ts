import type { Database } from 'better-sqlite3'
import { prepare } from '../statements.ts'
import { insertionPoint, type ListingKey } from './listing-order.ts'

/** More changes than this are cheaper by making the listing anew. */
const MAX_CHANGES = 64

/** What changed after a step of the project's change counter, or null when that cannot be known for sure. */
export function changedSince(
  db: Database,
  args: { readonly since: number; readonly change: number; readonly newestId: number },
): readonly number[] | null {
  const steps = args.change - args.since
  if (steps < 0 || steps > MAX_CHANGES) return null
  const rows = prepare(
    db,
    'SELECT image_id, updated_seq FROM image_state WHERE updated_seq > ? ORDER BY updated_seq LIMIT ?',
  ).all(args.since, MAX_CHANGES + 1) as { image_id: number; updated_seq: number }[]
  // Each step must have left its number on one known image: imports share a number among many, and an image
  // that changed twice hides a step.
  const isExplained =
    rows.length === steps && new Set(rows.map((row) => row.updated_seq)).size === steps
  if (!isExplained || rows.some((row) => row.image_id > args.newestId)) return null
  return rows.map((row) => row.image_id)
}

/**
 * A listing with the changed images taken out and put where they now belong, so that submitting one text does not
 * cost the sorting of a million.
 */
export function moveImages(
  db: Database,
  key: ListingKey,
  args: { readonly ids: Uint32Array; readonly changed: readonly number[] },
): Uint32Array {
  const matching = prepare(
    db,
    `SELECT s.image_id FROM json_each(?) j CROSS JOIN image_state s ON s.image_id = j.value WHERE ${key.condition.sql}`,
  )
    .pluck()
    .all(JSON.stringify(args.changed), ...key.condition.params) as number[]
  const moved = new Uint32Array(args.ids.length + matching.length)
  moved.set(args.ids)
  let length = args.ids.length
  for (const id of args.changed) {
    const at = moved.subarray(0, length).indexOf(id)
    if (at < 0) continue
    moved.copyWithin(at, at + 1, length)
    length -= 1
  }
  for (const id of matching) {
    const ids = moved.subarray(0, length)
    const at = insertionPoint(db, { ids, sort: key.sort, imageId: id })
    moved.copyWithin(at + 1, at, length)
    moved[at] = id
    length += 1
  }
  return moved.slice(0, length)
}
