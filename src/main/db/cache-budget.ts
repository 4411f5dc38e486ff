import type { Database } from 'better-sqlite3'

const budgets = new WeakMap<Database, number>()

/** Keeps each kind of what is remembered beside a connection to so many bytes, where it may usually be more. */
export function setCacheBudget(db: Database, bytes: number): void {
  budgets.set(db, bytes)
}

/** How many bytes one kind of what is remembered beside a connection may be. */
export function cacheBudget(db: Database, usualBytes: number): number {
  return Math.min(usualBytes, budgets.get(db) ?? usualBytes)
}
