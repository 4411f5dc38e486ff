import type { Migration } from './migration.ts'

/**
 * `image_state.round` stays the round of the text; `work_round` is the round that the image is worked on in. Starting
 * a round writes image_state alone: what the text was then, and (for taking the start back) where the image came from,
 * as the round before times eight plus its status. No foreign key on them: a check for each of a million rows would
 * cost more than the move.
 */
const ROUNDS = `
ALTER TABLE round ADD COLUMN needs_other_person INTEGER NOT NULL DEFAULT 0;
ALTER TABLE round ADD COLUMN sample_share REAL NOT NULL DEFAULT 1;
ALTER TABLE round ADD COLUMN sample_seed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE round ADD COLUMN stop_below_edit REAL;

ALTER TABLE image_state ADD COLUMN work_round INTEGER NOT NULL DEFAULT 1;
ALTER TABLE image_state ADD COLUMN start_revision_id INTEGER;
ALTER TABLE image_state ADD COLUMN joined_from INTEGER;
UPDATE image_state SET work_round = round WHERE round > 1;

-- How many images with which status left a round when a later one started.
CREATE TABLE round_departure (
  next_round INTEGER NOT NULL,
  round INTEGER NOT NULL,
  status INTEGER NOT NULL,
  images INTEGER NOT NULL,
  PRIMARY KEY (next_round, round, status)
) STRICT, WITHOUT ROWID;

-- Who wrote how much in a round, kept by triggers: counting a million revisions at each look would be slow.
CREATE TABLE round_author (
  round INTEGER NOT NULL,
  author_name TEXT NOT NULL,
  images INTEGER NOT NULL,
  revisions INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (round, author_name)
) STRICT, WITHOUT ROWID;
INSERT INTO round_author
  SELECT round, author_name, 0, count(*), max(created_at) FROM revision
  WHERE author_kind = 'human' GROUP BY round, author_name;
UPDATE round_author SET images = (
  SELECT count(*) FROM image_state s JOIN revision r ON r.id = s.head_revision_id
  WHERE r.round = round_author.round AND r.author_name = round_author.author_name AND r.author_kind = 'human'
);
CREATE TRIGGER revision_credited AFTER INSERT ON revision WHEN new.author_kind = 'human'
BEGIN
  INSERT INTO round_author VALUES (new.round, new.author_name, 0, 1, new.created_at)
  ON CONFLICT DO UPDATE SET revisions = revisions + 1, last_at = max(last_at, excluded.last_at);
END;
-- Whoever wrote the last text of an image in a round has it to their credit, also after later rounds have moved the
-- head on; an undo, which moves the head back, takes it away again.
CREATE TRIGGER head_credited AFTER UPDATE OF head_revision_id ON image_state
WHEN old.head_revision_id IS NOT new.head_revision_id
BEGIN
  UPDATE round_author SET images = images - 1
  WHERE (round, author_name) =
      (SELECT round, author_name FROM revision WHERE id = old.head_revision_id AND author_kind = 'human')
    AND round >= coalesce((SELECT round FROM revision WHERE id = new.head_revision_id), 0);
  UPDATE round_author SET images = images + 1
  WHERE (round, author_name) =
      (SELECT round, author_name FROM revision WHERE id = new.head_revision_id AND author_kind = 'human')
    AND round >= coalesce((SELECT round FROM revision WHERE id = old.head_revision_id), 0);
END;
`

/** Versions are kept for as long as their round is; a round that nobody worked in can be taken back with them. */
const GUIDELINES = `
CREATE TABLE guideline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  round INTEGER NOT NULL,
  version INTEGER NOT NULL,
  markdown TEXT NOT NULL,
  author_name TEXT NOT NULL,
  person_id INTEGER REFERENCES person (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX guideline_by_round ON guideline (round, version);
CREATE TRIGGER guideline_is_append_only BEFORE UPDATE ON guideline
BEGIN SELECT RAISE(ABORT, 'guidelines are append-only'); END;
CREATE TRIGGER guideline_is_kept BEFORE DELETE ON guideline
WHEN EXISTS (SELECT 1 FROM round WHERE number = old.round)
BEGIN SELECT RAISE(ABORT, 'guidelines are kept with their round'); END;

-- What the author worked by, how long they wrote, and the share of words that differ from the text the round began
-- with; null where it is not known.
ALTER TABLE revision ADD COLUMN guideline_id INTEGER REFERENCES guideline (id);
ALTER TABLE revision ADD COLUMN editing_ms INTEGER;
ALTER TABLE revision ADD COLUMN edit_share REAL;
ALTER TABLE autosave ADD COLUMN editing_ms INTEGER NOT NULL DEFAULT 0;
CREATE INDEX revision_by_person ON revision (person_id, id) WHERE person_id IS NOT NULL;
`

/**
 * Decisions are rows that stay; `image_state.review_id` names the one that stands, and `previous_id` the one that
 * stood before it, so that an undo leaves the row and takes only its effect back.
 */
const REVIEWS = `
CREATE TABLE review (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  image_id INTEGER NOT NULL REFERENCES image (id),
  previous_id INTEGER REFERENCES review (id),
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  -- The caption as it waited for the decision; another one than revision_id where the reviewer changed it.
  submitted_revision_id INTEGER NOT NULL REFERENCES revision (id),
  round INTEGER NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('accepted', 'returned')),
  remark TEXT NOT NULL,
  quote_start INTEGER,
  quote_end INTEGER,
  reviewer_name TEXT NOT NULL,
  person_id INTEGER REFERENCES person (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX review_by_image ON review (image_id, id);
CREATE TRIGGER review_is_append_only BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END;
CREATE TRIGGER review_is_kept BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'reviews are never deleted'); END;

ALTER TABLE image_state ADD COLUMN review_id INTEGER REFERENCES review (id);
-- The queue, oldest first; 2 is the place of "submitted" in the list of statuses.
CREATE INDEX image_state_to_review ON image_state (head_revision_id, image_id) WHERE status = 2;
`

/**
 * Derived and safe to delete: at most one row for an image and round, of its last caption there. What waits to be
 * measured is a list of its own, because looking for it among a million that are measured would be slow.
 */
const METRICS = `
CREATE TABLE revision_metric (
  revision_id INTEGER PRIMARY KEY REFERENCES revision (id),
  image_id INTEGER NOT NULL,
  round INTEGER NOT NULL,
  algorithm_version INTEGER NOT NULL,
  entity_recall REAL,
  specificity_loss REAL,
  copy_rate REAL,
  edit REAL
) STRICT;
CREATE UNIQUE INDEX revision_metric_by_image ON revision_metric (image_id, round);
CREATE INDEX revision_metric_by_version ON revision_metric (algorithm_version);

CREATE TABLE revision_unmeasured (revision_id INTEGER PRIMARY KEY REFERENCES revision (id)) STRICT;
INSERT INTO revision_unmeasured
  SELECT r.id FROM image_state s JOIN revision r ON r.id = s.head_revision_id WHERE r.round > 0;

-- Sums of each round, from which its means follow.
CREATE TABLE round_metric (
  round INTEGER PRIMARY KEY,
  measured INTEGER NOT NULL DEFAULT 0,
  entity_recall_count INTEGER NOT NULL DEFAULT 0,
  entity_recall_sum REAL NOT NULL DEFAULT 0,
  specificity_loss_count INTEGER NOT NULL DEFAULT 0,
  specificity_loss_sum REAL NOT NULL DEFAULT 0,
  copy_rate_count INTEGER NOT NULL DEFAULT 0,
  copy_rate_sum REAL NOT NULL DEFAULT 0,
  edit_count INTEGER NOT NULL DEFAULT 0,
  edit_sum REAL NOT NULL DEFAULT 0
) STRICT;
CREATE TRIGGER revision_metric_added AFTER INSERT ON revision_metric
BEGIN
  INSERT OR IGNORE INTO round_metric (round) VALUES (new.round);
  UPDATE round_metric SET measured = measured + 1,
    entity_recall_count = entity_recall_count + (new.entity_recall IS NOT NULL),
    entity_recall_sum = entity_recall_sum + coalesce(new.entity_recall, 0),
    specificity_loss_count = specificity_loss_count + (new.specificity_loss IS NOT NULL),
    specificity_loss_sum = specificity_loss_sum + coalesce(new.specificity_loss, 0),
    copy_rate_count = copy_rate_count + (new.copy_rate IS NOT NULL),
    copy_rate_sum = copy_rate_sum + coalesce(new.copy_rate, 0),
    edit_count = edit_count + (new.edit IS NOT NULL),
    edit_sum = edit_sum + coalesce(new.edit, 0)
  WHERE round = new.round;
END;
CREATE TRIGGER revision_metric_removed AFTER DELETE ON revision_metric
BEGIN
  UPDATE round_metric SET measured = measured - 1,
    entity_recall_count = entity_recall_count - (old.entity_recall IS NOT NULL),
    entity_recall_sum = entity_recall_sum - coalesce(old.entity_recall, 0),
    specificity_loss_count = specificity_loss_count - (old.specificity_loss IS NOT NULL),
    specificity_loss_sum = specificity_loss_sum - coalesce(old.specificity_loss, 0),
    copy_rate_count = copy_rate_count - (old.copy_rate IS NOT NULL),
    copy_rate_sum = copy_rate_sum - coalesce(old.copy_rate, 0),
    edit_count = edit_count - (old.edit IS NOT NULL),
    edit_sum = edit_sum - coalesce(old.edit, 0)
  WHERE round = old.round;
END;
CREATE TRIGGER head_to_measure AFTER UPDATE OF head_revision_id ON image_state
WHEN old.head_revision_id IS NOT new.head_revision_id
BEGIN
  -- A caption that its own round went past, or that an undo took back, counts no more.
  DELETE FROM revision_unmeasured WHERE revision_id = old.head_revision_id
    AND (SELECT round FROM revision WHERE id = old.head_revision_id)
      >= coalesce((SELECT round FROM revision WHERE id = new.head_revision_id), 0);
  DELETE FROM revision_metric WHERE revision_id = old.head_revision_id
    AND round >= coalesce((SELECT round FROM revision WHERE id = new.head_revision_id), 0);
  INSERT OR IGNORE INTO revision_unmeasured
    SELECT id FROM revision WHERE id = new.head_revision_id AND round > 0
      AND NOT EXISTS (SELECT 1 FROM revision_metric WHERE revision_id = new.head_revision_id);
END;
`

export const roundsAndReview: Migration = {
  version: 30,
  name: 'rounds and review',
  up(db) {
    db.exec(ROUNDS)
    db.exec(GUIDELINES)
    db.exec(REVIEWS)
    db.exec(METRICS)
  },
}
