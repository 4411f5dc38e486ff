import type { Database } from 'better-sqlite3'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { ImageId, JobId, SourceId } from '../../../shared/domain/ids.ts'
import type { ColumnMap } from '../../../shared/domain/column-roles.ts'
import { prepare } from '../statements.ts'
import { nextChange } from './change-counter.ts'

/** The source row of a path, made at its first import; a later import may bring another mapping. */
export function ensureSource(
  db: Database,
  args: {
    readonly path: string
    readonly root: string
    readonly format: string
    readonly map: ColumnMap
  },
): SourceId {
  const row = prepare(
    db,
    `INSERT INTO source (uid, format, path, root, map, created_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET format = excluded.format, root = excluded.root, map = excluded.map
     RETURNING id`,
  )
    .pluck()
    .get(uuid(), args.format, args.path, args.root, JSON.stringify(args.map), Date.now())
  return row as SourceId
}

/** What the project knows of a file, to tell an unchanged one without reading it. */
export interface KnownLocation {
  readonly locator: string
  readonly sizeBytes: number | null
  readonly mtimeMs: number | null
  readonly hasPicture: boolean
  readonly seenJobId: JobId | null
}

export function listKnownLocations(
  db: Database,
  args: { readonly sourceId: SourceId; readonly locators: readonly string[] },
): KnownLocation[] {
  const select = prepare(
    db,
    `SELECT l.locator, l.size_bytes, l.mtime_ms, l.seen_job_id,
       i.content_hash IS NOT NULL AND i.problem_code IS NULL AS has_picture
     FROM image_location l JOIN image i ON i.id = l.image_id WHERE l.source_id = ? AND l.locator = ?`,
  )
  const known: KnownLocation[] = []
  for (const locator of args.locators) {
    const row = select.get(args.sourceId, locator) as
      | {
          locator: string
          size_bytes: number | null
          mtime_ms: number | null
          seen_job_id: JobId | null
          has_picture: number
        }
      | undefined
    if (row === undefined) continue
    known.push({
      locator: row.locator,
      sizeBytes: row.size_bytes,
      mtimeMs: row.mtime_ms,
      hasPicture: row.has_picture === 1,
      seenJobId: row.seen_job_id,
    })
  }
  return known
}

export interface UnseenLocation {
  readonly id: number
  readonly imageId: ImageId
  readonly locator: string
  readonly path: string
}

/** Files of a source that an import did not meet, in id order: they may be gone. */
export function listUnseenLocations(
  db: Database,
  args: {
    readonly sourceId: SourceId
    readonly jobId: JobId
    readonly after: number
    readonly limit: number
  },
): UnseenLocation[] {
  const rows = prepare(
    db,
    `SELECT l.id, l.image_id, l.locator, l.path, s.root FROM image_location l JOIN source s ON s.id = l.source_id
     WHERE l.source_id = ? AND l.id > ? AND l.path IS NOT NULL AND coalesce(l.seen_job_id, 0) <> ?
     ORDER BY l.id LIMIT ?`,
  ).all(args.sourceId, args.after, args.jobId, args.limit) as {
    id: number
    image_id: ImageId
    locator: string
    path: string
    root: string
  }[]
  return rows.map((row) => ({
    id: row.id,
    imageId: row.image_id,
    locator: row.locator,
    path: join(row.root, row.path),
  }))
}

/** Marks images as missing whose only file is gone; their texts stay. Answers how many changed. */
export function markMissing(
  db: Database,
  args: { readonly imageIds: readonly ImageId[]; readonly message: string },
): number {
  let changed = 0
  const image = prepare(
    db,
    `UPDATE image SET problem_code = 'IMAGE_FILE_MISSING', problem_message = ?
     WHERE id = ? AND problem_code IS NOT 'IMAGE_FILE_MISSING'`,
  )
  const state = prepare(
    db,
    'UPDATE image_state SET problem = 1, updated_seq = ?, updated_at = ? WHERE image_id = ?',
  )
  for (const id of args.imageIds) {
    if (image.run(args.message, id).changes === 0) continue
    state.run(nextChange(db), Date.now(), id)
    changed += 1
  }
  return changed
}

export function finishSource(db: Database, args: { readonly sourceId: SourceId }): void {
  prepare(db, 'UPDATE source SET imported_at = ? WHERE id = ?').run(Date.now(), args.sourceId)
}

export function listSourceRoots(db: Database): string[] {
  return prepare(db, 'SELECT DISTINCT root FROM source').pluck().all() as string[]
}
