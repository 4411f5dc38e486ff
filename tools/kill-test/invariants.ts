import type { Database } from 'better-sqlite3'

interface Invariant {
  readonly says: string
  /** Answers the offenders; no row means that the invariant holds. */
  readonly sql: string
}

/** What is true of every project after every committed transaction. */
const INVARIANTS: readonly Invariant[] = [
  {
    says: 'every image has a row of state',
    sql: 'SELECT i.id FROM image i LEFT JOIN image_state s ON s.image_id = i.id WHERE s.image_id IS NULL',
  },
  {
    says: 'every image has a place in a source',
    sql: 'SELECT id FROM image WHERE NOT EXISTS (SELECT 1 FROM image_location l WHERE l.image_id = image.id)',
  },
  {
    says: 'a head is a revision of its own image',
    sql: `SELECT s.image_id FROM image_state s LEFT JOIN revision r ON r.id = s.head_revision_id
      WHERE s.head_revision_id IS NOT NULL AND r.image_id IS NOT s.image_id`,
  },
  {
    says: 'a parent is an older revision of the same image',
    sql: `SELECT r.id FROM revision r LEFT JOIN revision p ON p.id = r.parent_id
      WHERE r.parent_id IS NOT NULL AND (p.image_id IS NOT r.image_id OR p.id >= r.id)`,
  },
  {
    says: 'the searchable caption is the text of the head',
    sql: `SELECT s.image_id FROM image_state s LEFT JOIN revision r ON r.id = s.head_revision_id
      LEFT JOIN caption c ON c.image_id = s.image_id WHERE r.text IS NOT c.text`,
  },
  {
    says: 'the count of alt-texts is right',
    sql: `SELECT image_id FROM image_state s
      WHERE alt_count <> (SELECT count(*) FROM alt_text a WHERE a.image_id = s.image_id)`,
  },
  {
    says: 'the count of revisions is right',
    sql: `SELECT image_id FROM image_state s
      WHERE revision_count <> (SELECT count(*) FROM revision r WHERE r.image_id = s.image_id)`,
  },
  {
    says: 'the count of drafts is right',
    sql: `SELECT image_id FROM image_state s
      WHERE draft_count <> (SELECT count(*) FROM autosave a WHERE a.image_id = s.image_id)`,
  },
  {
    says: 'the count of images of a tag is right',
    sql: `SELECT name FROM tag
      WHERE image_count <> (SELECT count(*) FROM image_tag it WHERE it.tag_id = tag.id)`,
  },
  {
    says: 'the state repeats the problem and the size of the picture',
    sql: `SELECT i.id FROM image i JOIN image_state s ON s.image_id = i.id
      WHERE s.pixels <> coalesce(i.width * i.height, 0) OR s.problem <> CASE i.problem_code
        WHEN 'IMAGE_FILE_MISSING' THEN 1 ELSE iif(i.problem_code IS NULL, 0, 2) END`,
  },
  {
    says: 'no change is newer than the counter of changes',
    sql: `SELECT image_id FROM image_state
      WHERE updated_seq > (SELECT value FROM counter WHERE name = 'change')`,
  },
  {
    says: 'every revision written here has its row in the journal',
    sql: `SELECT r.id FROM revision r WHERE r.person_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM journal j WHERE j.image_id = r.image_id AND j.concerns IS NULL
          AND json_extract(j.after, '$.headRevisionId') = r.id)`,
  },
  {
    says: 'the journal speaks of revisions that exist',
    sql: `SELECT j.id FROM journal j LEFT JOIN revision r ON r.id = json_extract(j.after, '$.headRevisionId')
      WHERE json_extract(j.after, '$.headRevisionId') IS NOT NULL AND r.image_id IS NOT j.image_id`,
  },
  {
    says: 'every batch has its row in the journal',
    sql: 'SELECT id FROM batch WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.batch_id = batch.id)',
  },
  {
    says: 'a draft starts from a revision of its own image',
    sql: `SELECT a.image_id FROM autosave a LEFT JOIN revision r ON r.id = a.base_revision_id
      WHERE a.base_revision_id IS NOT NULL AND r.image_id IS NOT a.image_id`,
  },
  {
    says: 'a job counts no more items than it has',
    sql: "SELECT id FROM job WHERE state = 'done' AND total IS NOT NULL AND done + skipped + failed > total",
  },
]

const INDEXES = ['alt_text_index', 'caption_index'] as const
const SHOWN = 5

/** Answers a sentence for each invariant that does not hold. Writes (the index check does): give it a copy. */
export function checkInvariants(db: Database): readonly string[] {
  const violations: string[] = []
  const integrity = db.pragma('integrity_check', { simple: true })
  if (integrity !== 'ok') violations.push(`SQLite says of the file: ${String(integrity)}`)
  const strays = db.pragma('foreign_key_check') as readonly unknown[]
  if (strays.length > 0) violations.push(`${strays.length} rows point at rows that are not there.`)
  for (const { says, sql } of INVARIANTS) {
    const offenders = db.prepare(sql).pluck().all()
    if (offenders.length === 0) continue
    violations.push(
      `Not true for ${offenders.length}: ${says} (${offenders.slice(0, SHOWN).join(', ')})`,
    )
  }
  for (const index of INDEXES) violations.push(...checkIndex(db, index))
  violations.push(...checkTextLengths(db))
  return violations
}

/** FTS5's own check; with rank 1 it also compares the index with the table that it indexes. */
function checkIndex(db: Database, index: (typeof INDEXES)[number]): readonly string[] {
  try {
    db.prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`).run()
    return []
  } catch (error) {
    return [`${index} is out of step with its texts: ${String(error)}`]
  }
}

/** Counted in UTF-16 units as editors do, for which SQL has no function. */
function checkTextLengths(db: Database): readonly string[] {
  const rows = db
    .prepare(
      `SELECT s.image_id, s.text_length, r.text FROM image_state s
       LEFT JOIN revision r ON r.id = s.head_revision_id`,
    )
    .all() as {
    readonly image_id: number
    readonly text_length: number
    readonly text: string | null
  }[]
  const wrong = rows.filter((row) => row.text_length !== (row.text ?? '').length)
  return wrong.length === 0
    ? []
    : [`Not true for ${wrong.length}: the length of the caption is right (${wrong[0]?.image_id})`]
}
