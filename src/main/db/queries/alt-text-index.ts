import type { Database } from 'better-sqlite3'
import { prepare } from '../statements.ts'

/**
 * Runs work that adds alt-texts, and indexes them for the search in one statement at its end. By its trigger each
 * would be indexed alone, which takes about four times as long, because FTS5 writes out its memory before each
 * statement that may be rolled back. Call it inside a transaction.
 */
export function indexAltTextsTogether<Value>(db: Database, work: () => Value): Value {
  const last = prepare(db, 'SELECT coalesce(max(id), 0) FROM alt_text').pluck().get() as number
  prepare(db, "INSERT INTO counter (name, value) VALUES ('alt-texts-indexed', ?)").run(last)
  const value = work()
  prepare(
    db,
    'INSERT INTO alt_text_index (rowid, text) SELECT id, text FROM alt_text WHERE id > ?',
  ).run(last)
  prepare(db, "DELETE FROM counter WHERE name = 'alt-texts-indexed'").run()
  return value
}
