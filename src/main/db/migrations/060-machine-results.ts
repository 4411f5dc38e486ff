import type { Migration } from './migration.ts'

/**
 * What models found in pictures. Derived: keyed by the picture's content and the pack's revision, so never stale, and
 * safe to delete. Of several packs the result made last counts for queries. `text` holds the lines of a reading in
 * order, so that words are found across lines.
 */
const RESULTS = `
CREATE TABLE machine_result (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  image_hash TEXT NOT NULL,
  task TEXT NOT NULL CHECK (task IN ('detect', 'ocr')),
  pack_id TEXT NOT NULL,
  pack_revision TEXT NOT NULL,
  text TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX machine_result_by_key ON machine_result (image_hash, task, pack_id, pack_revision);
CREATE INDEX machine_result_by_age ON machine_result (image_hash, task, id);

CREATE TABLE box (
  result_id INTEGER NOT NULL REFERENCES machine_result (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  score REAL NOT NULL,
  x REAL NOT NULL,
  y REAL NOT NULL,
  width REAL NOT NULL,
  height REAL NOT NULL,
  PRIMARY KEY (result_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX box_by_label ON box (label COLLATE NOCASE, result_id);

CREATE TABLE ocr_line (
  result_id INTEGER NOT NULL REFERENCES machine_result (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  score REAL NOT NULL,
  -- Four corners as JSON, from where the text starts at the top: [[x, y], ...] in shares of the picture.
  quad TEXT NOT NULL,
  PRIMARY KEY (result_id, position)
) STRICT, WITHOUT ROWID;
`

/** The index knows of readings only, so its content is a view: else its own check would miss the other results. */
const TEXT_INDEX = `
CREATE VIEW ocr_text AS SELECT id, text FROM machine_result WHERE task = 'ocr';
CREATE VIRTUAL TABLE ocr_index USING fts5 (
  text, content = 'ocr_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER ocr_indexed AFTER INSERT ON machine_result WHEN new.task = 'ocr'
BEGIN INSERT INTO ocr_index (rowid, text) VALUES (new.id, new.text); END;
CREATE TRIGGER ocr_unindexed AFTER DELETE ON machine_result WHEN old.task = 'ocr'
BEGIN INSERT INTO ocr_index (ocr_index, rowid, text) VALUES ('delete', old.id, old.text); END;
CREATE TRIGGER machine_result_is_immutable BEFORE UPDATE ON machine_result
BEGIN SELECT RAISE(ABORT, 'results are replaced, not changed'); END;
`

export const machineResults: Migration = {
  version: 60,
  name: 'machine results',
  up(db) {
    db.exec(RESULTS)
    db.exec(TEXT_INDEX)
  },
}
