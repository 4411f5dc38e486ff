import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fromTextColumns } from '../../src/main/db/text-column.ts'
import type { ImageId, RevisionId } from '../../src/shared/domain/ids.ts'
import { STATUSES } from '../../src/shared/domain/status.ts'
import type { StoredImage } from './ledger.ts'

const NAME = 'project.realign'

/**
 * Opens a copy of a project that no process has open, with its write-ahead log: looking at it must neither repair
 * nor change what the next start will find. Null where there is no project file yet.
 */
export async function withProjectCopy<Value>(
  folder: string,
  scratch: string,
  look: (db: Database.Database) => Value,
): Promise<Value | null> {
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch, { recursive: true })
  if (!(await copyIfThere(join(folder, NAME), join(scratch, NAME)))) return null
  await copyIfThere(join(folder, `${NAME}-wal`), join(scratch, `${NAME}-wal`))
  const db = new Database(join(scratch, NAME))
  try {
    // Killed before the first migration was committed: there is a file, but no project in it.
    return db.pragma('user_version', { simple: true }) === 0 ? null : look(db)
  } finally {
    db.close()
  }
}

async function copyIfThere(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

interface StateRow {
  readonly image_id: ImageId
  readonly status: number
  readonly head_revision_id: RevisionId | null
  readonly journal_rows: number
}

interface TextRow {
  readonly image_id: ImageId
  readonly text: string
  readonly text_utf16: Buffer | null
}

/** Everything a person did to the images, as it is stored. */
export function readImages(db: Database.Database): ReadonlyMap<ImageId, StoredImage> {
  const drafts = new Map(
    (db.prepare('SELECT image_id, text, text_utf16 FROM autosave').all() as TextRow[]).map(
      (row) => [row.image_id, fromTextColumns(row.text, row.text_utf16)],
    ),
  )
  const revisions = Map.groupBy(
    db
      .prepare('SELECT id, image_id, text, text_utf16 FROM revision ORDER BY id')
      .all() as (TextRow & { readonly id: RevisionId })[],
    (row) => row.image_id,
  )
  const tags = Map.groupBy(
    db
      .prepare('SELECT it.image_id, t.name FROM image_tag it JOIN tag t ON t.id = it.tag_id')
      .all() as { readonly image_id: ImageId; readonly name: string }[],
    (row) => row.image_id,
  )
  const states = db
    .prepare(
      `SELECT image_id, status, head_revision_id,
         -- What was typed before a change is a row of its own, and depends on when the drafts were saved.
         (SELECT count(*) FROM journal j LEFT JOIN journal c ON c.id = j.concerns
          WHERE j.image_id = s.image_id AND coalesce(c.kind, j.kind) <> 'align.type') AS journal_rows
       FROM image_state s`,
    )
    .all() as StateRow[]
  return new Map(
    states.map((row) => [
      row.image_id,
      {
        status: STATUSES[row.status] ?? 'todo',
        headRevisionId: row.head_revision_id,
        draft: drafts.get(row.image_id) ?? null,
        revisions: (revisions.get(row.image_id) ?? []).map((revision) => ({
          id: revision.id,
          text: fromTextColumns(revision.text, revision.text_utf16),
        })),
        journalRows: row.journal_rows,
        tags: new Set((tags.get(row.image_id) ?? []).map((tag) => tag.name)),
      },
    ]),
  )
}
