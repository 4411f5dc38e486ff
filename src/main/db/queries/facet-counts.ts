import type { Database } from 'better-sqlite3'
import type { LibraryFacets } from '../../../shared/contract/library.ts'
import { withoutField } from '../../../shared/domain/query/terms.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { getImages, type AskedQuery } from './listing.ts'
import {
  countStateCodes,
  findStateColumn,
  getStateColumn,
  problemOf,
  STATE_CODES,
  stateOf,
  statusOf,
} from './state-column.ts'

const MAX_TAGS = 30
/** Tags of a larger listing are counted over its first images only, so that a facet never costs a full pass. */
const MAX_TAGGED_IMAGES = 20_000

interface StateCounts {
  readonly total: number
  readonly byStatus: Readonly<Record<string, number>>
  readonly missing: number
  readonly broken: number
}

/**
 * Counts beside the library. A facet leaves out the query's own terms of its field, so that it shows what choosing
 * another value would give.
 */
export function countFacets(db: Database, query: AskedQuery): LibraryFacets {
  const { ast } = query
  const all = countStates(db, query)
  const otherStates = withoutField(ast, 'status')
  const otherProblems = withoutField(ast, 'is')
  const problems = otherProblems === ast ? all : countStates(db, { ...query, ast: otherProblems })
  return {
    total: all.total,
    byStatus: (otherStates === ast ? all : countStates(db, { ...query, ast: otherStates }))
      .byStatus,
    missing: problems.missing,
    broken: problems.broken,
    ...countTags(db, { ...query, ast: withoutField(ast, 'tag') }),
  }
}

function countStates(db: Database, query: AskedQuery): StateCounts {
  return query.ast === null ? countAll(db) : countListed(db, getImages(db, query))
}

function countListed(db: Database, ids: Uint32Array): StateCounts {
  const { codes } = getStateColumn(db)
  const byCode = new Uint32Array(STATE_CODES)
  for (const id of ids) {
    const code = stateOf(codes[id] ?? 0)
    byCode[code] = (byCode[code] ?? 0) + 1
  }
  return sumCodes(byCode)
}

function sumCodes(byCode: Uint32Array): StateCounts {
  const sum = (wanted: (code: number) => boolean): number =>
    byCode.reduce((total, count, code) => total + (wanted(code) ? count : 0), 0)
  return {
    total: sum(() => true),
    byStatus: nameStatuses((status) => sum((code) => statusOf(code) === status)),
    missing: sum((code) => problemOf(code) === 1),
    broken: sum((code) => problemOf(code) === 2),
  }
}

function nameStatuses(countOf: (status: number) => number): Readonly<Record<string, number>> {
  return Object.fromEntries(STATUSES.map((name, status) => [name, countOf(status)]))
}

/**
 * The whole project needs no listing: one pass over the states where they are at hand, else over an index each, of
 * which that of problems holds only the few.
 */
function countAll(db: Database): StateCounts {
  const states = findStateColumn(db)
  if (states !== null) return sumCodes(countStateCodes(states))
  const statuses = countGroups(
    db,
    'SELECT status AS key, count(*) AS count FROM image_state GROUP BY status',
  )
  const problems = countGroups(
    db,
    'SELECT problem AS key, count(*) AS count FROM image_state WHERE problem > 0 GROUP BY problem',
  )
  return {
    total: [...statuses.values()].reduce((total, count) => total + count, 0),
    byStatus: nameStatuses((status) => statuses.get(status) ?? 0),
    missing: problems.get(1) ?? 0,
    broken: problems.get(2) ?? 0,
  }
}

function countGroups(db: Database, sql: string): ReadonlyMap<number, number> {
  const rows = prepare(db, sql).all() as { key: number; count: number }[]
  return new Map(rows.map((row) => [row.key, row.count]))
}

function countTags(db: Database, query: AskedQuery): Pick<LibraryFacets, 'tags' | 'tagSample'> {
  if (query.ast === null) {
    const tags = prepare(
      db,
      'SELECT name, image_count AS count FROM tag WHERE image_count > 0 ORDER BY image_count DESC, name LIMIT ?',
    ).all(MAX_TAGS) as LibraryFacets['tags']
    return { tags, tagSample: null }
  }
  const ids = getImages(db, query)
  const sample = ids.subarray(0, MAX_TAGGED_IMAGES)
  const tags = prepare(
    db,
    `SELECT t.name, counted.count FROM (
       SELECT it.tag_id, count(*) AS count FROM json_each(?) j CROSS JOIN image_tag it ON it.image_id = j.value
       GROUP BY it.tag_id
     ) counted JOIN tag t ON t.id = counted.tag_id ORDER BY counted.count DESC, t.name LIMIT ?`,
  ).all(`[${sample.join()}]`, MAX_TAGS) as LibraryFacets['tags']
  return { tags, tagSample: sample.length < ids.length ? sample.length : null }
}
