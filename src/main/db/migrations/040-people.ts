import type { Migration } from './migration.ts'

/**
 * Undo takes back the newest change of one person: without the index it would read through all that the others did
 * since.
 */
export const people: Migration = {
  version: 40,
  name: 'people',
  up(db) {
    db.exec('CREATE INDEX journal_by_person ON journal (person_id, id);')
  },
}
