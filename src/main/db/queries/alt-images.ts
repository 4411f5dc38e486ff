import type { Database } from 'better-sqlite3'
import { prepare } from '../statements.ts'
import { selectNumbers } from './number-list.ts'

interface AltImages {
  readonly imageIds: Uint32Array
  readonly newestId: number
}

const caches = new WeakMap<Database, AltImages>()
const NONE: AltImages = { imageIds: new Uint32Array(0), newestId: 0 }

export function hasAltImages(db: Database): boolean {
  return caches.has(db)
}

/**
 * The image of each alt-text by the alt-text's id, 4 bytes each: a word that half a million texts have needs no
 * half a million looks into rows. Alt-texts are never changed or deleted, so only new ones are read again.
 */
export function getAltImages(db: Database): Uint32Array {
  const known = caches.get(db) ?? NONE
  const newestId = prepare(db, 'SELECT max(id) FROM alt_text').pluck().get() as number | null
  if (newestId === null || newestId === known.newestId) return known.imageIds
  const imageIds = new Uint32Array(newestId + 1)
  imageIds.set(known.imageIds)
  readNew(db, imageIds, known.newestId)
  caches.set(db, { imageIds, newestId })
  return imageIds
}

function readNew(db: Database, imageIds: Uint32Array, after: number): void {
  const from = 'FROM alt_text WHERE id > ? ORDER BY id'
  const images = selectNumbers(db, `SELECT image_id AS n ${from}`, [after])
  const isGapless = after + images.length === imageIds.length - 1
  if (isGapless) {
    imageIds.set(images, after + 1)
    return
  }
  const ids = selectNumbers(db, `SELECT id AS n ${from}`, [after])
  for (const [index, id] of ids.entries()) imageIds[id] = images[index] ?? 0
}
