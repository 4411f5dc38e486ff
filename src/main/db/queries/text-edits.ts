import type { Database } from 'better-sqlite3'
import type { TextEditPreview } from '../../../shared/contract/text-edits.ts'
import type { ImageId, JobId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { compileTextEdit, type TextEdit } from '../../../shared/domain/text-edit.ts'
import { AppError } from '../../../shared/errors.ts'
import { runWithin } from '../../base/time-limit.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { insertHumanRevision } from './human-revision.ts'
import { findState, statusAt, takeSnapshot, type ImageSnapshot } from './image-snapshot.ts'
import { recordBatch } from './journal-record.ts'

/** A caption as an edit would make it. */
export interface EditedCaption {
  readonly imageId: ImageId
  readonly baseRevisionId: RevisionId
  readonly text: string
}

/** Images of a selection that an edit does nothing to, by reason. */
interface LeftOut {
  readonly unchanged: number
  readonly withoutCaption: number
  readonly drafts: number
}

interface EditArgs {
  readonly imageIds: readonly ImageId[]
  readonly edit: TextEdit
}

interface CaptionRow {
  readonly image_id: ImageId
  readonly name: string
  readonly head_revision_id: RevisionId | null
  readonly text: string | null
  readonly text_utf16: Buffer | null
  readonly has_draft: number
}

/** What edits of the usual kind take is a hundredth of this; a pattern that needs more would need for ever. */
const LIMIT_MS = 1_000
const CHARACTERS_PER_MS = 1_000

/** Somebody has typed text, or took over a proposal and is about to. */
const HAS_DRAFT = `(EXISTS (SELECT 1 FROM autosave a WHERE a.image_id = s.image_id)
  OR EXISTS (SELECT 1 FROM draft_proposal d WHERE d.image_id = s.image_id))`

/**
 * What an edit would make of these captions. Only looks, so that the pattern runs on the thread that reads and never
 * delays a write. What the batch has edited before an interruption is left out without a word.
 */
export function planTextEdit(
  db: Database,
  args: EditArgs & { readonly batchId: number | null },
): LeftOut & { readonly captions: EditedCaption[] } {
  const done = prepare(db, 'SELECT 1 FROM batch_item WHERE batch_id = ? AND image_id = ?')
  const imageIds =
    args.batchId === null
      ? args.imageIds
      : args.imageIds.filter((imageId) => done.get(args.batchId, imageId) === undefined)
  const { edited, ...leftOut } = editCaptions(db, { ...args, imageIds })
  return {
    ...leftOut,
    captions: edited.map(({ imageId, baseRevisionId, after }) => {
      return { imageId, baseRevisionId, text: after }
    }),
  }
}

export function previewTextEdit(
  db: Database,
  args: EditArgs & { readonly limit: number },
): LeftOut & Pick<TextEditPreview, 'changed' | 'samples'> {
  const { edited, ...leftOut } = editCaptions(db, args)
  return {
    ...leftOut,
    changed: edited.length,
    samples: edited.slice(0, args.limit).map(({ imageId, name, before, after }) => {
      return { imageId, name, before, after }
    }),
  }
}

interface Edited {
  readonly imageId: ImageId
  readonly name: string
  readonly baseRevisionId: RevisionId
  readonly before: string
  readonly after: string
}

function editCaptions(db: Database, args: EditArgs): LeftOut & { readonly edited: Edited[] } {
  const select = prepare(
    db,
    `SELECT s.image_id, s.name, s.head_revision_id, r.text, r.text_utf16, ${HAS_DRAFT} AS has_draft
     FROM image_state s LEFT JOIN revision r ON r.id = s.head_revision_id WHERE s.image_id = ?`,
  )
  const captions: Omit<Edited, 'after'>[] = []
  let withoutCaption = 0
  let drafts = 0
  for (const imageId of args.imageIds) {
    const row = select.get(imageId) as CaptionRow | undefined
    if (row === undefined) continue
    if (row.has_draft === 1) drafts += 1
    else if (row.head_revision_id === null || row.text === null) withoutCaption += 1
    else {
      const before = fromTextColumns(row.text, row.text_utf16)
      captions.push({ imageId, name: row.name, baseRevisionId: row.head_revision_id, before })
    }
  }
  const edited = applyTo(captions, args.edit)
  return { edited, unchanged: captions.length - edited.length, withoutCaption, drafts }
}

function applyTo(captions: readonly Omit<Edited, 'after'>[], edit: TextEdit): Edited[] {
  const apply = compileTextEdit(edit)
  const characters = captions.reduce((sum, { before }) => sum + before.length, 0)
  const edited = runWithin(LIMIT_MS + characters / CHARACTERS_PER_MS, () =>
    captions
      .map((caption) => ({ ...caption, after: apply(caption.before) }))
      .filter(({ before, after }) => before !== after),
  )
  if (edited !== null) return edited.value
  throw new AppError(
    'INPUT_INVALID',
    'The pattern takes too long on these captions, as patterns with one repetition inside another do. Nothing was changed by this step. Make it simpler, for instance “a+” in place of “(a+)+”.',
  )
}

/** The batch that a job fills, and how many captions it edited so far; null before the first one. */
export function findJobBatch(
  db: Database,
  args: { readonly jobId: JobId },
): { readonly batchId: number; readonly changed: number } | null {
  const row = prepare(
    db,
    `SELECT id AS batchId, (SELECT count(*) FROM batch_item i WHERE i.batch_id = b.id) AS changed
     FROM batch b WHERE job_id = ?`,
  ).get(args.jobId) as { batchId: number; changed: number } | undefined
  return row ?? null
}

/**
 * Makes planned edits: a revision by the person for each caption that still is what it was, without anybody's open
 * draft. Status and round stay, because an edit of many is no pass over each. The first call makes the batch.
 */
export function applyTextEdit(
  db: Database,
  args: {
    readonly batchId: number | null
    readonly jobId: JobId | null
    readonly label: string
    readonly personId: PersonId
    readonly captions: readonly EditedCaption[]
  },
): { readonly batchId: number; readonly changed: ImageId[]; readonly drafts: number } {
  const batchId = args.batchId ?? startBatch(db, args)
  const hasDraft = prepare(
    db,
    `SELECT ${HAS_DRAFT} FROM image_state s WHERE s.image_id = ?`,
  ).pluck()
  const changed: ImageId[] = []
  let drafts = 0
  for (const caption of args.captions) {
    if (hasDraft.get(caption.imageId) === 1) drafts += 1
    else if (editCaption(db, { ...args, batchId, caption })) changed.push(caption.imageId)
  }
  return { batchId, changed, drafts }
}

function startBatch(
  db: Database,
  args: { readonly jobId: JobId | null; readonly label: string; readonly personId: PersonId },
): number {
  const made = prepare(
    db,
    "INSERT INTO batch (kind, label, person_id, job_id, created_at) VALUES ('text-edit', ?, ?, ?, ?)",
  ).run(args.label, args.personId, args.jobId, Date.now())
  const batchId = Number(made.lastInsertRowid)
  recordBatch(db, {
    kind: 'batch.text-edit',
    label: args.label,
    batchId,
    personId: args.personId,
  })
  return batchId
}

/** Answers false for a caption that somebody changed since it was looked at: it is left as it is. */
function editCaption(
  db: Database,
  args: {
    readonly batchId: number
    readonly label: string
    readonly personId: PersonId
    readonly caption: EditedCaption
  },
): boolean {
  const { imageId, baseRevisionId, text } = args.caption
  const state = findState(db, imageId)
  if (state?.head_revision_id !== baseRevisionId) return false
  const { taken: _, ...before } = takeSnapshot(db, { imageId, personId: args.personId, state })
  const headRevisionId = insertHumanRevision(db, {
    ...{ imageId, personId: args.personId, state, text, note: args.label },
    ...{ status: statusAt(state.status), round: state.round, batchId: args.batchId },
  })
  const after: ImageSnapshot = { ...before, headRevisionId }
  prepare(db, 'INSERT INTO batch_item (batch_id, image_id, before, after) VALUES (?, ?, ?, ?)').run(
    args.batchId,
    imageId,
    JSON.stringify(before),
    JSON.stringify(after),
  )
  return true
}
