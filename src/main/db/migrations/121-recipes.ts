import type { Migration } from './migration.ts'

/**
 * Saved exports. A version is never changed; a recipe that was removed keeps its versions, because runs point at
 * them. `content` is JSON of what the contract calls a recipe's content.
 */
export const recipes: Migration = {
  version: 121,
  name: 'recipes',
  up(db) {
    db.exec(`
CREATE TABLE recipe (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX recipe_by_name ON recipe (name) WHERE removed_at IS NULL;

CREATE TABLE recipe_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  recipe_id INTEGER NOT NULL REFERENCES recipe (id),
  number INTEGER NOT NULL,
  content TEXT NOT NULL,
  author_name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (recipe_id, number)
) STRICT;
CREATE TRIGGER recipe_version_is_append_only BEFORE UPDATE ON recipe_version
BEGIN SELECT RAISE(ABORT, 'versions of recipes are append-only'); END;
CREATE TRIGGER recipe_version_is_kept BEFORE DELETE ON recipe_version
BEGIN SELECT RAISE(ABORT, 'versions of recipes are never deleted'); END;

CREATE TABLE export_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Null for an export that no recipe was saved for.
  recipe_version_id INTEGER REFERENCES recipe_version (id),
  job_id INTEGER NOT NULL,
  folder TEXT NOT NULL,
  content TEXT NOT NULL,
  app_version TEXT NOT NULL,
  -- Counts of the steps and splits as JSON.
  counts TEXT NOT NULL,
  done INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  -- SHA-256 over the names and hashes of all files.
  sha256 TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL
) STRICT;
CREATE INDEX export_run_by_recipe ON export_run (recipe_version_id, id);
CREATE TRIGGER export_run_is_append_only BEFORE UPDATE ON export_run
BEGIN SELECT RAISE(ABORT, 'runs of exports are append-only'); END;
CREATE TRIGGER export_run_is_kept BEFORE DELETE ON export_run
BEGIN SELECT RAISE(ABORT, 'runs of exports are never deleted'); END;`)
  },
}
