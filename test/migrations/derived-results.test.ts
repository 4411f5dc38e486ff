import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../src/main/db/migrate.ts'
import { MIGRATIONS } from '../../src/main/db/migrations/index.ts'
import { readDetails } from '../../src/main/db/queries/detail-rows.ts'
import { detail } from '../../src/shared/contract/judgements.ts'

describe('the steps to what models find and to duplicates', () => {
  let db: Database.Database

  beforeEach(() => {
    db = new Database(':memory:')
    db.pragma('foreign_keys = ON')
    migrate(
      db,
      MIGRATIONS.filter((step) => step.version < 60),
    )
    db.exec(`
      INSERT INTO image (id, uid, content_hash, created_at) VALUES (1, 'a', 'h1', 0), (2, 'b', 'h2', 0);
      INSERT INTO image_state (image_id, name, updated_seq, updated_at) VALUES (1, 'a', 1, 0), (2, 'b', 2, 0);
    `)
    migrate(
      db,
      MIGRATIONS.filter((step) => step.version < 80),
    )
    db.exec(`
      INSERT INTO machine_result (id, image_hash, task, pack_id, pack_revision, text, created_at)
        VALUES (1, 'h1', 'ocr', 'p', '1', 'SUMMER sale', 0), (2, 'h2', 'detect', 'd', '1', '', 0);
      INSERT INTO box (result_id, position, label, score, x, y, width, height) VALUES (2, 0, 'dog', 1, 0, 0, 1, 1);
    `)
    migrate(db)
  })

  const read = (): unknown[] =>
    db.prepare("SELECT rowid FROM ocr_index WHERE ocr_index MATCH 'sale'").pluck().all()

  it('keep the images, and know the words of readings from before', () => {
    expect(db.prepare('SELECT uid FROM image ORDER BY id').pluck().all()).toEqual(['a', 'b'])
    expect(read()).toEqual([1])
    expect(db.prepare('SELECT term, doc FROM ocr_word ORDER BY term').all()).toEqual([
      { term: 'sale', doc: 1 },
      { term: 'summer', doc: 1 },
    ])
  })

  it('let results be replaced, with all that hangs on them, and never changed', () => {
    expect(() => db.exec("UPDATE machine_result SET text = 'x'")).toThrow('replaced, not changed')
    db.exec('DELETE FROM machine_result')
    expect(read()).toEqual([])
    expect(db.prepare('SELECT count(*) FROM box').pluck().get()).toBe(0)
    db.exec("INSERT INTO ocr_index (ocr_index) VALUES ('integrity-check')")
  })

  it('drop the groups of a look with it', () => {
    db.exec(`
      INSERT INTO duplicate_run (id, hash_distance, image_count, vector_count, started_at) VALUES (1, 6, 2, 0, 0);
      INSERT INTO duplicate_member (run_id, group_number, image_id) VALUES (1, 1, 1), (1, 1, 2);
      DELETE FROM duplicate_run;
    `)
    expect(db.prepare('SELECT count(*) FROM duplicate_member').pluck().get()).toBe(0)
  })
})

describe('the step to kinds of details', () => {
  it('keeps what was found before, as things to be added', () => {
    const db = new Database(':memory:')
    migrate(
      db,
      MIGRATIONS.filter((step) => step.version < 131),
    )
    db.exec(`
      INSERT INTO judgement (id, image_hash, text_hash, pack_revision, calibration_id, algorithm_version, text)
        VALUES (1, 'h1', 't1', '1', 'none', 1, 'a street');
      INSERT INTO detail (judgement_id, position, uid, phrase, probability, region, source)
        VALUES (1, 0, 'd', 'a red car', 0.5, '{"x":0,"y":0,"width":1,"height":1}', 'detector');
    `)
    migrate(db)
    const [found, ...more] = readDetails(db, 1)
    expect(more).toEqual([])
    expect(detail.parse(found)).toEqual({
      ...{ id: 'd', kind: 'thing', phrase: 'a red car', probability: 0.5, source: 'detector' },
      ...{ region: { x: 0, y: 0, width: 1, height: 1 }, instead: null },
    })
  })
})
