import type { Database } from 'better-sqlite3'
import type { ReviewItem, ReviewOrder } from '../../../shared/contract/review.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { codeOfStatus } from '../../../shared/domain/status.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns } from '../text-column.ts'
import { getImages } from './listing.ts'
import { readQuery } from './query-sql.ts'
import { BY_PERSON } from './round-turn.ts'
import { findStartText } from './start-text.ts'

/** Queues up to here are sorted by themselves, longer ones are picked out of the order of all that waits. */
const MAX_SORTED = 20_000

const SUBMITTED = codeOfStatus('submitted')

interface QueueArgs {
  readonly query: string
  readonly personId: PersonId
}

/** What waits for a decision by this person: others' captions, or one's own where nothing else waits. */
function listWaiting(db: Database, { query, personId }: QueueArgs): Uint32Array {
  // For the place of a mistake: below, the query is a part of a longer one.
  readQuery(query)
  const scope = query.trim() === '' ? '' : `(${query})`
  const find = (terms: string): Uint32Array =>
    getImages(db, { ast: readQuery(`${scope} ${terms}`), personId })
  const others = find('status:submitted -author:me')
  return others.length > 0 ? others : find('status:submitted')
}

/** Captions that wait for a decision, in an order, after the one of an image. */
export function listReviewQueue(
  db: Database,
  args: QueueArgs & {
    readonly order: ReviewOrder
    readonly after: ImageId | null
    readonly limit: number
  },
): { readonly items: ReviewItem[]; readonly total: number } {
  const ids = listWaiting(db, args)
  const { order, limit } = args
  const after = args.after === null ? START : placeOf(db, args.after)
  const page =
    ids.length <= MAX_SORTED
      ? sortPage(db, { ids, order, after, limit })
      : walkPage(db, { ids, order, after, limit })
  return { items: page.map((imageId) => toItem(db, imageId, args.personId)), total: ids.length }
}

/** How many captions wait for a decision by this person. */
export function countWaiting(db: Database, args: { readonly personId: PersonId }): number {
  return listWaiting(db, { query: '', personId: args.personId }).length
}

/** Revisions are numbered as they are made, so that a clock that goes backwards reorders nothing. */
interface Place {
  readonly revision: number
  readonly risk: number
}

/** Before all that can wait. */
const START: Place = { revision: 0, risk: Number.MAX_VALUE }

/**
 * Where an image stands in the queue. An image that was decided meanwhile keeps the place of what was submitted, but
 * where its text was edited on the way its risk is forgotten, and it stands among what was not checked.
 */
function placeOf(db: Database, imageId: ImageId): Place {
  const row = prepare(
    db,
    `SELECT s.risk, CASE WHEN s.status = ${SUBMITTED} THEN s.head_revision_id
       ELSE coalesce((SELECT submitted_revision_id FROM review WHERE id = s.review_id), s.head_revision_id, 0)
       END AS revision
     FROM image_state s WHERE s.image_id = ?`,
  ).get(imageId) as Place | undefined
  if (row !== undefined) return row
  throw new AppError(
    'IMAGE_NOT_FOUND',
    `This project has no image ${imageId}. Load the queue from its start.`,
    { data: { imageId } },
  )
}

interface Page {
  readonly ids: Uint32Array
  readonly order: ReviewOrder
  readonly after: Place
  readonly limit: number
}

/** What follows a place, and in which order: terms for image_state, and the values that they take. */
const ORDERS: Readonly<
  Record<
    ReviewOrder,
    {
      readonly follows: string
      readonly by: string
      readonly values: (after: Place) => readonly number[]
    }
  >
> = {
  submitted: {
    ...{ follows: 'head_revision_id > ?', by: 'head_revision_id' },
    values: ({ revision }) => [revision],
  },
  risk: {
    follows: '(risk < ? OR (risk = ? AND head_revision_id > ?))',
    by: 'risk DESC, head_revision_id',
    values: ({ revision, risk }) => [risk, risk, revision],
  },
}

function sortPage(db: Database, { ids, order, after, limit }: Page): ImageId[] {
  const { follows, by, values } = ORDERS[order]
  return prepare(
    db,
    `SELECT s.image_id FROM json_each(?) j CROSS JOIN image_state s ON s.image_id = j.value
     WHERE ${follows} ORDER BY ${by} LIMIT ?`,
  )
    .pluck()
    .all(`[${ids.join()}]`, ...values(after), limit) as ImageId[]
}

/** All that waits, in order, from a place on; by risk it has to be sorted first. */
export const QUEUE_WALKS = {
  submitted: queueWalk('submitted'),
  risk: queueWalk('risk'),
} as const satisfies Record<ReviewOrder, string>

function queueWalk(order: ReviewOrder): string {
  const { follows, by } = ORDERS[order]
  return `SELECT image_id FROM image_state INDEXED BY image_state_to_review
  WHERE status = ${SUBMITTED} AND ${follows} ORDER BY ${by}, image_id`
}

function walkPage(db: Database, { ids, order, after, limit }: Page): ImageId[] {
  const newest = ids.reduce((most, id) => Math.max(most, id), 0)
  const isMember = new Uint8Array(newest + 1)
  for (const id of ids) isMember[id] = 1
  const page: ImageId[] = []
  const walk = prepare(db, QUEUE_WALKS[order])
    .pluck()
    .iterate(...ORDERS[order].values(after)) as Iterable<ImageId>
  for (const imageId of walk) {
    if (isMember[imageId] === 1) page.push(imageId)
    if (page.length === limit) break
  }
  return page
}

interface ItemRow {
  readonly name: string
  readonly content_hash: string | null
  readonly work_round: number
  readonly review_id: number | null
  readonly revision_id: RevisionId
  readonly author_name: string
  readonly is_own: number
  readonly risk: number
  readonly created_at: number
  readonly text: string
  readonly text_utf16: Buffer | null
}

function toItem(db: Database, imageId: ImageId, personId: PersonId): ReviewItem {
  const row = prepare(
    db,
    `SELECT s.name, i.content_hash, s.work_round, s.review_id, s.risk, r.id AS revision_id, r.author_name, r.created_at,
       r.text, r.text_utf16, EXISTS (SELECT 1 FROM person p WHERE p.id = ? AND ${BY_PERSON}) AS is_own
     FROM image_state s JOIN image i ON i.id = s.image_id JOIN revision r ON r.id = s.head_revision_id
     WHERE s.image_id = ?`,
  ).get(personId, imageId) as ItemRow
  return {
    imageId,
    name: row.name,
    hash: row.content_hash ?? '',
    round: row.work_round,
    headRevisionId: row.revision_id,
    author: row.author_name,
    isOwn: row.is_own === 1,
    isChecked: row.risk >= 0,
    submittedAt: row.created_at,
    returns: countReturns(db, row),
    text: fromTextColumns(row.text, row.text_utf16),
    before: findStartText(db, {
      ...{ imageId, headRevisionId: row.revision_id },
      round: row.work_round,
    }),
  }
}

/** Only decisions that stand: an undo takes one out of the chain that leads back from the newest. */
function countReturns(db: Database, row: Pick<ItemRow, 'review_id' | 'work_round'>): number {
  return prepare(
    db,
    `WITH RECURSIVE chain (id, previous_id, round, decision) AS (
       SELECT id, previous_id, round, decision FROM review WHERE id = ?
       UNION ALL
       SELECT v.id, v.previous_id, v.round, v.decision FROM chain c JOIN review v ON v.id = c.previous_id
     )
     SELECT count(*) FROM chain WHERE round = ? AND decision = 'returned'`,
  )
    .pluck()
    .get(row.review_id, row.work_round) as number
}
