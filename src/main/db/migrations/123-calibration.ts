import type { Migration } from './migration.ts'

/**
 * Tables that were measured on the project's own captions and answers, the newest of a pack's revision being the one
 * that counts; derived, and safe to delete. `risk` puts the images first that most deserve a look: it is what the last
 * check of the text that stands came to, and -1 where there is none.
 */
export const calibration: Migration = {
  version: 123,
  name: 'calibration',
  up(db) {
    db.exec(`
CREATE TABLE calibration (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pack_revision TEXT NOT NULL,
  algorithm_version INTEGER NOT NULL,
  -- As JSON: the tables of the kinds, and what became of each.
  contents TEXT NOT NULL,
  -- 0 where somebody went back to the table that came with Realign or the pack.
  is_used INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX calibration_by_pack ON calibration (pack_revision, algorithm_version, id);

ALTER TABLE image_state ADD COLUMN risk REAL NOT NULL DEFAULT -1;
UPDATE image_state SET risk = ifnull((
  SELECT c.unsupported + 0.5 * (1 - ifnull(c.coverage, 1)) FROM check_summary c JOIN image i ON i.id = c.image_id
  WHERE c.image_id = image_state.image_id AND c.image_hash = i.content_hash
    AND c.head_revision_id IS image_state.head_revision_id
    AND (c.head_revision_id IS NOT NULL OR c.alt_count = image_state.alt_count)
), -1) WHERE image_id IN (SELECT image_id FROM check_summary);
CREATE INDEX image_state_by_risk ON image_state (risk, image_id);

-- What was said of a text says nothing of the next one.
CREATE TRIGGER risk_forgotten AFTER UPDATE OF head_revision_id, alt_count ON image_state
WHEN new.risk >= 0 AND (new.head_revision_id IS NOT old.head_revision_id
  OR (new.head_revision_id IS NULL AND new.alt_count <> old.alt_count))
BEGIN UPDATE image_state SET risk = -1 WHERE image_id = new.image_id; END;
CREATE TRIGGER risk_forgotten_with_picture AFTER UPDATE OF content_hash ON image
WHEN new.content_hash IS NOT old.content_hash
BEGIN UPDATE image_state SET risk = -1 WHERE image_id = new.id AND risk >= 0; END;`)
  },
}
