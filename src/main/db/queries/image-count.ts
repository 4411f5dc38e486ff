import type { Database } from 'better-sqlite3'
import { prepare } from '../statements.ts'
import { currentChange } from './change-counter.ts'

const KEY = 'images.count'

/**
 * The number of all images. What a start waits for must not look at a million of them, so it is remembered when a project
 * is closed, and holds while nothing has changed since.
 */
export function countAllImages(db: Database): number {
  return findRemembered(db) ?? count(db)
}

export function rememberImageCount(db: Database): void {
  if (findRemembered(db) !== null) return
  prepare(db, 'INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(
    KEY,
    `${count(db)} at ${currentChange(db)}`,
  )
}

function findRemembered(db: Database): number | null {
  const stored = prepare(db, 'SELECT value FROM setting WHERE key = ?').pluck().get(KEY)
  if (typeof stored !== 'string') return null
  const [images, change] = stored.split(' at ')
  return Number(change) === currentChange(db) ? Number(images) : null
}

function count(db: Database): number {
  return prepare(db, 'SELECT count(*) FROM image_state').pluck().get() as number
}
