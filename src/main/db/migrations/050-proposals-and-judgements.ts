import type { Migration } from './migration.ts'

/**
 * A proposal is a text beside the caption; what people did with it are rows of their own, the newest of which counts.
 * `draft_proposal` is working state like the autosave: what a person took over since the last submit.
 */
const PROPOSALS = `
CREATE TABLE proposal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  image_id INTEGER NOT NULL REFERENCES image (id),
  text TEXT NOT NULL,
  text_utf16 BLOB,
  author_kind TEXT NOT NULL CHECK (author_kind IN ('human', 'model', 'import')),
  author_name TEXT NOT NULL,
  person_id INTEGER REFERENCES person (id),
  note TEXT NOT NULL DEFAULT '',
  source_id INTEGER REFERENCES source (id),
  source_row INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX proposal_by_image ON proposal (image_id, id);
CREATE TRIGGER proposal_is_immutable BEFORE UPDATE ON proposal
BEGIN SELECT RAISE(ABORT, 'proposals are immutable'); END;
CREATE TRIGGER proposal_is_kept BEFORE DELETE ON proposal
BEGIN SELECT RAISE(ABORT, 'proposals are never deleted'); END;

CREATE TABLE proposal_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  proposal_id INTEGER NOT NULL REFERENCES proposal (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'partly-accepted', 'rejected')),
  person_id INTEGER REFERENCES person (id),
  author_name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX proposal_decision_by_proposal ON proposal_decision (proposal_id, id);
CREATE TRIGGER proposal_decision_is_append_only BEFORE UPDATE ON proposal_decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER proposal_decision_is_kept BEFORE DELETE ON proposal_decision
BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;

CREATE TABLE draft_proposal (
  image_id INTEGER NOT NULL REFERENCES image (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  proposal_id INTEGER NOT NULL REFERENCES proposal (id),
  PRIMARY KEY (image_id, person_id, proposal_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision_proposal (
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  proposal_id INTEGER NOT NULL REFERENCES proposal (id),
  PRIMARY KEY (revision_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_proposal_by_proposal ON revision_proposal (proposal_id);
`

/**
 * Derived: keyed by everything they follow from, so never stale, and safe to delete. `text` lets marks find their
 * words again in a caption that was edited since.
 */
const JUDGEMENTS = `
CREATE TABLE judgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  image_hash TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  pack_revision TEXT NOT NULL,
  calibration_id TEXT NOT NULL,
  algorithm_version INTEGER NOT NULL,
  text TEXT NOT NULL,
  text_utf16 BLOB,
  -- When each kind of rows was made; NULL while it was not, which is something else than finding nothing.
  verdicts_at INTEGER,
  details_at INTEGER
) STRICT;
CREATE UNIQUE INDEX judgement_by_key
  ON judgement (image_hash, text_hash, pack_revision, calibration_id, algorithm_version);

CREATE TABLE verdict (
  judgement_id INTEGER NOT NULL REFERENCES judgement (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('supported', 'unsure', 'unsupported')),
  probability REAL,
  rival TEXT,
  reason TEXT NOT NULL,
  region TEXT,
  PRIMARY KEY (judgement_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE detail (
  judgement_id INTEGER NOT NULL REFERENCES judgement (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  uid TEXT NOT NULL,
  phrase TEXT NOT NULL,
  probability REAL,
  region TEXT,
  source TEXT NOT NULL,
  PRIMARY KEY (judgement_id, position)
) STRICT, WITHOUT ROWID;
`

/** People's answers, not derived: the newest row of a subject counts, and one without an answer takes it back. */
const OVERRIDES = `
CREATE TABLE override (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  image_id INTEGER NOT NULL REFERENCES image (id),
  subject TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('fate', 'verdict', 'hygiene', 'detail')),
  alt_text_id INTEGER REFERENCES alt_text (id),
  rule_id TEXT,
  words TEXT NOT NULL,
  words_utf16 BLOB,
  occurrence INTEGER NOT NULL,
  answer TEXT,
  reason TEXT NOT NULL DEFAULT '',
  person_id INTEGER REFERENCES person (id),
  author_name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX override_by_subject ON override (image_id, subject, id);
CREATE TRIGGER override_is_append_only BEFORE UPDATE ON override
BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END;
CREATE TRIGGER override_is_kept BEFORE DELETE ON override
BEGIN SELECT RAISE(ABORT, 'answers are never deleted'); END;

CREATE TABLE revision_override (
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  override_id INTEGER NOT NULL REFERENCES override (id),
  PRIMARY KEY (revision_id, override_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_override_by_override ON revision_override (override_id);
`

/** Lets a job that was interrupted find the batch it was filling. */
const BATCHES = `
ALTER TABLE batch ADD COLUMN job_id INTEGER REFERENCES job (id);
CREATE INDEX batch_by_job ON batch (job_id) WHERE job_id IS NOT NULL;
`

export const proposalsAndJudgements: Migration = {
  version: 50,
  name: 'proposals and judgements',
  up(db) {
    db.exec(PROPOSALS)
    db.exec(JUDGEMENTS)
    db.exec(OVERRIDES)
    db.exec(BATCHES)
  },
}
