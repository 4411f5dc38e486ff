import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../src/main/db/migrate.ts'
import { MIGRATIONS } from '../../src/main/db/migrations/index.ts'

describe('the step to rounds and review', () => {
  let db: Database.Database

  beforeEach(() => {
    db = new Database(':memory:')
    migrate(
      db,
      MIGRATIONS.filter((step) => step.version < 30),
    )
    db.exec(`
      INSERT INTO person (id, uid, name, created_at) VALUES (1, 'p', 'Ann', 0);
      INSERT INTO round (number, name, created_at) VALUES (2, 'Round 2', 0);
      INSERT INTO image (id, uid, created_at) VALUES (1, 'a', 0), (2, 'b', 0), (3, 'c', 0);
      INSERT INTO revision (id, uid, image_id, parent_id, round, text, author_kind, author_name, person_id, created_at)
        VALUES (1, 'r1', 1, NULL, 1, 'a bus', 'human', 'Ann', 1, 5), (2, 'r2', 1, 1, 1, 'a red bus', 'human', 'Bob', NULL, 6),
          (3, 'r3', 2, NULL, 2, 'a dog', 'human', 'Ann', 1, 7), (4, 'r4', 3, NULL, 0, 'a cat', 'import', 'Import', NULL, 8);
      INSERT INTO image_state (image_id, status, round, head_revision_id, name, updated_seq, updated_at)
        VALUES (1, 2, 1, 2, 'a', 1, 0), (2, 3, 2, 3, 'b', 2, 0), (3, 0, 0, 4, 'c', 3, 0);
      INSERT INTO autosave (image_id, person_id, text, saved_at) VALUES (1, 1, 'typing', 9);
    `)
    migrate(db)
  })

  it('keeps what was there and says in which round each image is', () => {
    expect(
      db.prepare('SELECT image_id, status, round, work_round, review_id FROM image_state').all(),
    ).toEqual([
      { image_id: 1, status: 2, round: 1, work_round: 1, review_id: null },
      { image_id: 2, status: 3, round: 2, work_round: 2, review_id: null },
      { image_id: 3, status: 0, round: 0, work_round: 1, review_id: null },
    ])
    expect(db.prepare('SELECT text, editing_ms FROM autosave').all()).toEqual([
      { text: 'typing', editing_ms: 0 },
    ])
    expect(db.prepare('SELECT guideline_id, edit_share FROM revision').get()).toEqual({
      guideline_id: null,
      edit_share: null,
    })
  })

  it('counts who wrote what, and what is to be measured', () => {
    expect(db.prepare('SELECT * FROM round_author').all()).toEqual([
      { round: 1, author_name: 'Ann', images: 0, revisions: 1, last_at: 5 },
      { round: 1, author_name: 'Bob', images: 1, revisions: 1, last_at: 6 },
      { round: 2, author_name: 'Ann', images: 1, revisions: 1, last_at: 7 },
    ])
    expect(db.prepare('SELECT revision_id FROM revision_unmeasured').pluck().all()).toEqual([2, 3])
  })

  it.each([
    ["UPDATE guideline SET markdown = 'x'", 'append-only'],
    ['DELETE FROM guideline', 'kept with their round'],
    ["UPDATE review SET remark = 'x'", 'append-only'],
    ['DELETE FROM review', 'never deleted'],
  ])('%s is refused', (sql, message) => {
    db.exec(`
      INSERT INTO guideline (round, version, markdown, author_name, created_at) VALUES (1, 1, 'true', 'Ann', 0);
      INSERT INTO review (uid, image_id, revision_id, submitted_revision_id, round, decision, remark, reviewer_name, created_at)
        VALUES ('v', 1, 2, 2, 1, 'accepted', '', 'Ann', 0);
    `)
    expect(() => db.exec(sql)).toThrow(message)
  })
})
