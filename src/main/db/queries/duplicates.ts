import type { Database } from 'better-sqlite3'
import type { DuplicateRun } from '../../../shared/contract/duplicates.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { PackRef } from '../../../shared/domain/pack.ts'
import { STATUSES, type Status } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { nextChange } from './change-counter.ts'
import { getState } from './image-change.ts'
import { statusAt } from './image-snapshot.ts'

/** Members of one group that are read at a time; the others come up once these are dealt with. */
const MAX_MEMBERS = 60
const DISCARDED = STATUSES.indexOf('discarded')

/** The run whose groups count, as SQL. */
export const LAST_DUPLICATE_RUN = '(SELECT max(id) FROM duplicate_run WHERE ended_at IS NOT NULL)'
/** Images in a group of that run, as a SELECT of their ids. */
export const IMAGES_IN_GROUPS = `SELECT image_id FROM duplicate_member WHERE run_id = ${LAST_DUPLICATE_RUN}`

export interface HashedImage {
  readonly id: ImageId
  readonly contentHash: string
  readonly perceptualHash: string | null
}

export interface GroupMember {
  readonly group: number
  readonly imageId: ImageId
  readonly hashDistance: number | null
  readonly cosine: number | null
  readonly sharpness: number | null
}

/** Readable images after an id, in id order. */
export function listPerceptualHashes(
  db: Database,
  args: { readonly after: number; readonly limit: number },
): HashedImage[] {
  return prepare(
    db,
    `SELECT id, content_hash AS contentHash, perceptual_hash AS perceptualHash FROM image
     WHERE id > ? AND content_hash IS NOT NULL AND problem_code IS NULL ORDER BY id LIMIT ?`,
  ).all(args.after, args.limit) as HashedImage[]
}

export function startDuplicateRun(
  db: Database,
  args: {
    readonly hashDistance: number
    readonly cosine: number | null
    readonly pack: PackRef | null
    readonly imageCount: number
    readonly vectorCount: number
    readonly now: number
  },
): number {
  const { pack } = args
  // What a look that was killed left behind.
  prepare(db, 'DELETE FROM duplicate_run WHERE ended_at IS NULL').run()
  const made = prepare(
    db,
    `INSERT INTO duplicate_run
       (hash_distance, cosine, pack_id, pack_revision, image_count, vector_count, started_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    args.hashDistance,
    args.cosine,
    pack?.id ?? null,
    pack?.revision ?? null,
    args.imageCount,
    args.vectorCount,
    args.now,
  )
  return Number(made.lastInsertRowid)
}

export function storeDuplicates(
  db: Database,
  args: { readonly runId: number; readonly members: readonly GroupMember[] },
): void {
  const insert = prepare(
    db,
    `INSERT INTO duplicate_member (run_id, group_number, image_id, hash_distance, cosine, sharpness)
     VALUES (?, ?, ?, ?, ?, ?)`,
  )
  for (const { group, imageId, hashDistance, cosine, sharpness } of args.members) {
    insert.run(args.runId, group, imageId, hashDistance, cosine, sharpness)
  }
}

/** From now on this run's groups count, and those of the one before are gone. */
export function endDuplicateRun(
  db: Database,
  args: { readonly runId: number; readonly now: number },
): void {
  prepare(db, 'UPDATE duplicate_run SET ended_at = ? WHERE id = ?').run(args.now, args.runId)
  prepare(db, 'DELETE FROM duplicate_run WHERE id < ?').run(args.runId)
  // Listings of dup:near are made anew.
  nextChange(db)
}

export function findDuplicateRun(db: Database): DuplicateRun | null {
  const row = prepare(db, `SELECT * FROM duplicate_run WHERE id = ${LAST_DUPLICATE_RUN}`).get() as
    | {
        id: number
        hash_distance: number
        cosine: number | null
        pack_id: string | null
        pack_revision: string | null
        image_count: number
        vector_count: number
        ended_at: number
      }
    | undefined
  if (row === undefined) return null
  return {
    id: row.id,
    hashDistance: row.hash_distance,
    cosine: row.cosine,
    pack:
      row.pack_id === null || row.pack_revision === null
        ? null
        : { id: row.pack_id, revision: row.pack_revision },
    imageCount: row.image_count,
    vectorCount: row.vector_count,
    endedAt: row.ended_at,
  }
}

export interface StoredMember {
  readonly id: ImageId
  readonly name: string
  readonly hash: string
  readonly width: number | null
  readonly height: number | null
  readonly sizeBytes: number | null
  readonly status: Status
  readonly altCount: number
  readonly textLength: number
  readonly sharpness: number | null
  readonly hashDistance: number | null
  readonly cosine: number | null
}

export interface StoredGroup {
  readonly number: number
  readonly size: number
  readonly members: readonly StoredMember[]
}

/** Groups of which at least two images are not discarded; of those images the first few. */
export function listDuplicateGroups(
  db: Database,
  args: { readonly position: number; readonly limit: number },
): { readonly total: number; readonly groups: readonly StoredGroup[] } {
  const open = `SELECT m.group_number AS number, count(*) AS size
    FROM duplicate_member m JOIN image_state s ON s.image_id = m.image_id
    WHERE m.run_id = ${LAST_DUPLICATE_RUN} AND s.status <> ${DISCARDED}
    GROUP BY m.group_number HAVING count(*) >= 2`
  const total = prepare(db, `SELECT count(*) FROM (${open})`).pluck().get() as number
  const page = prepare(db, `${open} ORDER BY m.group_number LIMIT ? OFFSET ?`).all(
    args.limit,
    args.position,
  ) as { number: number; size: number }[]
  const groups = page.map((group) => ({ ...group, members: listMembers(db, group.number) }))
  return { total, groups }
}

function listMembers(db: Database, group: number): readonly StoredMember[] {
  const rows = prepare(
    db,
    `SELECT m.image_id AS id, s.name, coalesce(i.content_hash, '') AS hash, i.width, i.height,
       i.size_bytes AS sizeBytes, s.status, s.alt_count AS altCount,
       s.text_length + (SELECT coalesce(sum(length(text)), 0) FROM alt_text WHERE image_id = m.image_id) AS textLength,
       m.sharpness, m.hash_distance AS hashDistance, m.cosine
     FROM duplicate_member m
     JOIN image_state s ON s.image_id = m.image_id
     JOIN image i ON i.id = m.image_id
     WHERE m.run_id = ${LAST_DUPLICATE_RUN} AND m.group_number = ? AND s.status <> ${DISCARDED}
     ORDER BY m.image_id LIMIT ${MAX_MEMBERS}`,
  ).all(group) as (Omit<StoredMember, 'status'> & { status: number })[]
  return rows.map((row) => ({ ...row, status: statusAt(row.status) }))
}

/**
 * Adds the alt-texts of other images to one, as they are: with their origin and the source they came from. Answers how
 * many it had not. Alt-texts are never taken away, so this has no undo. Throws IMAGE_NOT_FOUND.
 */
export function mergeAltTexts(
  db: Database,
  args: { readonly toId: ImageId; readonly fromIds: readonly ImageId[]; readonly now: number },
): number {
  const { toId, now } = args
  getState(db, toId)
  const insert = prepare(
    db,
    `INSERT INTO alt_text (image_id, source_id, origin, text, text_utf16, created_at)
     SELECT ?, a.source_id, a.origin, a.text, a.text_utf16, ? FROM alt_text a
     WHERE a.image_id = ? AND NOT EXISTS (
       SELECT 1 FROM alt_text k WHERE k.image_id = ? AND k.origin = a.origin AND k.text = a.text
         AND k.text_utf16 IS a.text_utf16)
     GROUP BY a.origin, a.text, a.text_utf16 ORDER BY min(a.id)`,
  )
  let added = 0
  for (const fromId of args.fromIds) {
    if (fromId !== toId) added += insert.run(toId, now, fromId, toId).changes
  }
  if (added > 0) {
    prepare(
      db,
      'UPDATE image_state SET alt_count = alt_count + ?, updated_seq = ?, updated_at = ? WHERE image_id = ?',
    ).run(added, nextChange(db), now, toId)
  }
  return added
}
