import type { Database } from 'better-sqlite3'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import type { SqlValue } from './condition.ts'

/** Holds for the images of a list, which is the statement's first parameter. */
export const IN_LIST = 'IN (SELECT value FROM json_each(?))'

/**
 * The rows of many images, by image and in the statement's order: one statement for a page of images costs a tenth of
 * one for each.
 */
export function rowsByImage<Row extends { readonly image_id: ImageId }>(
  db: Database,
  args: {
    /** Selects `image_id` and has `IN_LIST` as its first parameter. */
    readonly sql: string
    readonly imageIds: readonly ImageId[]
    readonly params?: readonly SqlValue[]
  },
): ReadonlyMap<ImageId, readonly Row[]> {
  const rows = prepare(db, args.sql).all(
    `[${args.imageIds.join()}]`,
    ...(args.params ?? []),
  ) as Row[]
  const groups = new Map<ImageId, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.image_id)
    if (group === undefined) groups.set(row.image_id, [row])
    else group.push(row)
  }
  return groups
}
