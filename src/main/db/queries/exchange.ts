import type { Database } from 'better-sqlite3'
import type { AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { toTextColumns } from '../text-column.ts'
import { importReviews, type StoredReview } from './review-rows.ts'
import { importPlace, type StoredOrigin } from './rounds-exchange.ts'
import { addTag, findState, statusAt, writeDraft, writeState } from './image-snapshot.ts'
import { importAnswers, type StoredAnswer } from './judgements-exchange.ts'
import { importProposals, type StoredProposal } from './proposals-exchange.ts'

/** What the exchange form knows of an image beyond its picture and alt-texts. */
export interface ExchangeHistory {
  readonly uid: string
  readonly status: Status
  readonly round: number
  readonly workRound: number | null
  readonly cameFrom: StoredOrigin | null
  readonly tags: readonly string[]
  readonly headRevision: string | null
  readonly revisions: readonly {
    readonly uid: string
    readonly parent: string | null
    readonly round: number
    readonly text: string
    readonly authorKind: 'human' | 'model' | 'import'
    readonly author: string
    readonly note: string
    readonly createdAt: number
    /** Uids of the proposals that it took from. */
    readonly proposals: readonly string[]
    readonly guidelineVersion: number | null
    readonly editingMs: number | null
    readonly editShare: number | null
  }[]
  readonly reviews: readonly StoredReview[]
  readonly alts: readonly { readonly origin: AltOrigin; readonly text: string }[]
  readonly proposals: readonly StoredProposal[]
  readonly overrides: readonly StoredAnswer[]
  readonly draft: {
    readonly text: string
    readonly base: string | null
    readonly savedAt: number
  } | null
}

/**
 * Brings the history of an image in from the exchange form, right after its row was imported into this project.
 * Revisions are known by uid, so importing twice adds nothing twice. An image that has its own head here keeps it:
 * only unknown revisions join its timeline. Answers how many revisions and proposals were added.
 */
export function importHistory(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly history: ExchangeHistory
    readonly personId: PersonId
  },
): number {
  const { imageId, history } = args
  const state = findState(db, imageId)
  if (state === null) return 0
  const isFresh = state.head_revision_id === null && countRevisions(db, imageId) === 0
  if (isFresh) adoptUid(db, imageId, history.uid)
  const ids = new Map<string, RevisionId>()
  let added = 0
  for (const revision of history.revisions) {
    const known = findRevision(db, revision.uid)
    ids.set(revision.uid, known ?? addRevision(db, imageId, revision, ids))
    if (known === undefined) added += 1
  }
  if (isFresh) {
    for (const tag of history.tags) addTag(db, imageId, tag)
    if (history.draft !== null) {
      writeDraft(db, {
        imageId,
        personId: args.personId,
        draft: {
          text: history.draft.text,
          baseRevisionId: ids.get(history.draft.base ?? '') ?? null,
          savedAt: history.draft.savedAt,
        },
      })
    }
    importPlace(db, {
      imageId,
      history,
      headRevisionId: ids.get(history.headRevision ?? '') ?? null,
    })
    writeState(db, {
      imageId,
      status: history.status,
      round: history.round,
      headRevisionId: ids.get(history.headRevision ?? '') ?? null,
    })
  } else if (added > 0) {
    writeState(db, {
      imageId,
      status: statusAt(state.status),
      round: state.round,
      headRevisionId: state.head_revision_id,
    })
  }
  importReviews(db, { imageId, reviews: history.reviews, ids, isFresh })
  const { proposals, overrides, revisions, alts } = history
  importAnswers(db, { imageId, answers: overrides, alts })
  return added + importProposals(db, { imageId, proposals, revisions })
}

function countRevisions(db: Database, imageId: ImageId): number {
  return prepare(db, 'SELECT count(*) FROM revision WHERE image_id = ?')
    .pluck()
    .get(imageId) as number
}

/** The image keeps its name across projects, unless another image here has it already. */
function adoptUid(db: Database, imageId: ImageId, uid: string): void {
  prepare(
    db,
    'UPDATE image SET uid = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM image WHERE uid = ?)',
  ).run(uid, imageId, uid)
}

function findRevision(db: Database, uid: string): RevisionId | undefined {
  return prepare(db, 'SELECT id FROM revision WHERE uid = ?').pluck().get(uid) as
    RevisionId | undefined
}

function addRevision(
  db: Database,
  imageId: ImageId,
  revision: ExchangeHistory['revisions'][number],
  ids: ReadonlyMap<string, RevisionId>,
): RevisionId {
  const columns = toTextColumns(revision.text)
  prepare(
    db,
    "INSERT OR IGNORE INTO round (number, name, created_at) VALUES (?, 'Round ' || ?, ?)",
  ).run(revision.round, revision.round, Date.now())
  const made = prepare(
    db,
    `INSERT INTO revision (uid, image_id, parent_id, round, text, text_utf16, author_kind, author_name, note, created_at,
       guideline_id, editing_ms, edit_share)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM guideline WHERE round = ? AND version = ?), ?, ?)`,
  ).run(
    revision.uid,
    imageId,
    ids.get(revision.parent ?? '') ?? null,
    revision.round,
    columns.text,
    columns.utf16,
    revision.authorKind,
    revision.author,
    revision.note,
    revision.createdAt,
    revision.round,
    revision.guidelineVersion,
    revision.editingMs,
    revision.editShare,
  )
  return Number(made.lastInsertRowid) as RevisionId
}
