import { migrate } from '../../src/main/db/migrate.ts'
import type { ImageId, PersonId } from '../../src/shared/domain/ids.ts'
import { STATUSES, type Status } from '../../src/shared/domain/status.ts'

/** A connection, as the store's own functions take it. */
export type Store = Parameters<typeof migrate>[0]

export interface StoredImageSpec {
  readonly name?: string
  readonly status?: Status
  readonly round?: number
  readonly alts?: readonly string[]
  readonly origin?: string
  readonly caption?: string
  readonly authorKind?: 'human' | 'model' | 'import'
  readonly authorName?: string
  readonly draft?: string
  readonly tags?: readonly string[]
  readonly width?: number
  readonly height?: number
  readonly sizeBytes?: number
  readonly format?: string
  readonly isAnimated?: boolean
  readonly hash?: string
  readonly perceptualHash?: string
  readonly uid?: string
  readonly problem?: 'missing' | 'broken'
  readonly updatedAt?: number
  readonly createdAt?: number
}

export const TEST_PERSON = 1 as PersonId

/** Makes an empty project in the connection, with one person and one source at `photos/web`. */
export function prepareStore(db: Store): void {
  migrate(db)
  db.exec(`
    INSERT INTO person (id, uid, name, created_at) VALUES (1, 'person', 'Ann', 0);
    INSERT INTO source (id, uid, format, path, root, map, created_at) VALUES (1, 'source', 'folder', 'photos/web', 'photos/web', '{}', 0);
  `)
}

/** Inserts images straight into the tables; the first one of an empty project has id 1. */
export function addImages(db: Store, specs: readonly StoredImageSpec[]): ImageId[] {
  return db.transaction(() => specs.map((spec) => addImage(db, spec)))()
}

function addImage(db: Store, spec: StoredImageSpec): ImageId {
  const next = db.prepare('SELECT count(*) + 1 FROM image').pluck().get() as number
  const made = db
    .prepare(
      `INSERT INTO image (uid, content_hash, format, width, height, is_animated, size_bytes, perceptual_hash,
         problem_code, problem_message, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      spec.uid ?? `00${next.toString(16).padStart(6, '0')}`,
      spec.hash ?? null,
      spec.format ?? 'jpeg',
      spec.width ?? null,
      spec.height ?? null,
      Number(spec.isAnimated ?? false),
      spec.sizeBytes ?? null,
      spec.perceptualHash ?? null,
      spec.problem === undefined ? null : spec.problem.toUpperCase(),
      spec.problem ?? null,
      spec.createdAt ?? 0,
    )
  const id = Number(made.lastInsertRowid) as ImageId
  db.prepare('INSERT INTO image_location (image_id, source_id, locator) VALUES (?, 1, ?)').run(
    id,
    String(id),
  )
  addTexts(db, id, spec)
  addState(db, id, spec)
  return id
}

function addTexts(db: Store, id: ImageId, spec: StoredImageSpec): void {
  for (const alt of spec.alts ?? []) {
    db.prepare(
      'INSERT INTO alt_text (image_id, source_id, origin, text, created_at) VALUES (?, 1, ?, ?, 0)',
    ).run(id, spec.origin ?? 'alt', alt)
  }
  for (const tag of spec.tags ?? []) {
    db.prepare('INSERT OR IGNORE INTO tag (name) VALUES (?)').run(tag)
    db.prepare('INSERT INTO image_tag (image_id, tag_id) SELECT ?, id FROM tag WHERE name = ?').run(
      id,
      tag,
    )
  }
  if (spec.draft !== undefined) {
    db.prepare(
      'INSERT INTO autosave (image_id, person_id, text, saved_at) VALUES (?, 1, ?, 0)',
    ).run(id, spec.draft)
  }
  if (spec.caption === undefined) return
  db.prepare('INSERT INTO caption (image_id, text) VALUES (?, ?)').run(id, spec.caption)
  db.prepare(
    `INSERT INTO revision (uid, image_id, round, text, author_kind, author_name, created_at)
     VALUES (?, ?, 1, ?, ?, ?, 0)`,
  ).run(`revision-${id}`, id, spec.caption, spec.authorKind ?? 'human', spec.authorName ?? 'Ann')
}

function addState(db: Store, id: ImageId, spec: StoredImageSpec): void {
  const change = db
    .prepare("UPDATE counter SET value = value + 1 WHERE name = 'change' RETURNING value")
    .pluck()
    .get()
  const head = db.prepare('SELECT max(id) FROM revision WHERE image_id = ?').pluck().get(id)
  db.prepare(
    `INSERT INTO image_state (image_id, status, round, head_revision_id, name, pixels, text_length, alt_count,
       revision_count, draft_count, problem, updated_seq, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    STATUSES.indexOf(spec.status ?? 'todo'),
    spec.round ?? 0,
    head,
    spec.name ?? `image-${id}.jpg`,
    (spec.width ?? 0) * (spec.height ?? 0),
    spec.caption?.length ?? 0,
    spec.alts?.length ?? 0,
    spec.caption === undefined ? 0 : 1,
    spec.draft === undefined ? 0 : 1,
    { missing: 1, broken: 2, none: 0 }[spec.problem ?? 'none'],
    change,
    spec.updatedAt ?? 0,
  )
}
