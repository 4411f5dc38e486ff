import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import { nextChange } from './change-counter.ts'
import { countAllImages, rememberImageCount } from './image-count.ts'
import { libraryPage } from './library.ts'

const first = {
  query: '',
  sort: { key: 'added', descending: false },
  position: 0,
  limit: 1,
} as const

test('the number of images holds until something changes, and is then counted anew', () => {
  const db = new Database(':memory:')
  prepareStore(db)
  expect(countAllImages(db)).toBe(0)
  addImages(db, [{ name: 'a.jpg' }, { name: 'b.jpg' }])
  nextChange(db)
  rememberImageCount(db)
  // Not looked at: nothing counted as a change.
  db.exec("PRAGMA foreign_keys = OFF; DELETE FROM image_state WHERE name = 'a.jpg'")
  expect(countAllImages(db)).toBe(2)
  expect(libraryPage(db, { ...first, personId: TEST_PERSON }).total).toBe(2)
  nextChange(db)
  expect(countAllImages(db)).toBe(1)
  rememberImageCount(db)
  addImages(db, [{ name: 'c.jpg' }])
  nextChange(db)
  expect(libraryPage(db, { ...first, personId: TEST_PERSON }).total).toBe(2)
})
