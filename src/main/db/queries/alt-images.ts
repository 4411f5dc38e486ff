import type { Database } from 'better-sqlite3'
import { selectNumbers } from './number-list.ts'

interface AltImages {
  readonly imageIds: Uint32Array
  readonly newestId: number
}

const caches = new WeakMap<Database, AltImages>()
const NONE: AltImages = { imageIds: new Uint32Array(0), newestId: 0 }

/**
 * The image of each alt-text by the alt-text's id, 4 bytes each: a word that half a million texts have needs no
 * half a million looks into rows. Alt-texts are never changed or deleted, so only new ones are read again.
 */
export function getAltImages(db: Database): Uint32Array {
  const known = caches.get(db) ?? NONE
  const from = 'FROM alt_text WHERE id > ? ORDER BY id'
  const ids = selectNumbers(db, `SELECT id AS n ${from}`, [known.newestId])
  const newestId = ids.at(-1)
  if (newestId === undefined) return known.imageIds
  const images = selectNumbers(db, `SELECT image_id AS n ${from}`, [known.newestId])
  const imageIds = new Uint32Array(newestId + 1)
  imageIds.set(known.imageIds)
  for (const [index, id] of ids.entries()) imageIds[id] = images[index] ?? 0
  caches.set(db, { imageIds, newestId })
  return imageIds
}
