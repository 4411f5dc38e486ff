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
  const newestId = newestAltText(db)
  const known = caches.get(db) ?? NONE
  return newestId === known.newestId ? known.imageIds : readUpTo(db, known, newestId)
}

const TEXTS_A_STEP = 100_000

/** Reads them in short steps, so that who asks meanwhile waits for none of them long. */
export function* prepareAltImages(db: Database): Generator<void> {
  const newestId = newestAltText(db)
  for (;;) {
    const known = caches.get(db) ?? NONE
    if (known.newestId >= newestId) return
    readUpTo(db, known, Math.min(newestId, known.newestId + TEXTS_A_STEP))
    yield
  }
}

function newestAltText(db: Database): number {
  return (prepare(db, 'SELECT max(id) FROM alt_text').pluck().get() ?? 0) as number
}

function readUpTo(db: Database, known: AltImages, newestId: number): Uint32Array {
  const imageIds = new Uint32Array(newestId + 1)
  imageIds.set(known.imageIds)
  readNew(db, imageIds, known.newestId)
  caches.set(db, { imageIds, newestId })
  return imageIds
}

function readNew(db: Database, imageIds: Uint32Array, after: number): void {
  const range = [after, imageIds.length - 1]
  const from = 'FROM alt_text WHERE id > ? AND id <= ? ORDER BY id'
  const images = selectNumbers(db, `SELECT image_id AS n ${from}`, range)
  const isGapless = after + images.length === imageIds.length - 1
  if (isGapless) {
    imageIds.set(images, after + 1)
    return
  }
  const ids = selectNumbers(db, `SELECT id AS n ${from}`, range)
  for (const [index, id] of ids.entries()) imageIds[id] = images[index] ?? 0
}
