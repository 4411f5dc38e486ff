import type { Database } from 'better-sqlite3'
import { join } from 'node:path'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { joinPictureAddress } from '../../base/picture-address.ts'
import { prepare } from '../statements.ts'

export interface StoredPicture {
  readonly id: ImageId
  /** Address of the first location that has one (`base/picture-address.ts`); null when the image lies nowhere. */
  readonly path: string | null
  /** Content hash, or '' while the file has none. */
  readonly hash: string
  readonly format: string | null
  readonly width: number | null
  readonly height: number | null
  readonly problem: { readonly code: string; readonly message: string } | null
  /** Size and time of the file when it was imported. */
  readonly stats: { readonly sizeBytes: number; readonly mtimeMs: number } | null
}

interface PictureRow {
  readonly id: ImageId
  readonly root: string | null
  readonly path: string | null
  readonly part: string | null
  readonly content_hash: string | null
  readonly format: string | null
  readonly width: number | null
  readonly height: number | null
  readonly problem_code: string | null
  readonly problem_message: string | null
  readonly size_bytes: number | null
  readonly mtime_ms: number | null
}

const SELECT = `
  SELECT i.id, s.root, l.path, l.part, i.content_hash, i.format, i.width, i.height, i.problem_code, i.problem_message,
    l.size_bytes, l.mtime_ms
  FROM image i
  LEFT JOIN image_location l ON l.id = (
    SELECT id FROM image_location WHERE image_id = i.id AND path IS NOT NULL ORDER BY seen_job_id DESC, id LIMIT 1
  )
  LEFT JOIN source s ON s.id = l.source_id`

export function findPicture(db: Database, args: { readonly id: ImageId }): StoredPicture | null {
  const row = prepare(db, `${SELECT} WHERE i.id = ?`).get(args.id) as PictureRow | undefined
  return row === undefined ? null : toPicture(row)
}

/**
 * Readable pictures after an id, in id order: the work list of background thumbnails. `where` is SQL about the row `i` of
 * image that they must fulfil too.
 */
export function listPictures(
  db: Database,
  args: { readonly after: number; readonly limit: number; readonly where?: string },
): StoredPicture[] {
  const rows = prepare(
    db,
    `${SELECT} WHERE i.id > ? AND i.content_hash IS NOT NULL AND i.problem_code IS NULL AND ${args.where ?? 'TRUE'}
     ORDER BY i.id LIMIT ?`,
  ).all(args.after, args.limit) as PictureRow[]
  return rows.map(toPicture)
}

function toPicture(row: PictureRow): StoredPicture {
  return {
    id: row.id,
    path:
      row.path === null || row.root === null
        ? null
        : joinPictureAddress(join(row.root, row.path), row.part),
    hash: row.content_hash ?? '',
    format: row.format,
    width: row.width,
    height: row.height,
    problem:
      row.problem_code === null
        ? null
        : { code: row.problem_code, message: row.problem_message ?? '' },
    stats:
      row.size_bytes === null || row.mtime_ms === null
        ? null
        : { sizeBytes: row.size_bytes, mtimeMs: row.mtime_ms },
  }
}
