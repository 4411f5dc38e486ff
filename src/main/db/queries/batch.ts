import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { fitsStatus } from '../../../shared/domain/status-fit.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { getState } from './image-change.ts'
import {
  addTag,
  findState,
  removeTag,
  takeSnapshot,
  writeState,
  type ImageSnapshot,
} from './image-snapshot.ts'
import { recordBatch } from './journal-record.ts'
import { addStatusReview } from './review-rows.ts'

export type BatchChange =
  | { readonly kind: 'status'; readonly status: Status }
  | { readonly kind: 'tag'; readonly tag: string; readonly on: boolean }

/** Starts a batch, which many transactions may fill; it reverts as one. */
export function startBatch(
  db: Database,
  args: { readonly change: BatchChange; readonly personId: PersonId },
): number {
  const label = describe(args.change)
  const made = prepare(
    db,
    'INSERT INTO batch (kind, label, person_id, created_at) VALUES (?, ?, ?, ?)',
  ).run(args.change.kind, label, args.personId, Date.now())
  const batchId = Number(made.lastInsertRowid)
  recordBatch(db, { kind: `batch.${args.change.kind}`, label, batchId, personId: args.personId })
  return batchId
}

/**
 * Applies a batch's change to some of its images; answers those that it changed. A status that would say of an image
 * what is not so leaves that image as it is.
 */
export function applyBatch(
  db: Database,
  args: {
    readonly batchId: number
    readonly change: BatchChange
    readonly personId: PersonId
    readonly imageIds: readonly ImageId[]
  },
): ImageId[] {
  const insert = prepare(
    db,
    'INSERT INTO batch_item (batch_id, image_id, before, after) VALUES (?, ?, ?, ?)',
  )
  const changed: ImageId[] = []
  for (const imageId of args.imageIds) {
    const state = findState(db, imageId)
    if (state === null) continue
    const before = takeSnapshot(db, { imageId, personId: args.personId, state })
    const after = next(before, args.change)
    if (after === null) continue
    if (args.change.kind === 'tag') {
      if (args.change.on) addTag(db, imageId, args.change.tag)
      else removeTag(db, imageId, args.change.tag)
    }
    writeState(db, {
      imageId,
      status: after.status,
      round: after.round,
      headRevisionId: after.headRevisionId,
    })
    if (args.change.kind === 'status') {
      const { personId, change } = args
      addStatusReview(db, { imageId, personId, state, status: change.status })
    }
    const done = takeSnapshot(db, { ...args, imageId, state: getState(db, imageId) })
    insert.run(
      args.batchId,
      imageId,
      JSON.stringify({ ...before, draft: null }),
      JSON.stringify({ ...done, draft: null }),
    )
    changed.push(imageId)
  }
  return changed
}

function next(before: ImageSnapshot, change: BatchChange): ImageSnapshot | null {
  switch (change.kind) {
    case 'status':
      return before.status === change.status || !fits(before, change.status)
        ? null
        : { ...before, status: change.status }
    case 'tag': {
      const has = before.tags.some((tag) => tag.toLowerCase() === change.tag.toLowerCase())
      return has === change.on ? null : before
    }
  }
}

function fits(before: ImageSnapshot, status: Status): boolean {
  const hasCaption = before.headRevisionId !== null
  return fitsStatus(status, { hasCaption, hasDraft: before.draft !== null })
}

function describe(change: BatchChange): string {
  switch (change.kind) {
    case 'status':
      return `Set status ${change.status}`
    case 'tag':
      return change.on ? `Add tag ${change.tag}` : `Remove tag ${change.tag}`
  }
}
