import type { Migration } from './migration.ts'

/**
 * Texts are stored as they are. SQLite's TEXT is UTF-8, which has no place for lone surrogates, so each text column
 * has a `*_utf16` beside it that holds the exact UTF-16LE bytes in the rare case that the text is not well formed.
 */
const TABLES = `
CREATE TABLE project (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  is_sample INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

-- A clock that goes backwards must reorder nothing: changes are ordered by this counter, times are for people.
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('change', 0);

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  format TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  -- The folder that the paths of its locations are relative to.
  root TEXT NOT NULL,
  map TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  imported_at INTEGER
) STRICT;

CREATE TABLE image (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  content_hash TEXT,
  format TEXT,
  width INTEGER,
  height INTEGER,
  orientation INTEGER,
  is_animated INTEGER NOT NULL DEFAULT 0,
  size_bytes INTEGER,
  perceptual_hash TEXT,
  problem_code TEXT,
  problem_message TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX image_by_content_hash ON image (content_hash) WHERE content_hash IS NOT NULL;

CREATE TABLE image_location (
  id INTEGER PRIMARY KEY,
  image_id INTEGER NOT NULL REFERENCES image (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  locator TEXT NOT NULL,
  path TEXT,
  url TEXT,
  size_bytes INTEGER,
  mtime_ms INTEGER,
  -- The job that saw it last: what an import did not see again may be gone.
  seen_job_id INTEGER,
  -- Where the image lay in the project that an exchange file came from, as a JSON list.
  origin_locators TEXT
) STRICT;
CREATE UNIQUE INDEX image_location_by_locator ON image_location (source_id, locator);
CREATE INDEX image_location_by_image ON image_location (image_id);

CREATE TABLE alt_text (
  id INTEGER PRIMARY KEY,
  image_id INTEGER NOT NULL REFERENCES image (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  origin TEXT NOT NULL,
  text TEXT NOT NULL,
  text_utf16 BLOB,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX alt_text_by_image ON alt_text (image_id);
CREATE TRIGGER alt_text_is_immutable BEFORE UPDATE ON alt_text
BEGIN SELECT RAISE(ABORT, 'alt-texts are immutable'); END;
CREATE TRIGGER alt_text_is_kept BEFORE DELETE ON alt_text
BEGIN SELECT RAISE(ABORT, 'alt-texts are never deleted'); END;

CREATE TABLE round (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  image_id INTEGER NOT NULL REFERENCES image (id),
  parent_id INTEGER REFERENCES revision (id),
  round INTEGER NOT NULL REFERENCES round (number),
  text TEXT NOT NULL,
  text_utf16 BLOB,
  author_kind TEXT NOT NULL CHECK (author_kind IN ('human', 'model', 'import')),
  author_name TEXT NOT NULL,
  person_id INTEGER REFERENCES person (id),
  note TEXT NOT NULL DEFAULT '',
  batch_id INTEGER REFERENCES batch (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX revision_by_image ON revision (image_id, id);
CREATE TRIGGER revision_is_append_only BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are never deleted'); END;

CREATE TABLE autosave (
  image_id INTEGER NOT NULL REFERENCES image (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  base_revision_id INTEGER REFERENCES revision (id),
  text TEXT NOT NULL,
  text_utf16 BLOB,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (image_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  image_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX tag_by_count ON tag (image_count DESC, name);
CREATE TABLE image_tag (
  image_id INTEGER NOT NULL REFERENCES image (id),
  tag_id INTEGER NOT NULL REFERENCES tag (id),
  PRIMARY KEY (image_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_tag_by_tag ON image_tag (tag_id, image_id);
CREATE TRIGGER image_tag_added AFTER INSERT ON image_tag
BEGIN UPDATE tag SET image_count = image_count + 1 WHERE id = new.tag_id; END;
CREATE TRIGGER image_tag_removed AFTER DELETE ON image_tag
BEGIN UPDATE tag SET image_count = image_count - 1 WHERE id = old.tag_id; END;
`

/** The text of each image's head revision, kept apart so that full-text search needs no join to find it. */
const CAPTIONS = `
CREATE TABLE caption (
  image_id INTEGER PRIMARY KEY REFERENCES image (id),
  text TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE alt_text_index USING fts5 (
  text, content = 'alt_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER alt_text_indexed AFTER INSERT ON alt_text
BEGIN INSERT INTO alt_text_index (rowid, text) VALUES (new.id, new.text); END;

CREATE VIRTUAL TABLE caption_index USING fts5 (
  text, content = 'caption', content_rowid = 'image_id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER caption_indexed AFTER INSERT ON caption
BEGIN INSERT INTO caption_index (rowid, text) VALUES (new.image_id, new.text); END;
CREATE TRIGGER caption_unindexed AFTER DELETE ON caption
BEGIN INSERT INTO caption_index (caption_index, rowid, text) VALUES ('delete', old.image_id, old.text); END;
CREATE TRIGGER caption_reindexed AFTER UPDATE ON caption
BEGIN
  INSERT INTO caption_index (caption_index, rowid, text) VALUES ('delete', old.image_id, old.text);
  INSERT INTO caption_index (rowid, text) VALUES (new.image_id, new.text);
END;
`

/**
 * One narrow row an image with all that lists, sorts and filters need, updated in the transaction of what it
 * summarises. `status` is the position in the list of statuses; `problem` is 0 none, 1 file missing, 2 file broken.
 */
const STATE = `
CREATE TABLE image_state (
  image_id INTEGER PRIMARY KEY REFERENCES image (id),
  status INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL DEFAULT 0,
  head_revision_id INTEGER REFERENCES revision (id),
  name TEXT NOT NULL COLLATE NOCASE,
  pixels INTEGER NOT NULL DEFAULT 0,
  text_length INTEGER NOT NULL DEFAULT 0,
  alt_count INTEGER NOT NULL DEFAULT 0,
  revision_count INTEGER NOT NULL DEFAULT 0,
  draft_count INTEGER NOT NULL DEFAULT 0,
  problem INTEGER NOT NULL DEFAULT 0,
  updated_seq INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX image_state_by_status ON image_state (status, image_id);
CREATE INDEX image_state_by_updated ON image_state (updated_seq, image_id);
CREATE INDEX image_state_by_name ON image_state (name, image_id);
CREATE INDEX image_state_by_pixels ON image_state (pixels, image_id);
CREATE INDEX image_state_by_text_length ON image_state (text_length, image_id);
CREATE INDEX image_state_with_problem ON image_state (problem, image_id) WHERE problem > 0;
`

const RUNNING = `
CREATE TABLE batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  created_at INTEGER NOT NULL
) STRICT;

-- What a batch did to each image, as JSON snapshots before and after, so that it reverts as one.
CREATE TABLE batch_item (
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  image_id INTEGER NOT NULL REFERENCES image (id),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (batch_id, image_id)
) STRICT, WITHOUT ROWID;

-- The undo log: every change a person sees, with the state before and after it. An undo or redo is a new row that
-- points at the row it concerns.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  image_id INTEGER REFERENCES image (id),
  batch_id INTEGER REFERENCES batch (id),
  concerns INTEGER REFERENCES journal (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  before TEXT,
  after TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_by_image ON journal (image_id, id);
CREATE INDEX journal_by_concerns ON journal (concerns, id) WHERE concerns IS NOT NULL;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never deleted'); END;

CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  lane TEXT NOT NULL,
  dedupe_key TEXT,
  params TEXT NOT NULL,
  state TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  cursor TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  error_code TEXT,
  error_message TEXT,
  result TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER
) STRICT;
CREATE INDEX job_by_state ON job (state, id);
CREATE UNIQUE INDEX job_active_by_key ON job (dedupe_key)
  WHERE dedupe_key IS NOT NULL AND state IN ('queued', 'running');
CREATE TABLE job_error (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES job (id),
  item TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX job_error_by_job ON job_error (job_id, id);
`

export const foundation: Migration = {
  version: 10,
  name: 'foundation',
  up(db) {
    db.exec(TABLES)
    db.exec(CAPTIONS)
    db.exec(STATE)
    db.exec(RUNNING)
    db.prepare("INSERT INTO round (number, name, created_at) VALUES (0, 'Anchor', 0)").run()
    db.prepare("INSERT INTO round (number, name, created_at) VALUES (1, 'Round 1', 0)").run()
  },
}
