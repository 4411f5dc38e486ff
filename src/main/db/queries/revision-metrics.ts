import type { Database } from 'better-sqlite3'
import type { Override } from '../../../shared/contract/judgements.ts'
import { findAnchor, type AltOrigin } from '../../../shared/domain/alt-origin.ts'
import { FATES, type Fate } from '../../../shared/domain/fate.ts'
import type { AltTextId, ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { listOverrides } from './judgements-answers.ts'
import { findStartText } from './start-text.ts'

/** A caption that no metrics are known of, with what they compare it with. */
export interface UnmeasuredRevision {
  readonly revisionId: RevisionId
  readonly imageId: ImageId
  readonly round: number
  readonly text: string
  /** What the round began with: the caption of an earlier round, else the anchor. */
  readonly before: string
  /** The alt-text that round 1 started from; null where the image came without one. */
  readonly anchor: { readonly id: AltTextId; readonly text: string } | null
  /** Why words of the anchor were given up. */
  readonly reasons: readonly (Override & { readonly kind: 'fate' })[]
  /** Share of words that differ from `before`, where it was counted when the caption was written. */
  readonly edit: number | null
}

export interface RevisionMetrics {
  readonly revisionId: RevisionId
  /** Of the program that measured; all older ones are measured anew, see `requeueMeasuredRevisions`. */
  readonly algorithmVersion: number
  readonly entityRecall: number | null
  readonly specificityLoss: number | null
  readonly copyRate: number | null
  readonly edit: number | null
  /** How many units of the anchor came to which fate. */
  readonly fates?: Readonly<Partial<Record<Fate, number>>>
}

interface UnmeasuredRow {
  readonly id: RevisionId
  readonly image_id: ImageId
  readonly parent_id: RevisionId | null
  readonly round: number
  readonly text: string
  readonly text_utf16: Buffer | null
  readonly edit_share: number | null
}

/** The oldest captions that wait to be measured: the last one of each image in each round. */
export function listUnmeasuredRevisions(
  db: Database,
  args: { readonly limit: number },
): UnmeasuredRevision[] {
  const rows = prepare(
    db,
    `SELECT r.id, r.image_id, r.parent_id, r.round, r.text, r.text_utf16, r.edit_share
     FROM revision_unmeasured u JOIN revision r ON r.id = u.revision_id ORDER BY u.revision_id LIMIT ?`,
  ).all(args.limit) as UnmeasuredRow[]
  return rows.map((row) => {
    const anchor = findAnchor(listAltTexts(db, row.image_id)) ?? null
    return {
      revisionId: row.id,
      imageId: row.image_id,
      round: row.round,
      text: fromTextColumns(row.text, row.text_utf16),
      before: findStartText(db, {
        ...{ imageId: row.image_id, headRevisionId: row.parent_id, round: row.round },
      }),
      anchor,
      reasons: listOverrides(db, { imageId: row.image_id }).flatMap((override) =>
        override.kind === 'fate' && override.altTextId === anchor?.id ? [override] : [],
      ),
      edit: row.edit_share,
    }
  })
}

function listAltTexts(db: Database, imageId: ImageId) {
  const rows = prepare(
    db,
    'SELECT id, origin, text, text_utf16 FROM alt_text WHERE image_id = ? ORDER BY id',
  ).all(imageId) as { id: AltTextId; origin: AltOrigin; text: string; text_utf16: Buffer | null }[]
  return rows.map(({ id, origin, text, text_utf16 }) => ({
    id,
    origin,
    text: fromTextColumns(text, text_utf16),
  }))
}

/** How many captions wait to be measured. */
export function countUnmeasuredRevisions(db: Database): number {
  return prepare(db, 'SELECT count(*) FROM revision_unmeasured').pluck().get() as number
}

/** Stores metrics; of an image's captions in one round, the one stored last counts. */
export function storeRevisionMetrics(
  db: Database,
  args: { readonly rows: readonly RevisionMetrics[] },
): void {
  const findPlace = prepare(db, 'SELECT image_id, round FROM revision WHERE id = ?')
  const remove = prepare(db, 'DELETE FROM revision_metric WHERE image_id = ? AND round = ?')
  const insert = prepare(
    db,
    `INSERT INTO revision_metric (revision_id, image_id, round, algorithm_version, entity_recall, specificity_loss,
       copy_rate, edit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  // Nobody waits for one that an undo took back while it was measured.
  const takeOff = prepare(db, 'DELETE FROM revision_unmeasured WHERE revision_id = ?')
  for (const row of args.rows) {
    if (takeOff.run(row.revisionId).changes === 0) continue
    const place = findPlace.get(row.revisionId) as { image_id: ImageId; round: number }
    remove.run(place.image_id, place.round)
    insert.run(
      row.revisionId,
      place.image_id,
      place.round,
      row.algorithmVersion,
      row.entityRecall,
      row.specificityLoss,
      row.copyRate,
      row.edit,
    )
    storeFates(db, row)
  }
  // Captions are asked for by their fates, which change nothing else that listings go by.
  prepare(db, "UPDATE counter SET value = value + 1 WHERE name = 'quality'").run()
}

function storeFates(db: Database, { revisionId, fates = {} }: RevisionMetrics): void {
  const insert = prepare(
    db,
    'INSERT INTO revision_fate (revision_id, fate, units) VALUES (?, ?, ?)',
  )
  for (const [code, fate] of FATES.entries()) {
    const units = fates[fate] ?? 0
    if (units > 0) insert.run(revisionId, code, units)
  }
}

/** Puts everything that another version measured back among what waits. Answers how many captions that are. */
export function requeueMeasuredRevisions(
  db: Database,
  args: { readonly algorithmVersion: number },
): number {
  return prepare(
    db,
    `INSERT OR IGNORE INTO revision_unmeasured
     SELECT revision_id FROM revision_metric WHERE algorithm_version < ? OR algorithm_version > ?`,
  ).run(args.algorithmVersion, args.algorithmVersion).changes
}
