import type { Database } from 'better-sqlite3'
import { AppError } from '../../shared/errors.ts'
import { assertMonotonic } from './migrations/order.ts'
import { MIGRATIONS } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'

export function readVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

export function newestVersion(migrations: readonly Migration[] = MIGRATIONS): number {
  return migrations.at(-1)?.version ?? 0
}

/** Brings the file to the newest version in one transaction; throws DATABASE_FROM_FUTURE for a newer file. */
export function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): void {
  assertMonotonic(migrations)
  const from = readVersion(db)
  const newest = newestVersion(migrations)
  if (from > newest) {
    throw new AppError(
      'DATABASE_FROM_FUTURE',
      `This project has version ${from}; this Realign knows versions up to ${newest}. Install the newest Realign to open it; nothing was changed.`,
      { data: { found: from, newest } },
    )
  }
  const steps = migrations.filter((step) => step.version > from)
  if (steps.length === 0) return
  db.transaction(() => {
    for (const step of steps) {
      step.up(db)
      db.pragma(`user_version = ${step.version}`)
    }
  }).exclusive()
}
