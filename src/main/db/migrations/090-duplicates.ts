import type { Migration } from './migration.ts'

/**
 * Groups of images that look alike, as one look for them left them. Derived and safe to delete. A look that is under way
 * has no end yet; the last one that has counts.
 */
const DUPLICATES = `
CREATE TABLE duplicate_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash_distance INTEGER NOT NULL,
  -- Null where vectors were not compared, as are the pack's two names then.
  cosine REAL,
  pack_id TEXT,
  pack_revision TEXT,
  image_count INTEGER NOT NULL,
  vector_count INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE TABLE duplicate_member (
  run_id INTEGER NOT NULL REFERENCES duplicate_run (id) ON DELETE CASCADE,
  group_number INTEGER NOT NULL,
  image_id INTEGER NOT NULL REFERENCES image (id),
  -- How near the image is to the one of the group that brought it in; null where that was not asked or not found.
  hash_distance INTEGER,
  cosine REAL,
  sharpness REAL,
  PRIMARY KEY (run_id, group_number, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_member_by_image ON duplicate_member (image_id, run_id);
`

export const duplicates: Migration = {
  version: 90,
  name: 'duplicates',
  up(db) {
    db.exec(DUPLICATES)
  },
}
