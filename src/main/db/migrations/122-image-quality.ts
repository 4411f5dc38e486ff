import type { Migration } from './migration.ts'

/**
 * What the pixels of a picture say, one narrow row an image: whole hundredths, and frames. Derived and safe to delete; a
 * picture that is replaced by another loses its row. No index: what ranks values keeps them in memory. The counter says
 * when measures changed, apart from the one that every listing goes by.
 *
 * Fates are counted where captions are measured. Words are counted by the full-text indexes themselves.
 */
export const imageQuality: Migration = {
  version: 122,
  name: 'image quality and insights',
  up(db) {
    db.exec(`
CREATE TABLE image_quality (
  image_id INTEGER PRIMARY KEY REFERENCES image (id),
  algorithm_version INTEGER NOT NULL,
  brightness INTEGER NOT NULL,
  contrast INTEGER NOT NULL,
  black INTEGER NOT NULL,
  white INTEGER NOT NULL,
  sharpness INTEGER NOT NULL,
  entropy INTEGER NOT NULL,
  colour INTEGER NOT NULL,
  plain INTEGER NOT NULL,
  frames INTEGER NOT NULL
) STRICT;
INSERT INTO counter VALUES ('quality', 0);
CREATE TRIGGER image_quality_outdated AFTER UPDATE OF content_hash ON image
WHEN old.content_hash IS NOT new.content_hash
BEGIN
  DELETE FROM image_quality WHERE image_id = old.id;
  UPDATE counter SET value = value + 1 WHERE name = 'quality';
END;

-- What became of the units of the alt-text in a caption that was measured; fate is the place in the list of fates.
CREATE TABLE revision_fate (
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  fate INTEGER NOT NULL,
  units INTEGER NOT NULL,
  PRIMARY KEY (revision_id, fate)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER revision_fate_outdated AFTER DELETE ON revision_metric
BEGIN DELETE FROM revision_fate WHERE revision_id = old.revision_id; END;

CREATE VIRTUAL TABLE caption_vocabulary USING fts5vocab ('caption_index', 'row');
CREATE VIRTUAL TABLE alt_text_vocabulary USING fts5vocab ('alt_text_index', 'row');`)
  },
}
