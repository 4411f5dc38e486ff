import type { Migration } from './migration.ts'

/**
 * What a detail is about (a thing, the colour or the number of one, a part of the picture), and which words of the caption
 * give way to it, as JSON; null where it is added.
 */
export const kindsOfDetails: Migration = {
  version: 131,
  name: 'kinds of details',
  up(db) {
    db.exec(`
ALTER TABLE detail ADD COLUMN kind TEXT NOT NULL DEFAULT 'thing';
ALTER TABLE detail ADD COLUMN instead TEXT;`)
  },
}
