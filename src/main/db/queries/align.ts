import type { Database } from 'better-sqlite3'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { AlignImage } from '../../../shared/contract/align.ts'
import { findAnchor, type AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { AltTextId, ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns, toTextColumns } from '../text-column.ts'
import {
  findDraft,
  findState,
  listTags,
  statusAt,
  takeSnapshot,
  writeDraft,
  writeState,
  type StateRow,
} from './image-snapshot.ts'
import { recordChange } from './journal.ts'

interface ImageRow {
  readonly uid: string
  readonly content_hash: string | null
  readonly width: number | null
  readonly height: number | null
  readonly format: string | null
  readonly size_bytes: number | null
  readonly is_animated: number
  readonly problem_code: string | null
  readonly problem_message: string | null
  readonly name: string
}

interface RevisionRow {
  readonly id: RevisionId
  readonly parent_id: RevisionId | null
  readonly round: number
  readonly text: string
  readonly text_utf16: Buffer | null
  readonly author_kind: 'human' | 'model' | 'import'
  readonly author_name: string
  readonly note: string
  readonly created_at: number
}

interface WriteArgs {
  readonly imageId: ImageId
  readonly baseRevisionId: RevisionId | null
  readonly personId: PersonId
}

/** The round that work of today belongs to: the newest one. */
function currentRound(db: Database): number {
  return prepare(db, 'SELECT max(number) FROM round').pluck().get() as number
}

/** Everything the Align screen shows of one image; throws IMAGE_NOT_FOUND. */
export function getAlignImage(
  db: Database,
  args: { readonly imageId: ImageId; readonly personId: PersonId },
): AlignImage {
  const state = getState(db, args.imageId)
  const image = prepare(
    db,
    `SELECT i.uid, i.content_hash, i.width, i.height, i.format, i.size_bytes, i.is_animated, i.problem_code,
       i.problem_message, s.name
     FROM image i JOIN image_state s ON s.image_id = i.id WHERE i.id = ?`,
  ).get(args.imageId) as ImageRow
  const altTexts = listAltTexts(db, args.imageId)
  const revisions = listRevisions(db, args.imageId, state.head_revision_id)
  const draft = findDraft(db, args.imageId, args.personId)
  const head = revisions.find((revision) => revision.id === state.head_revision_id)
  return {
    id: args.imageId,
    uid: image.uid,
    name: image.name,
    hash: image.content_hash ?? '',
    width: image.width,
    height: image.height,
    format: image.format,
    sizeBytes: image.size_bytes,
    isAnimated: image.is_animated === 1,
    status: statusAt(state.status),
    round: currentRound(db),
    problem:
      image.problem_code === null
        ? null
        : { code: image.problem_code, message: image.problem_message ?? '' },
    locations: listLocations(db, args.imageId),
    tags: listTags(db, args.imageId),
    altTexts,
    revisions,
    headRevisionId: state.head_revision_id,
    draft,
    startText: draft?.text ?? head?.text ?? findAnchor(altTexts)?.text ?? '',
  }
}

function getState(db: Database, imageId: ImageId): StateRow {
  const state = findState(db, imageId)
  if (state === null) {
    throw new AppError(
      'IMAGE_NOT_FOUND',
      `This project has no image ${imageId}. Go back to the library.`,
    )
  }
  return state
}

function listAltTexts(db: Database, imageId: ImageId): AlignImage['altTexts'] {
  const rows = prepare(
    db,
    `SELECT a.id, a.origin, a.text, a.text_utf16, s.format FROM alt_text a JOIN source s ON s.id = a.source_id
     WHERE a.image_id = ? ORDER BY a.id`,
  ).all(imageId) as {
    id: AltTextId
    origin: AltOrigin
    text: string
    text_utf16: Buffer | null
    format: string
  }[]
  return rows.map((row) => ({
    id: row.id,
    origin: row.origin,
    text: fromTextColumns(row.text, row.text_utf16),
    source: row.format,
  }))
}

function listLocations(db: Database, imageId: ImageId): AlignImage['locations'] {
  const rows = prepare(
    db,
    `SELECT s.format, s.root, l.path, l.url, l.locator FROM image_location l JOIN source s ON s.id = l.source_id
     WHERE l.image_id = ? ORDER BY l.id LIMIT 20`,
  ).all(imageId) as {
    format: string
    root: string
    path: string | null
    url: string | null
    locator: string
  }[]
  return rows.map((row) => ({
    source: row.format,
    path: row.path === null ? (row.url ?? row.locator) : join(row.root, row.path),
  }))
}

/** Revisions that an undo took back are those that the head no longer descends from. */
function listRevisions(
  db: Database,
  imageId: ImageId,
  headId: RevisionId | null,
): AlignImage['revisions'] {
  const rows = prepare(
    db,
    `SELECT id, parent_id, round, text, text_utf16, author_kind, author_name, note, created_at
     FROM revision WHERE image_id = ? ORDER BY id`,
  ).all(imageId) as RevisionRow[]
  const parents = new Map(rows.map((row) => [row.id, row.parent_id]))
  const standing = new Set<RevisionId>()
  for (let id = headId; id !== null && !standing.has(id); id = parents.get(id) ?? null) {
    standing.add(id)
  }
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    round: row.round,
    text: fromTextColumns(row.text, row.text_utf16),
    author: { kind: row.author_kind, name: row.author_name },
    note: row.note,
    createdAt: row.created_at,
    isWithdrawn: !standing.has(row.id),
  }))
}

/**
 * Every write names the head it was made from. Throws REVISION_CONFLICT with the newer text when somebody else
 * was faster, so that nothing is overwritten unseen.
 */
function getStateAtBase(db: Database, args: WriteArgs): StateRow {
  const state = getState(db, args.imageId)
  if (state.head_revision_id === args.baseRevisionId) return state
  const head =
    state.head_revision_id === null
      ? undefined
      : (prepare(db, 'SELECT text, text_utf16, author_name FROM revision WHERE id = ?').get(
          state.head_revision_id,
        ) as { text: string; text_utf16: Buffer | null; author_name: string } | undefined)
  throw new AppError(
    'REVISION_CONFLICT',
    head === undefined
      ? 'The caption that this text was made from was taken back meanwhile. Your text is not lost: compare and choose.'
      : `${head.author_name} changed this caption after you opened it. Your text is not lost: compare both and choose.`,
    {
      data: {
        headRevisionId: state.head_revision_id,
        headText: head === undefined ? '' : fromTextColumns(head.text, head.text_utf16),
        authorName: head?.author_name ?? '',
      },
    },
  )
}

/** Makes the open text durable; a first draft moves the image from todo to draft. */
export function saveDraft(
  db: Database,
  args: WriteArgs & { readonly text: string },
): { readonly savedAt: number; readonly isStructural: boolean } {
  const state = getStateAtBase(db, args)
  const hadDraft = findDraft(db, args.imageId, args.personId) !== null
  writeDraft(db, {
    imageId: args.imageId,
    personId: args.personId,
    draft: { text: args.text, baseRevisionId: args.baseRevisionId },
  })
  const status = statusAt(state.status)
  const isStructural = status === 'todo' || !hadDraft
  // Only a first draft moves a listing; rewriting the state at each pause would make every listing stale.
  if (isStructural) {
    writeState(db, {
      imageId: args.imageId,
      status: status === 'todo' ? 'draft' : status,
      round: state.round,
      headRevisionId: state.head_revision_id,
    })
  }
  return { savedAt: Date.now(), isStructural }
}

export function discardDraft(db: Database, args: WriteArgs): void {
  const state = getStateAtBase(db, args)
  change(db, { ...args, state, kind: 'align.discardDraft', label: 'Discard draft' }, () => {
    writeDraft(db, { imageId: args.imageId, personId: args.personId, draft: null })
    writeState(db, {
      imageId: args.imageId,
      status: statusAt(state.status) === 'draft' ? 'todo' : statusAt(state.status),
      round: state.round,
      headRevisionId: state.head_revision_id,
    })
  })
}

/** Turns the text into the next revision of the round, drops the draft, and moves the head, all at once. */
export function submitRevision(
  db: Database,
  args: WriteArgs & { readonly text: string; readonly note: string },
): RevisionId {
  const state = getStateAtBase(db, args)
  return appendHumanRevision(db, {
    ...args,
    state,
    status: 'submitted',
    kind: 'align.submit',
    label: 'Submit round',
  })
}

export function restoreRevision(
  db: Database,
  args: WriteArgs & { readonly revisionId: RevisionId },
): RevisionId {
  const state = getStateAtBase(db, args)
  const old = prepare(
    db,
    'SELECT text, text_utf16, round FROM revision WHERE id = ? AND image_id = ?',
  ).get(args.revisionId, args.imageId) as
    { text: string; text_utf16: Buffer | null; round: number } | undefined
  if (old === undefined) {
    throw new AppError(
      'REVISION_NOT_FOUND',
      `This image has no revision ${args.revisionId}. Reload the image.`,
    )
  }
  return appendHumanRevision(db, {
    ...args,
    state,
    text: fromTextColumns(old.text, old.text_utf16),
    note: `Restored from round ${old.round}`,
    status: statusAt(state.status) === 'todo' ? 'draft' : statusAt(state.status),
    kind: 'align.restore',
    label: 'Restore revision',
  })
}

function appendHumanRevision(
  db: Database,
  args: WriteArgs & {
    readonly state: StateRow
    readonly text: string
    readonly note: string
    readonly status: Status
    readonly kind: string
    readonly label: string
  },
): RevisionId {
  const round = currentRound(db)
  return change(db, args, () => {
    const columns = toTextColumns(args.text)
    const name = prepare(db, 'SELECT name FROM person WHERE id = ?').pluck().get(args.personId)
    const made = prepare(
      db,
      `INSERT INTO revision (uid, image_id, parent_id, round, text, text_utf16, author_kind, author_name, person_id,
         note, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'human', ?, ?, ?, ?)`,
    ).run(
      uuid(),
      args.imageId,
      args.state.head_revision_id,
      round,
      columns.text,
      columns.utf16,
      name,
      args.personId,
      args.note,
      Date.now(),
    )
    const revisionId = Number(made.lastInsertRowid) as RevisionId
    writeDraft(db, { imageId: args.imageId, personId: args.personId, draft: null })
    writeState(db, {
      imageId: args.imageId,
      status: args.status,
      round,
      headRevisionId: revisionId,
    })
    return revisionId
  })
}

export function setImageStatus(db: Database, args: WriteArgs & { readonly status: Status }): void {
  const state = getStateAtBase(db, args)
  if (statusAt(state.status) === args.status) return
  change(db, { ...args, state, kind: 'align.setStatus', label: `Set status ${args.status}` }, () =>
    writeState(db, {
      imageId: args.imageId,
      status: args.status,
      round: state.round,
      headRevisionId: state.head_revision_id,
    }),
  )
}

function change<Value>(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly state: StateRow
    readonly kind: string
    readonly label: string
  },
  apply: () => Value,
): Value {
  const before = takeSnapshot(db, args)
  const value = apply()
  const after = takeSnapshot(db, { ...args, state: getState(db, args.imageId) })
  recordChange(db, { ...args, before, after })
  return value
}
