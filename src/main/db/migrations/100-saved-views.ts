import type { Migration } from './migration.ts'

/** Queries with names. `version` grows by one at each change, so that nobody overwrites what they have not seen. */
export const savedViews: Migration = {
  version: 100,
  name: 'saved views',
  up(db) {
    db.exec(`
CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  query TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  is_descending INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  author_name TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;`)
  },
}
