import type { Migration } from './migration.ts'

/**
 * Lets a transaction put off the indexing of its alt-texts, for as long as there is a counter of this name. Whoever
 * sets the counter indexes them and takes it away again.
 */
export const bulkIndexing: Migration = {
  version: 20,
  name: 'bulk indexing',
  up(db) {
    db.exec(`
      DROP TRIGGER alt_text_indexed;
      CREATE TRIGGER alt_text_indexed AFTER INSERT ON alt_text
      WHEN NOT EXISTS (SELECT 1 FROM counter WHERE name = 'alt-texts-indexed')
      BEGIN INSERT INTO alt_text_index (rowid, text) VALUES (new.id, new.text); END;
    `)
  },
}
