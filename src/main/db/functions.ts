import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'

/** `contains_folded(text, needle)`: whether the text holds the lower-case needle in any case, in every script. */
export const CONTAINS_FOLDED = 'contains_folded'

/**
 * `sample_place(uid, seed)`: a place from 0 to below 1 that follows from both alone, from the first 32 bits of the
 * SHA-256 of `seed:uid`. A larger share of the same seed holds all images of a smaller one.
 */
export const SAMPLE_PLACE = 'sample_place'

const registered = new WeakSet<Database>()

/** Gives a connection the functions that SQLite lacks; a second call does nothing. */
export function registerFunctions(db: Database): void {
  if (registered.has(db)) return
  registered.add(db)
  db.function(CONTAINS_FOLDED, { deterministic: true }, (text: unknown, needle: unknown) =>
    Number(String(text).toLowerCase().includes(String(needle))),
  )
  db.function(SAMPLE_PLACE, { deterministic: true }, (uid: unknown, seed: unknown) =>
    samplePlace(String(uid), Number(seed)),
  )
}

function samplePlace(uid: string, seed: number): number {
  return Number.parseInt(hash('sha256', `${seed}:${uid}`, 'hex').slice(0, 8), 16) / 2 ** 32
}
