import type { Database } from 'better-sqlite3'
import type { LibraryFacets } from '../../../shared/contract/library.ts'
import type { QueryAst } from '../../../shared/domain/query/ast.ts'
import { withoutField } from '../../../shared/domain/query/terms.ts'
import { DEFAULT_SORT } from '../../../shared/domain/sort.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { getListing, listingKey } from './listing.ts'

const MAX_TAGS = 30
/** Tags of a larger listing are counted over its first images only, so that a facet never costs a full pass. */
const MAX_TAGGED_IMAGES = 50_000

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
export function countFacets(db: Database, ast: QueryAst): LibraryFacets {
  const all = countStates(db, ast)
  const otherStates = withoutField(ast, ['status'])
  const otherProblems = withoutField(ast, ['is'])
  const problems = otherProblems === ast ? all : countStates(db, otherProblems)
  return {
    total: all.total,
    byStatus: (otherStates === ast ? all : countStates(db, otherStates)).byStatus,
    missing: problems.missing,
    broken: problems.broken,
    ...countTags(db, withoutField(ast, ['tag'])),
  }
}

function countStates(db: Database, ast: QueryAst): StateCounts {
  const rows = ast === null ? countAllStates(db) : countMatchingStates(db, ast)
  const sum = (wanted: (row: StateCount) => boolean): number =>
    rows.filter(wanted).reduce((total, row) => total + row.count, 0)
  return {
    total: sum(() => true),
    byStatus: Object.fromEntries(
      STATUSES.map((status, index) => [status, sum((row) => row.status === index)]),
    ),
    missing: sum((row) => row.problem === 1),
    broken: sum((row) => row.problem === 2),
  }
}

interface StateCount {
  readonly status: number
  readonly problem: number
  readonly count: number
}

function countMatchingStates(db: Database, ast: QueryAst): readonly StateCount[] {
  const { condition } = listingKey(db, ast, DEFAULT_SORT)
  return prepare(
    db,
    `SELECT s.status, s.problem, count(*) AS count FROM image_state s WHERE ${condition.sql} GROUP BY s.status, s.problem`,
  ).all(...condition.params) as StateCount[]
}

/** Reads two indexes and no row: all images by status, less the few with a problem, and those apart. */
function countAllStates(db: Database): readonly StateCount[] {
  const all = prepare(
    db,
    'SELECT status, count(*) AS count FROM image_state GROUP BY status',
  ).all() as {
    status: number
    count: number
  }[]
  const withProblem = prepare(
    db,
    'SELECT status, problem, count(*) AS count FROM image_state WHERE problem > 0 GROUP BY status, problem',
  ).all() as StateCount[]
  const fine = all.map(({ status, count }) => ({
    status,
    problem: 0,
    count: withProblem.reduce((rest, row) => rest - (row.status === status ? row.count : 0), count),
  }))
  return [...fine, ...withProblem]
}

function countTags(db: Database, ast: QueryAst): Pick<LibraryFacets, 'tags' | 'tagSample'> {
  if (ast === null) {
    const tags = prepare(
      db,
      'SELECT name, image_count AS count FROM tag WHERE image_count > 0 ORDER BY image_count DESC, name LIMIT ?',
    ).all(MAX_TAGS) as LibraryFacets['tags']
    return { tags, tagSample: null }
  }
  const { ids } = getListing(db, listingKey(db, ast, DEFAULT_SORT))
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
