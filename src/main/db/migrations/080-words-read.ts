import type { Migration } from './migration.ts'

/** The words of the index of readings with how many pictures have them; a view of the index that stores nothing. */
export const wordsRead: Migration = {
  version: 80,
  name: 'words read in pictures',
  up(db) {
    db.exec("CREATE VIRTUAL TABLE ocr_word USING fts5vocab (ocr_index, 'row')")
  },
}
