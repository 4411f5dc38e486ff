import type { Database, Statement } from 'better-sqlite3'

const MAX_STATEMENTS = 500
const caches = new WeakMap<Database, Map<string, Statement>>()

/** Prepares once per connection. The cache is bounded because queries of the query language make SQL without limit. */
export function prepare(db: Database, sql: string): Statement {
  let cache = caches.get(db)
  if (cache === undefined) {
    cache = new Map()
    caches.set(db, cache)
  }
  let statement = cache.get(sql)
  if (statement === undefined) {
    statement = db.prepare(sql)
    if (cache.size >= MAX_STATEMENTS) {
      const oldest = cache.keys().next().value
      if (oldest !== undefined) cache.delete(oldest)
    }
    cache.set(sql, statement)
  }
  return statement
}
