import type { Database } from 'better-sqlite3'
import type { AlignImage } from '../../../shared/contract/align.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { createUid } from '../uids.ts'
import { IN_LIST, rowsByImage } from './image-rows.ts'
import { writeStandingReview, type StateRow } from './image-snapshot.ts'

interface Quote {
  readonly start: number
  readonly end: number
}

interface NewReview {
  readonly imageId: ImageId
  readonly personId: PersonId
  /** The image as it waited for the decision. */
  readonly state: StateRow
  readonly submittedRevisionId: RevisionId
  /** What was decided on: the submitted caption, or the reviewer's own after a change. */
  readonly revisionId: RevisionId
  readonly decision: 'accepted' | 'returned'
  readonly remark: string
  readonly quote: Quote | null
}

/** Adds a decision and makes it the one that stands; call it inside a change of the journal. */
export function addReview(db: Database, args: NewReview): void {
  const made = prepare(
    db,
    `INSERT INTO review (uid, image_id, previous_id, revision_id, submitted_revision_id, round, decision, remark,
       quote_start, quote_end, reviewer_name, person_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT name FROM person WHERE id = ?), ?, ?)`,
  ).run(
    createUid(),
    args.imageId,
    args.state.review_id,
    args.revisionId,
    args.submittedRevisionId,
    args.state.work_round,
    args.decision,
    args.remark,
    args.quote?.start ?? null,
    args.quote?.end ?? null,
    args.personId,
    args.personId,
    Date.now(),
  )
  writeStandingReview(db, args.imageId, Number(made.lastInsertRowid))
}

/**
 * A status that is set by hand is a decision too where it is one about a caption. An image that is accepted with
 * its alt-text as it is has no caption to decide on and gets no review; the journal knows who did it.
 */
export function addStatusReview(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly personId: PersonId
    readonly state: StateRow
    readonly status: Status
  },
): void {
  const { status, state } = args
  const revisionId = state.head_revision_id
  if (revisionId === null || (status !== 'accepted' && status !== 'returned')) return
  addReview(db, {
    ...args,
    revisionId,
    submittedRevisionId: revisionId,
    decision: status,
    remark: '',
    quote: null,
  })
}

interface ReviewRow {
  readonly id: number
  readonly previous_id: number | null
  readonly revision_id: RevisionId
  readonly round: number
  readonly decision: 'accepted' | 'returned'
  readonly remark: string
  readonly quote_start: number | null
  readonly quote_end: number | null
  readonly reviewer_name: string
  readonly created_at: number
}

const COLUMNS =
  'v.id, v.previous_id, v.revision_id, v.round, v.decision, v.remark, v.quote_start, v.quote_end, v.reviewer_name, v.created_at'

/** All decisions about an image, oldest first. Those that an undo took back do not lead to the one that stands. */
export function listReviews(
  db: Database,
  args: { readonly imageId: ImageId; readonly standingId: number | null },
): AlignImage['reviews'] {
  const rows = prepare(
    db,
    `SELECT ${COLUMNS} FROM review v WHERE v.image_id = ? ORDER BY v.id`,
  ).all(args.imageId) as ReviewRow[]
  const standing = findStanding(rows, args.standingId)
  return rows.map((row) => ({ revisionId: row.revision_id, ...toReview(row, standing) }))
}

function findStanding(rows: readonly ReviewRow[], standingId: number | null): ReadonlySet<number> {
  const previous = new Map(rows.map((row) => [row.id, row.previous_id]))
  const standing = new Set<number>()
  for (let id = standingId; id !== null; id = previous.get(id) ?? null) standing.add(id)
  return standing
}

function toReview(
  row: ReviewRow,
  standing: ReadonlySet<number>,
): Omit<AlignImage['reviews'][number], 'revisionId'> {
  return {
    round: row.round,
    decision: row.decision,
    remark: row.remark,
    quote:
      row.quote_start === null || row.quote_end === null
        ? null
        : { start: row.quote_start, end: row.quote_end },
    reviewer: row.reviewer_name,
    createdAt: row.created_at,
    isWithdrawn: !standing.has(row.id),
  }
}

/** A decision as the exchange form has it; revisions by uid. */
export interface StoredReview {
  readonly uid: string
  readonly revision: string
  readonly submitted: string
  readonly round: number
  readonly decision: 'accepted' | 'returned'
  readonly remark: string
  readonly quote: Quote | null
  readonly reviewer: string
  readonly isWithdrawn: boolean
  readonly createdAt: number
}

/** All decisions about each image for an export, oldest first; `standingOf` tells the one that stands. */
export function loadReviews(
  db: Database,
  args: {
    readonly imageIds: readonly ImageId[]
    readonly standingOf: (imageId: ImageId) => number | null
  },
): ReadonlyMap<ImageId, readonly StoredReview[]> {
  const groups = rowsByImage<
    ReviewRow &
      Pick<StoredReview, 'uid' | 'revision' | 'submitted'> & { readonly image_id: ImageId }
  >(db, {
    sql: `SELECT v.image_id, v.uid, ${COLUMNS}, r.uid AS revision, b.uid AS submitted FROM review v
     CROSS JOIN revision r ON r.id = v.revision_id CROSS JOIN revision b ON b.id = v.submitted_revision_id
     WHERE v.image_id ${IN_LIST} ORDER BY v.image_id, v.id`,
    imageIds: args.imageIds,
  })
  return new Map(
    Array.from(groups, ([imageId, rows]) => {
      const standing = findStanding(rows, args.standingOf(imageId))
      return [
        imageId,
        rows.map((row) => ({
          ...toReview(row, standing),
          ...{ uid: row.uid, revision: row.revision, submitted: row.submitted },
        })),
      ]
    }),
  )
}

/** Brings decisions in; where the image has a history of its own here, they are on record but do not stand. */
export function importReviews(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly reviews: readonly StoredReview[]
    readonly ids: ReadonlyMap<string, RevisionId>
    readonly isFresh: boolean
  },
): void {
  const insert = prepare(
    db,
    `INSERT INTO review (uid, image_id, previous_id, revision_id, submitted_revision_id, round, decision, remark,
       quote_start, quote_end, reviewer_name, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING`,
  )
  let standing: number | null = null
  for (const review of args.reviews) {
    const revisionId = args.ids.get(review.revision)
    if (revisionId === undefined) continue
    const made = insert.run(
      review.uid,
      args.imageId,
      review.isWithdrawn ? null : standing,
      revisionId,
      args.ids.get(review.submitted) ?? revisionId,
      review.round,
      review.decision,
      review.remark,
      review.quote?.start ?? null,
      review.quote?.end ?? null,
      review.reviewer,
      review.createdAt,
    )
    if (!review.isWithdrawn && made.changes > 0) standing = Number(made.lastInsertRowid)
  }
  if (args.isFresh && standing !== null) writeStandingReview(db, args.imageId, standing)
}
