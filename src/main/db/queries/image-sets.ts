import type { Database } from 'better-sqlite3'
import type { FieldNode, GroupNode, QueryNode } from '../../../shared/domain/query/ast.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import { getAltImages, hasAltImages } from './alt-images.ts'
import { selectNumbers } from './number-list.ts'
import type { Asked } from './query-asked.ts'
import { toCondition } from './query-sql.ts'
import { findStateColumn, statusOf } from './state-column.ts'
import { hasPart, looksInto, searchOfNode, type TextSearch } from './text-search.ts'

/** A byte for each image id: 1 for the images of the set. */
type ImageSet = Uint8Array

interface Scope {
  readonly db: Database
  readonly asked: Asked
  /** All images, ascending; read only where something is excluded. */
  readonly all: () => Uint32Array
  readonly size: number
}

/** Above this many matching texts it pays to read the images of all texts into memory, once. */
const MAX_LOOKUPS = 100_000

/**
 * The ids of all images of a query, ascending. Text searches run alone over the whole index and meet the other
 * conditions as sets, which is far faster than to look for each image whether its texts match.
 */
export function findImages(
  node: QueryNode,
  args: Omit<Scope, 'size'> & { readonly newestId: number },
): Uint32Array {
  const set = evaluate(node, { ...args, size: args.newestId + 1 })
  let count = 0
  for (const member of set) count += member
  const ids = new Uint32Array(count)
  let index = 0
  for (let id = 0; id < set.length; id += 1) {
    if (set[id] !== 1) continue
    ids[index] = id
    index += 1
  }
  return ids
}

function evaluate(node: QueryNode, scope: Scope): ImageSet {
  if (!hasSearch(node) && !isAtHand(node)) return selectSet(scope, node)
  switch (node.kind) {
    case 'and':
    case 'or':
      return evaluateGroup(node, scope)
    case 'not':
      return complement(evaluate(node.node, scope), scope)
    case 'text':
    case 'field': {
      const search = searchOfNode(node)
      if (search !== null) return searchTexts(search, scope)
      const isStatus = node.kind === 'field' && node.field === 'status'
      return (isStatus ? findStatuses(node, scope) : null) ?? selectSet(scope, node)
    }
  }
}

function hasSearch(node: QueryNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.some(hasSearch)
    case 'not':
      return hasSearch(node.node)
    case 'text':
    case 'field':
      return searchOfNode(node) !== null
  }
}

/** Statuses stand in memory, and a tag names its images: no look at the rows of all the others. */
function isAtHand(node: QueryNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.some(isAtHand)
    case 'not':
      return isAtHand(node.node)
    case 'text':
      return false
    case 'field':
      return node.field === 'status' || node.field === 'tag'
  }
}

function findStatuses(node: FieldNode, scope: Scope): ImageSet | null {
  const states = findStateColumn(scope.db)
  if (states === null) return null
  const isWanted = new Uint8Array(STATUSES.length)
  for (const item of node.items) {
    const name = item.kind === 'value' ? item.value.text.toLowerCase() : null
    const status = STATUSES.findIndex((each) => each === name)
    if (status >= 0) isWanted[status] = 1
  }
  const set = new Uint8Array(scope.size)
  const { codes } = states
  for (let id = 0; id < codes.length; id += 1) {
    const code = codes[id] ?? 0
    if (code !== 0) set[id] = isWanted[statusOf(code)] ?? 0
  }
  return set
}

function evaluateGroup(node: GroupNode, scope: Scope): ImageSet {
  const { plain, searched } = splitGroup(node)
  const first = plain.length > 0 ? [selectSet(scope, { ...node, nodes: plain })] : []
  const sets = [...first, ...searched.map((child) => evaluate(child, scope))]
  const result = sets[0] ?? new Uint8Array(scope.size)
  for (const set of sets.slice(1)) {
    for (let id = 0; id < result.length; id += 1) {
      const here = result[id] ?? 0
      const there = set[id] ?? 0
      result[id] = node.kind === 'and' ? here & there : here | there
    }
  }
  return result
}

/**
 * Reading every text for a part of it is the slowest search: beside other conditions it is left to SQL, which then
 * reads only the texts of the images that those let through.
 */
function splitGroup(node: GroupNode): {
  readonly plain: readonly QueryNode[]
  readonly searched: readonly QueryNode[]
} {
  const isReading = (child: QueryNode): boolean => {
    const search = searchOfNode(child.kind === 'not' ? child.node : child)
    return search !== null && search.match === null
  }
  const hasReading = node.nodes.some(isReading)
  const isPlain = (child: QueryNode): boolean =>
    !hasSearch(child) && (hasReading || !isAtHand(child))
  const mayJoin = node.kind === 'and' && node.nodes.some(isPlain)
  const joins = (child: QueryNode): boolean => isPlain(child) || (mayJoin && isReading(child))
  return {
    plain: node.nodes.filter(joins),
    searched: node.nodes.filter((child) => !joins(child)),
  }
}

function selectSet(scope: Scope, node: QueryNode): ImageSet {
  const { sql, params, select } = toCondition(node, scope.asked)
  const set = new Uint8Array(scope.size)
  // In id order: the rows of other tables that conditions look at then come one after another.
  const all = `SELECT s.image_id AS n FROM image_state s WHERE ${sql} ORDER BY s.image_id`
  const found = select === undefined ? all : `WITH found (n) AS (${select}) SELECT n FROM found`
  add(set, selectNumbers(scope.db, found, params))
  return set
}

function add(set: ImageSet, ids: readonly number[]): void {
  for (const id of ids) set[id] = 1
}

function complement(set: ImageSet, scope: Scope): ImageSet {
  const rest = new Uint8Array(scope.size)
  for (const id of scope.all()) rest[id] = 1 - (set[id] ?? 0)
  return rest
}

function searchTexts(search: TextSearch, scope: Scope): ImageSet {
  const { db } = scope
  const set = new Uint8Array(scope.size)
  if (search.match !== null && looksInto(search, 'alt')) addAltMatches(db, set, search.match)
  if (search.match !== null && looksInto(search, 'caption')) {
    add(set, selectNumbers(db, matchSql('caption_index'), [search.match]))
  }
  if (search.parts.length === 0) return set
  const part = hasPart('text', search)
  for (const [place, table] of [
    ['alt', 'alt_text'],
    ['caption', 'caption'],
  ] as const) {
    if (!looksInto(search, place)) continue
    const sql = `SELECT image_id AS n FROM ${table} WHERE ${part.sql}`
    add(set, selectNumbers(db, sql, part.params))
  }
  return set
}

function addAltMatches(db: Database, set: ImageSet, match: string): void {
  const altIds = selectNumbers(db, matchSql('alt_text_index'), [match])
  if (!hasAltImages(db) && altIds.length <= MAX_LOOKUPS) {
    const sql = 'SELECT a.image_id AS n FROM json_each(?) j CROSS JOIN alt_text a ON a.id = j.value'
    add(set, selectNumbers(db, sql, [JSON.stringify(altIds)]))
    return
  }
  const images = getAltImages(db)
  for (const altId of altIds) set[images[altId] ?? 0] = 1
}

function matchSql(index: 'alt_text_index' | 'caption_index'): string {
  return `SELECT rowid AS n FROM ${index} WHERE ${index} MATCH ?`
}
