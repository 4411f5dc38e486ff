import type { Store } from './project-store.ts'

/** SQLite's plan for a statement, one line a step. */
export function explain(
  db: Store,
  sql: string,
  params: readonly unknown[] = [],
): readonly string[] {
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[]
  return steps.map((step) => step.detail)
}
