import type { Migration } from './migration.ts'

/**
 * What the check of an image's present text came to, one narrow row an image, for lists and queries. Derived: it holds
 * for the head revision, or without one for the alt-texts, that it names, and for one encoder and calibration.
 */
export const checks: Migration = {
  version: 110,
  name: 'checks',
  up(db) {
    db.exec(`
CREATE TABLE check_summary (
  image_id INTEGER PRIMARY KEY REFERENCES image (id),
  image_hash TEXT NOT NULL,
  head_revision_id INTEGER,
  alt_count INTEGER NOT NULL,
  text_hash TEXT NOT NULL,
  pack_revision TEXT NOT NULL,
  calibration_id TEXT NOT NULL,
  algorithm_version INTEGER NOT NULL,
  supported INTEGER NOT NULL,
  unsure INTEGER NOT NULL,
  unsupported INTEGER NOT NULL,
  -- Units with a verdict that is not unsure, as a share of all; null without units.
  coverage REAL,
  -- Mean fit of the sentences to the picture; null without any.
  score REAL,
  checked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX check_summary_by_unsupported ON check_summary (unsupported, image_id);
CREATE INDEX check_summary_by_coverage ON check_summary (coverage, image_id);
CREATE INDEX check_summary_by_score ON check_summary (score, image_id);

-- What each signal said of the unit, as JSON, beside the verdict that followed from it.
ALTER TABLE verdict ADD COLUMN signals TEXT NOT NULL DEFAULT '{}';`)
  },
}
