import type { Database } from 'better-sqlite3'
import type { QueryAst } from '../../../shared/domain/query/ast.ts'
import type { Sort, SortKey } from '../../../shared/domain/sort.ts'
import { prepare } from '../statements.ts'
import type { Condition } from './condition.ts'
import type { Asked } from './query-asked.ts'

/** Which images a listing holds, and in which order. */
export interface ListingKey {
  readonly ast: QueryAst
  readonly asked: Asked
  /** The query in SQL; also what tells two listings apart. */
  readonly condition: Condition
  /** When measures of pictures changed last, where the query is about them. */
  readonly measures: number
  readonly sort: Sort
}

const COLUMNS: Readonly<Record<SortKey, string>> = {
  added: 'image_id',
  updated: 'updated_seq',
  name: 'name',
  pixels: 'pixels',
  status: 'status',
  length: 'text_length',
  risk: 'risk',
}

function orderTerms(sort: Sort): string {
  const direction = sort.descending ? 'DESC' : 'ASC'
  const column = COLUMNS[sort.key]
  const order = column === 'image_id' ? [column] : [column, 'image_id']
  return order.map((term) => `s.${term} ${direction}`).join(', ')
}

/** Selects all images as `n` in an order; ties are broken by id in the same direction, as the indexes are. */
export function allImagesSql(sort: Sort): string {
  return `SELECT s.image_id AS n FROM image_state s ORDER BY ${orderTerms(sort)}`
}

/** Selects the images of a JSON list (a parameter) as `n` in an order. */
export function sortImagesSql(sort: Sort): string {
  return `SELECT s.image_id AS n FROM json_each(?) j CROSS JOIN image_state s ON s.image_id = j.value ORDER BY ${orderTerms(sort)}`
}

/** Where an image stands or would stand in a listing: the number of images that sort before it. */
export function insertionPoint(
  db: Database,
  args: { readonly ids: Uint32Array; readonly sort: Sort; readonly imageId: number },
): number {
  const column = COLUMNS[args.sort.key]
  const comparison = args.sort.descending ? '>' : '<'
  const isBefore = prepare(
    db,
    `SELECT (a.${column}, a.image_id) ${comparison} (b.${column}, b.image_id)
     FROM image_state a, image_state b WHERE a.image_id = ? AND b.image_id = ?`,
  ).pluck()
  let low = 0
  let high = args.ids.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore.get(args.ids[middle], args.imageId) === 1) low = middle + 1
    else high = middle
  }
  return low
}
