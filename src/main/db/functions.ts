import type { Database } from 'better-sqlite3'

/** `contains_folded(text, needle)`: whether the text holds the lower-case needle in any case, in every script. */
export const CONTAINS_FOLDED = 'contains_folded'

const registered = new WeakSet<Database>()

/** Gives a connection the functions that SQLite lacks; a second call does nothing. */
export function registerFunctions(db: Database): void {
  if (registered.has(db)) return
  registered.add(db)
  db.function(CONTAINS_FOLDED, { deterministic: true }, (text: unknown, needle: unknown) =>
    Number(String(text).toLowerCase().includes(String(needle))),
  )
}
