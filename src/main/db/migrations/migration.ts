import type { Database } from 'better-sqlite3'

/**
 * One forward step of the project file. Steps use literal SQL only and import no queries or domain code, which
 * will change under them. Versions rise.
 */
export interface Migration {
  readonly version: number
  readonly name: string
  up(db: Database): void
}
