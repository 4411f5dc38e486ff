import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  addImages,
  prepareStore,
  TEST_PERSON,
  type Store,
} from '../../../../test/support/project-store.ts'
import { explain } from '../../../../test/support/query-plan.ts'
import type { AlignImage } from '../../../shared/contract/align.ts'
import type { ReviewOrder } from '../../../shared/contract/review.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { setImageStatus, submitRevision } from './align.ts'
import { getAlignImage } from './align-image.ts'
import { applyBatch, startBatch } from './batch.ts'
import { redoChange, undoChange, undoDecision } from './journal.ts'
import { acceptCaption, returnCaption } from './review.ts'
import { countWaiting, listReviewQueue, QUEUE_WALKS } from './review-queue.ts'
import { DEFAULT_OPTIONS } from './round-rows.ts'
import { startRound } from './rounds.ts'

const ANN = TEST_PERSON
const BOB = 2 as PersonId

let db: Store
let ids: ImageId[]

beforeEach(() => {
  db = new Database(':memory:')
  prepareStore(db)
  db.exec("INSERT INTO person (id, uid, name, created_at) VALUES (2, 'bob', 'Bob', 0)")
  ids = addImages(
    db,
    Array.from({ length: 4 }, (_, index) => ({ alts: [`bus ${index}`], tags: [`t${index}`] })),
  )
})

function image(imageId: ImageId): AlignImage {
  return getAlignImage(db, { imageId, personId: ANN })
}

function at(index: number): ImageId {
  return ids[index] as ImageId
}

function submit(imageId: ImageId, text: string, personId: PersonId = ANN): RevisionId {
  const baseRevisionId = image(imageId).headRevisionId
  return submitRevision(db, { imageId, baseRevisionId, personId, text, note: '' })
}

function accept(imageId: ImageId, text: string | null = null): void {
  const baseRevisionId = image(imageId).headRevisionId as RevisionId
  acceptCaption(db, { imageId, baseRevisionId, personId: BOB, remark: '', text })
}

function giveBack(imageId: ImageId, remark: string, quote = { start: 0, end: 1 }): void {
  const baseRevisionId = image(imageId).headRevisionId as RevisionId
  returnCaption(db, { imageId, baseRevisionId, personId: BOB, remark, quote })
}

function queue(
  options: {
    query?: string
    personId?: PersonId
    order?: ReviewOrder
    after?: ImageId | null
    limit?: number
  } = {},
): { imageIds: ImageId[]; total: number } {
  const { items, total } = listReviewQueue(db, {
    ...{ query: '', personId: BOB, order: 'submitted', after: null, limit: 100, ...options },
  })
  return { imageIds: items.map((item) => item.imageId), total }
}

/** As the sums of a check leave it. */
function doubt(imageId: ImageId, risk: number): void {
  db.prepare('UPDATE image_state SET risk = ? WHERE image_id = ?').run(risk, imageId)
}

describe('the review queue', () => {
  it('is in the order of submission, pages by key and can be filtered', () => {
    for (const index of [2, 0, 3, 1]) submit(at(index), `A bus ${index}`)
    const order = [2, 0, 3, 1].map(at)
    expect(queue()).toEqual({ imageIds: order, total: 4 })
    expect(queue({ limit: 2 }).imageIds).toEqual(order.slice(0, 2))
    expect(queue({ limit: 2, after: at(0) }).imageIds).toEqual(order.slice(2))
    expect(queue({ query: 'tag:t0 OR tag:t1' })).toEqual({ imageIds: [at(0), at(1)], total: 2 })
    expect(() => queue({ query: 'tag:' })).toThrow(
      expect.objectContaining({ code: 'QUERY_INVALID' }),
    )
  })

  it('puts first what the checks doubt most, and last what they did not look at', () => {
    for (const index of [2, 0, 3, 1]) submit(at(index), `A bus ${index}`)
    doubt(at(3), 0.9)
    doubt(at(1), 0.9)
    doubt(at(0), 0)
    const order = [3, 1, 0, 2].map(at)
    expect(queue({ order: 'risk' })).toEqual({ imageIds: order, total: 4 })
    const pages = [null, at(3), at(1), at(0)].map((after) => queue({ order: 'risk', after }))
    expect(pages.map(({ imageIds }) => imageIds)).toEqual([0, 1, 2, 3].map((by) => order.slice(by)))
    const walk = db.prepare(QUEUE_WALKS.risk).pluck()
    expect(walk.all(Number.MAX_VALUE, Number.MAX_VALUE, 0)).toEqual(order)
    const { items } = listReviewQueue(db, {
      ...{ query: '', personId: BOB, order: 'risk', after: null, limit: 100 },
    })
    expect(items.map(({ isChecked }) => isChecked)).toEqual([true, true, true, false])
  })

  it('goes on after an image that was decided meanwhile', () => {
    for (const index of [0, 1, 2]) submit(at(index), `A bus ${index}`)
    accept(at(1), 'A better bus')
    expect(queue({ after: at(1) }).imageIds).toEqual([at(2)])
    giveBack(at(0), 'why?')
    expect(queue({ after: at(0) }).imageIds).toEqual([at(2)])
  })

  it('shows what the diff compares with and how often it came back', () => {
    submit(at(0), 'A bus')
    giveBack(at(0), 'Which colour?')
    submit(at(0), 'A red bus')
    const [first] = listReviewQueue(db, {
      ...{ query: '', personId: BOB, order: 'submitted', after: null, limit: 1 },
    }).items
    expect(first).toMatchObject({ author: 'Ann', round: 1, returns: 1 })
    expect(first).toMatchObject({ text: 'A red bus', before: 'bus 0', name: 'image-1.jpg' })
    accept(at(0))
    startRound(db, { name: 'Two', options: DEFAULT_OPTIONS, personId: ANN })
    submit(at(0), 'A red bus at night')
    const [second] = listReviewQueue(db, {
      ...{ query: '', personId: BOB, order: 'submitted', after: null, limit: 1 },
    }).items
    expect(second).toMatchObject({ round: 2, returns: 0, before: 'A red bus' })
  })

  it("holds one's own captions only where no other waits", () => {
    submit(at(0), 'A bus', ANN)
    submit(at(1), 'A bus', BOB)
    expect(queue({ personId: BOB })).toEqual({ imageIds: [at(0)], total: 1 })
    expect(countWaiting(db, { personId: ANN })).toBe(1)
    accept(at(0))
    expect(queue({ personId: BOB })).toEqual({ imageIds: [at(1)], total: 1 })
  })

  it('walks an index of what waits', () => {
    expect(explain(db, QUEUE_WALKS.submitted, [0]).join('\n')).toMatch(
      /^SEARCH image_state USING COVERING INDEX image_state_to_review \(head_revision_id>\?\)$/,
    )
  })
})

describe('a decision', () => {
  it('accepts a caption as it is', () => {
    const revisionId = submit(at(0), 'A bus')
    accept(at(0))
    expect(image(at(0))).toMatchObject({
      status: 'accepted',
      headRevisionId: revisionId,
      reviews: [
        { revisionId, decision: 'accepted', reviewer: 'Bob', quote: null, isWithdrawn: false },
      ],
    })
  })

  it('accepts an edited text as a revision by the reviewer', () => {
    submit(at(0), 'A bus')
    accept(at(0), 'A red bus')
    const { revisions, reviews, status } = image(at(0))
    expect(status).toBe('accepted')
    expect(revisions.map(({ text, author }) => [text, author.name])).toEqual([
      ['A bus', 'Ann'],
      ['A red bus', 'Bob'],
    ])
    expect(reviews).toMatchObject([{ revisionId: revisions[1]?.id, decision: 'accepted' }])
    submit(at(1), 'Same')
    accept(at(1), 'Same')
    expect(image(at(1)).revisions).toHaveLength(1)
  })

  it('returns a caption to its author with a remark on some words', () => {
    submit(at(0), 'A bus')
    giveBack(at(0), 'Which colour?', { start: 2, end: 5 })
    expect(image(at(0))).toMatchObject({
      status: 'returned',
      reviews: [{ decision: 'returned', remark: 'Which colour?', quote: { start: 2, end: 5 } }],
    })
    submit(at(1), 'A bus')
    expect(() => giveBack(at(1), 'Where?', { start: 2, end: 9 })).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    )
  })

  it('is undone and done again, and stays on record', () => {
    submit(at(0), 'A bus')
    giveBack(at(0), 'Which colour?')
    undoChange(db, { imageId: at(0), personId: BOB })
    expect(image(at(0))).toMatchObject({ status: 'submitted', reviews: [{ isWithdrawn: true }] })
    accept(at(0), 'A red bus')
    const accepted = image(at(0))
    expect(accepted.reviews.map((review) => review.isWithdrawn)).toEqual([true, false])
    undoChange(db, { imageId: at(0), personId: BOB })
    expect(image(at(0))).toMatchObject({ status: 'submitted', startText: 'A bus' })
    redoChange(db, { imageId: at(0), personId: BOB })
    expect(image(at(0))).toEqual(accepted)
  })

  it('is taken back as the newest of one\u2019s own, whatever others decided since', () => {
    submit(at(0), 'A bus')
    submit(at(1), 'A tram')
    giveBack(at(0), 'Which colour?')
    accept(at(1))
    expect(undoDecision(db, { personId: BOB })).toMatchObject({
      ...{ imageId: at(1), label: 'Accept caption' },
    })
    expect(undoDecision(db, { personId: BOB })).toMatchObject({ imageId: at(0) })
    expect(image(at(0)).status).toBe('submitted')
    expect(() => undoDecision(db, { personId: BOB })).toThrow('no decision of yours')
  })

  it('stays where one changed the image again, or somebody else did', () => {
    submit(at(0), 'A bus')
    accept(at(0))
    submit(at(0), 'A red bus')
    expect(() => undoDecision(db, { personId: BOB })).toThrow(AppError)
    expect(image(at(0)).startText).toBe('A red bus')
  })

  it('is refused once somebody else decided or wrote', () => {
    const revisionId = submit(at(0), 'A bus')
    accept(at(0))
    expect(() => giveBack(at(0), 'Late')).toThrow(
      expect.objectContaining({ code: 'REVIEW_DECIDED' }),
    )
    submit(at(0), 'A red bus')
    const stale = { imageId: at(0), baseRevisionId: revisionId, personId: BOB, remark: '' }
    expect(() => acceptCaption(db, { ...stale, text: null })).toThrow(
      expect.objectContaining({ code: 'REVISION_CONFLICT' }),
    )
  })
})

describe('a status that is set by hand', () => {
  it('leaves a decision where there is a caption to decide on', () => {
    submit(at(0), 'A bus')
    const change = { kind: 'status', status: 'accepted' } as const
    const batchId = startBatch(db, { change, personId: BOB })
    applyBatch(db, { batchId, change, personId: BOB, imageIds: [at(0), at(1)] })
    expect(image(at(0)).reviews).toMatchObject([{ decision: 'accepted', reviewer: 'Bob' }])
    expect(image(at(1))).toMatchObject({ status: 'accepted', reviews: [] })
    undoChange(db, { imageId: null, personId: BOB })
    expect(image(at(0))).toMatchObject({ status: 'submitted', reviews: [{ isWithdrawn: true }] })
    redoChange(db, { imageId: null, personId: BOB })
    expect(image(at(0))).toMatchObject({ status: 'accepted', reviews: [{ isWithdrawn: false }] })
  })

  it('never says what is not so', () => {
    const set = (status: 'draft' | 'submitted' | 'returned'): void => {
      setImageStatus(db, { imageId: at(0), baseRevisionId: null, personId: ANN, status })
    }
    for (const status of ['draft', 'submitted', 'returned'] as const) {
      expect(() => set(status)).toThrow(expect.objectContaining({ code: 'STATUS_UNFIT' }))
      const change = { kind: 'status', status } as const
      const batchId = startBatch(db, { change, personId: ANN })
      expect(applyBatch(db, { batchId, change, personId: ANN, imageIds: ids })).toEqual([])
    }
    expect(image(at(0)).status).toBe('todo')
  })
})
