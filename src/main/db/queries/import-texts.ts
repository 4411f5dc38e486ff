import type { Database } from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { toTextColumns } from '../text-column.ts'
import { importHistory } from './exchange.ts'
import { addTag, findState, statusAt, writeState, type StateRow } from './image-snapshot.ts'
import type { ImportContext, ImportItem } from './import-item.ts'
import { addImportedProposal } from './proposals-import.ts'

/** Alt-texts of an image that has none yet; answers how many. */
export function addFirstAltTexts(
  context: ImportContext,
  imageId: ImageId,
  item: ImportItem,
): number {
  const seen = new Set<string>()
  for (const alt of item.altTexts) {
    const key = `${alt.origin} ${alt.text}`
    if (seen.has(key)) continue
    seen.add(key)
    insertAltText(context, imageId, alt)
  }
  context.tally.altTexts += seen.size
  return seen.size
}

/** Alt-texts are immutable, so a changed one stands beside the old one. Answers how many are new. */
export function addAltTexts(context: ImportContext, imageId: ImageId, item: ImportItem): number {
  const { db } = context
  let added = 0
  for (const alt of item.altTexts) {
    const columns = toTextColumns(alt.text)
    const known = prepare(
      db,
      'SELECT 1 FROM alt_text WHERE image_id = ? AND origin = ? AND text = ? AND text_utf16 IS ?',
    ).get(imageId, alt.origin, columns.text, columns.utf16)
    if (known !== undefined) continue
    insertAltText(context, imageId, alt)
    added += 1
  }
  if (added === 0) return 0
  context.tally.altTexts += added
  prepare(
    db,
    'UPDATE image_state SET alt_count = alt_count + ?, updated_seq = ?, updated_at = ? WHERE image_id = ?',
  ).run(added, context.seq, context.now, imageId)
  return added
}

function insertAltText(
  { db, sourceId, now }: ImportContext,
  imageId: ImageId,
  alt: ImportItem['altTexts'][number],
): void {
  const columns = toTextColumns(alt.text)
  prepare(
    db,
    'INSERT INTO alt_text (image_id, source_id, origin, text, text_utf16, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(imageId, sourceId, alt.origin, columns.text, columns.utf16, alt.createdAt ?? now)
}

/** The caption, proposals, tags and history that come with an image; answers how many texts are new. */
export function addRevisions(context: ImportContext, imageId: ImageId, item: ImportItem): number {
  const { db, personId } = context
  let added = 0
  added += addImportedCaption(context, imageId, item)
  for (const { column, text } of item.proposals) {
    added += addImportedProposal(context, { imageId, item, column, text })
  }
  for (const tag of item.tags) addTag(db, imageId, tag)
  if (item.history !== null) {
    added += importHistory(db, { imageId, history: item.history, personId })
  }
  return added
}

/**
 * An imported caption becomes the head only while no person has had a hand in it: nobody wrote or is writing one, and
 * nobody decided about the one that an earlier import brought. Else it becomes a proposal.
 */
function addImportedCaption(context: ImportContext, imageId: ImageId, item: ImportItem): number {
  const { db, now, tally } = context
  if (item.caption === null) return 0
  const state = findState(db, imageId)
  if (state === null) return 0
  const columns = toTextColumns(item.caption)
  const known = prepare(
    db,
    "SELECT 1 FROM revision WHERE image_id = ? AND author_kind = 'import' AND text = ? AND text_utf16 IS ?",
  ).get(imageId, columns.text, columns.utf16)
  if (known !== undefined) return 0
  if (isInHands(db, imageId, state)) {
    return addImportedProposal(context, { imageId, item, column: 'Import', text: item.caption })
  }
  const made = prepare(
    db,
    `INSERT INTO revision (uid, image_id, parent_id, round, text, text_utf16, author_kind, author_name, created_at)
     VALUES (?, ?, ?, 0, ?, ?, 'import', 'Import', ?)`,
  ).run(uuid(), imageId, state.head_revision_id, columns.text, columns.utf16, now)
  writeState(db, {
    imageId,
    status: statusAt(state.status),
    round: 0,
    headRevisionId: Number(made.lastInsertRowid) as RevisionId,
  })
  tally.captions += 1
  return 1
}

function isInHands(db: Database, imageId: ImageId, state: StateRow): boolean {
  const draft = prepare(db, 'SELECT 1 FROM autosave WHERE image_id = ?').get(imageId)
  if (draft !== undefined || statusAt(state.status) !== 'todo') return true
  if (state.head_revision_id === null) return false
  const headKind = prepare(db, 'SELECT author_kind FROM revision WHERE id = ?')
    .pluck()
    .get(state.head_revision_id)
  return headKind === 'human'
}
