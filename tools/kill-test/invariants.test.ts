import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { submitRevision, saveDraft } from '../../src/main/db/queries/align.ts'
import { addImages, prepareStore, TEST_PERSON } from '../../test/support/project-store.ts'
import { checkInvariants } from './invariants.ts'

describe('the invariants of a project', () => {
  let db: Database.Database

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    const ids = addImages(db, [{ alts: ['a bus'] }, { alts: ['a cat', 'CAT.JPG'] }])
    for (const imageId of ids) {
      const write = { imageId, baseRevisionId: null, personId: TEST_PERSON }
      saveDraft(db, { ...write, text: 'draft' })
      submitRevision(db, { ...write, text: 'A caption.', note: '' })
    }
  })

  it('hold after edits', () => {
    expect(checkInvariants(db)).toEqual([])
  })

  it.each([
    ['a head that is gone', 'UPDATE image_state SET head_revision_id = NULL WHERE image_id = 1'],
    ['a head of another image', 'UPDATE image_state SET head_revision_id = 2 WHERE image_id = 1'],
    ['a wrong count of alt-texts', 'UPDATE image_state SET alt_count = 9'],
    [
      'a draft that is not counted',
      "INSERT INTO autosave (image_id, person_id, text, saved_at) VALUES (1, 1, 'x', 0)",
    ],
    ['a caption that is not the head', "UPDATE caption SET text = 'other' WHERE image_id = 1"],
    ['a wrong length of a caption', 'UPDATE image_state SET text_length = 1'],
    ['an index without its text', "INSERT INTO caption_index (rowid, text) VALUES (1, 'stray')"],
    ['a revision that the journal does not know', 'DELETE FROM journal'],
    [
      'a batch that the journal does not know',
      "INSERT INTO batch (id, kind, label, person_id, created_at) VALUES (1, 'tag', 'x', 1, 0)",
    ],
  ])('find %s', (_what, sql) => {
    db.exec('DROP TRIGGER journal_is_kept')
    db.exec(sql)
    expect(checkInvariants(db)).not.toEqual([])
  })
})
