import type { Database } from 'better-sqlite3'
import type { ExportRun, RecipeContent } from '../../../shared/contract/recipes.ts'
import type { SubsetCounts } from '../../../shared/contract/subset.ts'
import type { JobId, RecipeId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'

interface RunRow {
  readonly id: number
  readonly recipe_id: RecipeId | null
  readonly recipe_name: string | null
  readonly number: number | null
  readonly job_id: JobId
  readonly folder: string
  readonly content: string
  readonly app_version: string
  readonly counts: string
  readonly done: number
  readonly skipped: number
  readonly failed: number
  readonly files: number
  readonly bytes: number
  readonly sha256: string
  readonly started_at: number
  readonly ended_at: number
}

/** What an export came to, once all of it was on the disk. */
export interface EndedExport {
  readonly recipeVersionId: number | null
  readonly jobId: JobId
  readonly folder: string
  readonly content: RecipeContent
  readonly appVersion: string
  readonly counts: SubsetCounts
  readonly done: number
  readonly skipped: number
  readonly failed: number
  readonly files: number
  readonly bytes: number
  readonly sha256: string
  readonly startedAt: number
  readonly endedAt: number
}

export function storeExportRun(db: Database, run: EndedExport): void {
  prepare(
    db,
    `INSERT INTO export_run (recipe_version_id, job_id, folder, content, app_version, counts, done, skipped, failed,
       files, bytes, sha256, started_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    run.recipeVersionId,
    run.jobId,
    run.folder.toWellFormed(),
    JSON.stringify(run.content),
    run.appVersion,
    JSON.stringify(run.counts),
    run.done,
    run.skipped,
    run.failed,
    run.files,
    run.bytes,
    run.sha256,
    run.startedAt,
    run.endedAt,
  )
}

/** The newest first; of one recipe where it is given, of whatever version. */
export function listExportRuns(
  db: Database,
  args: { readonly recipeId: RecipeId | null; readonly limit: number },
): ExportRun[] {
  const rows = prepare(
    db,
    `SELECT e.*, r.id AS recipe_id, r.name AS recipe_name, v.number FROM export_run e
     LEFT JOIN recipe_version v ON v.id = e.recipe_version_id LEFT JOIN recipe r ON r.id = v.recipe_id
     WHERE ? IS NULL OR r.id = ? ORDER BY e.id DESC LIMIT ?`,
  ).all(args.recipeId, args.recipeId, args.limit) as RunRow[]
  return rows.map(toRun)
}

function toRun(row: RunRow): ExportRun {
  const { recipe_id: id, recipe_name: name, number: version } = row
  return {
    id: row.id,
    recipe: id === null || name === null || version === null ? null : { id, name, version },
    jobId: row.job_id,
    folder: row.folder,
    content: JSON.parse(row.content) as RecipeContent,
    appVersion: row.app_version,
    counts: JSON.parse(row.counts) as SubsetCounts,
    done: row.done,
    skipped: row.skipped,
    failed: row.failed,
    files: row.files,
    bytes: row.bytes,
    sha256: row.sha256,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}
