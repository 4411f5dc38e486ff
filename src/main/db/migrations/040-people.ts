import type { Migration } from './migration.ts'

/**
 * Undo takes back the newest change of one person and asks what others did to the image since: without the indexes it
 * would read through all that everybody did.
 */
export const people: Migration = {
  version: 40,
  name: 'people',
  up(db) {
    db.exec(`
      CREATE INDEX journal_by_person ON journal (person_id, id);
      CREATE INDEX journal_of_batches ON journal (id) WHERE batch_id IS NOT NULL;
    `)
  },
}
