import type { Database } from 'better-sqlite3'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import type { SqlValue } from './condition.ts'

/** Holds for the images of a list, which is the statement's first parameter. */
export const IN_LIST = 'IN (SELECT value FROM json_each(?))'
const IN_RANGE = 'BETWEEN ? AND ?'

/** Up to so many times the images, reading all between the first and the last costs less than looking each one up. */
const MAX_SPREAD = 2

interface Selection {
  /** Has `IN_LIST` where the images are its first parameter. */
  readonly sql: string
  readonly imageIds: readonly ImageId[] | Uint32Array
  readonly params?: readonly SqlValue[]
}

/**
 * The rows of many images, by image and in the order of the statement, which selects `image_id`: one statement for a page
 * of images costs a tenth of one for each. Images that lie between them may be there too.
 */
export function rowsByImage<Row extends { readonly image_id: ImageId }>(
  db: Database,
  args: Selection,
): ReadonlyMap<ImageId, readonly Row[]> {
  const rows = selectAround(db, args) as Row[]
  const groups = new Map<ImageId, Row[]>()
  let group: Row[] = []
  let groupId: ImageId | null = null
  for (const row of rows) {
    const id = row.image_id
    if (id !== groupId) {
      groupId = id
      const known = groups.get(id)
      group = known ?? []
      if (known === undefined) groups.set(id, group)
    }
    group.push(row)
  }
  return groups
}

/** The rows of many images, and maybe some of images that lie between them. */
export function selectAround(db: Database, { sql, imageIds, params = [] }: Selection): unknown[] {
  if (imageIds.length === 0) return []
  const [first, last] = extentOf(imageIds)
  if (last - first < MAX_SPREAD * imageIds.length) {
    return prepare(db, sql.replace(IN_LIST, IN_RANGE)).all(first, last, ...params)
  }
  return prepare(db, sql).all(`[${imageIds.join()}]`, ...params)
}

function extentOf(ids: readonly ImageId[] | Uint32Array): readonly [number, number] {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const id of ids) {
    if (id < first) first = id
    if (id > last) last = id
  }
  return [first, last]
}
