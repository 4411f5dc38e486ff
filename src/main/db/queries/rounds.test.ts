import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  addImages,
  prepareStore,
  TEST_PERSON,
  type Store,
} from '../../../../test/support/project-store.ts'
import type { RoundSummary } from '../../../shared/contract/rounds.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { saveDraft, setImageStatus, submitRevision } from './align.ts'
import { getAlignImage } from './align-image.ts'
import { applyBatch, startBatch } from './batch.ts'
import { findGuideline, listGuidelineVersions, saveGuideline } from './guidelines.ts'
import { redoChange, undoChange } from './journal.ts'
import { countImages, selectImageIds } from './library.ts'
import { requeueMeasuredRevisions, storeRevisionMetrics } from './revision-metrics.ts'
import { listUnmeasuredRevisions } from './revision-metrics.ts'
import { previewRound } from './round-entry.ts'
import { DEFAULT_OPTIONS } from './round-rows.ts'
import { listRounds, startRound, updateRound } from './rounds.ts'

const ANN = TEST_PERSON
const BOB = 2 as PersonId

let db: Store

beforeEach(() => {
  db = new Database(':memory:')
  prepareStore(db)
  db.exec("INSERT INTO person (id, uid, name, created_at) VALUES (2, 'bob', 'Bob', 0)")
})

function addSome(count: number): ImageId[] {
  return addImages(
    db,
    Array.from({ length: count }, (_, index) => ({ alts: [`a red bus number ${index}`] })),
  )
}

function headOf(imageId: ImageId): RevisionId | null {
  return getAlignImage(db, { imageId, personId: ANN }).headRevisionId
}

function submit(imageId: ImageId, text: string, personId: PersonId = ANN): RevisionId {
  return submitRevision(db, {
    ...{ imageId, baseRevisionId: headOf(imageId), personId },
    ...{ text, note: '' },
  })
}

function setStatus(imageId: ImageId, status: 'accepted' | 'skipped' | 'returned'): void {
  setImageStatus(db, { imageId, baseRevisionId: headOf(imageId), personId: ANN, status })
}

function start(options: Partial<typeof DEFAULT_OPTIONS> = {}): number {
  return startRound(db, {
    ...{ name: 'Next', options: { ...DEFAULT_OPTIONS, ...options }, personId: ANN },
  }).number
}

function summary(number: number): RoundSummary {
  const found = listRounds(db).find((round) => round.number === number)
  if (found === undefined) throw new Error(`There is no round ${number}.`)
  return found
}

function find(query: string, personId: PersonId = ANN): number[] {
  return selectImageIds(db, { query, personId, after: null, limit: 100 })
}

describe('starting a round', () => {
  it('moves what is accepted and leaves the rest', () => {
    const [one, two, three, four] = addSome(4) as [ImageId, ImageId, ImageId, ImageId]
    for (const id of [one, two, three]) submit(id, `A bus, ${id}`)
    setStatus(one, 'accepted')
    setStatus(three, 'skipped')
    setStatus(four, 'accepted')
    expect(start()).toBe(2)
    expect(find('work:2')).toEqual([one, four])
    expect(find('work:1')).toEqual([two, three])
    const image = getAlignImage(db, { imageId: one, personId: ANN })
    expect(image).toMatchObject({ status: 'todo', round: 2, startText: 'A bus, 1' })
    expect(getAlignImage(db, { imageId: four, personId: ANN })).toMatchObject({
      ...{ status: 'todo', round: 2, startText: 'a red bus number 3' },
    })
    expect(getAlignImage(db, { imageId: two, personId: ANN }).status).toBe('submitted')
    expect(summary(1)).toMatchObject({
      isCurrent: false,
      images: 4,
      byStatus: { submitted: 1, skipped: 1, accepted: 2 },
    })
    expect(summary(2)).toMatchObject({ isCurrent: true, images: 2, byStatus: { todo: 2 } })
    submit(one, 'A red bus')
    expect(getAlignImage(db, { imageId: one, personId: ANN }).revisions.at(-1)?.round).toBe(2)
    expect(summary(2).byStatus).toEqual({ todo: 1, submitted: 1 })
    expect(submit(two, 'Another') > 0).toBe(true)
    expect(getAlignImage(db, { imageId: two, personId: ANN }).revisions.at(-1)?.round).toBe(1)
  })

  it('takes what is submitted where nobody reviews', () => {
    const [one, two] = addSome(2) as [ImageId, ImageId]
    submit(one, 'A bus')
    submit(two, 'A bus')
    const options = DEFAULT_OPTIONS
    expect(previewRound(db, { options })).toMatchObject({ images: 2, submittedCount: true })
    setStatus(one, 'returned')
    expect(previewRound(db, { options })).toMatchObject({ images: 0, submittedCount: false })
    expect(() => db.transaction(() => start())()).toThrow(
      expect.objectContaining({ code: 'ROUND_EMPTY' }),
    )
    expect(listRounds(db)).toHaveLength(1)
  })

  it('brings in images that were done late', () => {
    const [one, two] = addSome(2) as [ImageId, ImageId]
    setStatus(one, 'accepted')
    start()
    setStatus(two, 'accepted')
    setStatus(one, 'accepted')
    start()
    expect(find('work:3')).toEqual([one, two])
    expect(summary(1)).toMatchObject({ images: 2, byStatus: { accepted: 2 } })
    expect(summary(2)).toMatchObject({ images: 1, byStatus: { accepted: 1 } })
  })

  it('takes a sample that follows from the seed, and a larger one holds a smaller one', () => {
    const ids = addSome(400)
    for (const id of ids) setStatus(id, 'accepted')
    const sampled = (sampleShare: number, sampleSeed: number): number[] => {
      start({ sampleShare, sampleSeed })
      const found = find('work:2')
      const all = selectImageIds(db, { query: 'work:2', after: null, limit: 400 })
      undoChange(db, { imageId: null, personId: ANN })
      expect(found.every((id) => all.includes(id as ImageId))).toBe(true)
      return all
    }
    const third = sampled(0.3, 7)
    expect(third.length).toBeGreaterThan(80)
    expect(third.length).toBeLessThan(160)
    expect(sampled(0.3, 7)).toEqual(third)
    expect(sampled(0.3, 8)).not.toEqual(third)
    expect(sampled(0.6, 7)).toEqual(expect.arrayContaining(third))
  })

  it('leaves out what its last round changed too little', () => {
    const [little, much, nothing, anchor] = addSome(4) as [ImageId, ImageId, ImageId, ImageId]
    submit(little, 'a red bus number zero')
    submit(much, 'Two dogs in the snow')
    submit(nothing, 'a red bus number 2')
    for (const id of [little, much, nothing, anchor]) setStatus(id, 'accepted')
    const options = { ...DEFAULT_OPTIONS, stopBelowEdit: 0.5 }
    expect(previewRound(db, { options })).toMatchObject({ images: 1, settled: 3, notDone: 0 })
    start(options)
    expect(find('work:2')).toEqual([much])
    setStatus(much, 'accepted')
    expect(previewRound(db, { options })).toMatchObject({ images: 0, settled: 4 })
  })

  it('is undone and done again as one while nobody worked in it', () => {
    const [one, two, three] = addSome(3) as [ImageId, ImageId, ImageId]
    submit(one, 'A bus')
    setStatus(one, 'accepted')
    setStatus(two, 'accepted')
    saveGuideline(db, { round: 1, baseVersion: 0, markdown: 'Be true.', personId: ANN })
    const before = listRounds(db)
    start()
    const started = listRounds(db)
    expect(undoChange(db, { imageId: null, personId: ANN })).toMatchObject({
      ...{ imageId: null, imageIds: null, changed: 2, label: 'Start round 2' },
    })
    expect(listRounds(db)).toEqual(before)
    expect(find('status:accepted')).toEqual([one, two])
    redoChange(db, { imageId: null, personId: ANN })
    expect(listRounds(db)).toEqual([
      started[0],
      { ...started[1], guideline: expect.objectContaining({ version: 1 }) as unknown },
    ])
    saveDraft(db, { imageId: one, baseRevisionId: headOf(one), personId: BOB, text: 'typing' })
    expect(() => undoChange(db, { imageId: null, personId: ANN })).toThrow(
      expect.objectContaining({ code: 'ROUND_IN_USE' }),
    )
    expect(find('work:1')).toEqual([three])
  })

  it('gives back what an earlier round began with when a later start is undone', () => {
    const [one] = addSome(1) as [ImageId]
    submit(one, 'A bus')
    setStatus(one, 'accepted')
    start({ needsOtherPerson: true })
    submit(one, 'A red bus', BOB)
    setStatus(one, 'accepted')
    start()
    undoChange(db, { imageId: null, personId: ANN })
    expect(getAlignImage(db, { imageId: one, personId: ANN })).toMatchObject({
      ...{ round: 2, status: 'accepted', isForOthers: true },
    })
  })

  it('does not let an undo reach back over it', () => {
    const [one] = addSome(1) as [ImageId]
    submit(one, 'A bus')
    setStatus(one, 'accepted')
    start()
    expect(() => undoChange(db, { imageId: one, personId: ANN })).toThrow(
      expect.objectContaining({ code: 'ROUND_STARTED' }),
    )
    const change = { kind: 'status', status: 'skipped' } as const
    const batchId = startBatch(db, { change, personId: ANN })
    applyBatch(db, { batchId, change, personId: ANN, imageIds: [one] })
    undoChange(db, { imageId: null, personId: ANN })
    expect(getAlignImage(db, { imageId: one, personId: ANN }).status).toBe('todo')
  })
})

describe('a round for another person', () => {
  it('is refused to whoever wrote the text it begins with, and not listed for them', () => {
    const [one, two] = addSome(2) as [ImageId, ImageId]
    submit(one, 'A bus', ANN)
    submit(two, 'A bus', BOB)
    for (const id of [one, two]) setStatus(id, 'accepted')
    const number = start({ needsOtherPerson: true })
    expect(find('for:me', ANN)).toEqual([two])
    expect(find('for:me', BOB)).toEqual([one])
    expect(find('for:ann')).toEqual([two])
    expect(find('for:me -for:bob', ANN)).toEqual([two])
    expect(getAlignImage(db, { imageId: one, personId: ANN }).isForOthers).toBe(true)
    expect(getAlignImage(db, { imageId: one, personId: BOB }).isForOthers).toBe(false)
    expect(() => submit(one, 'A red bus', ANN)).toThrow(
      expect.objectContaining({ code: 'ROUND_NEEDS_OTHER_PERSON', data: { round: 2 } }),
    )
    submit(one, 'A red bus', BOB)
    updateRound(db, { number, name: 'Open', options: DEFAULT_OPTIONS })
    expect(find('for:me', ANN)).toEqual([two])
    expect(find('for:me', BOB)).toEqual([two])
    submit(two, 'A red bus', BOB)
    expect(() =>
      updateRound(db, { number, name: 'Open', options: { ...DEFAULT_OPTIONS, sampleShare: 0.5 } }),
    ).toThrow(expect.objectContaining({ code: 'ROUND_SETTLED' }))
  })
})

describe('for:me', () => {
  it('lists what is to do, own drafts, and what came back', () => {
    const [todo, mine, theirs, back, backToBob] = addSome(5)
    const draft = (imageId: ImageId, personId: PersonId): void => {
      saveDraft(db, { imageId, baseRevisionId: null, personId, text: 'typing' })
    }
    draft(mine as ImageId, ANN)
    draft(theirs as ImageId, BOB)
    submit(back as ImageId, 'A bus', ANN)
    submit(backToBob as ImageId, 'A bus', BOB)
    expect(find('for:me')).toEqual([todo, mine])
    for (const id of [back, backToBob]) setStatus(id as ImageId, 'returned')
    expect(find('for:me')).toEqual([todo, mine, back])
    expect(find('for:bob')).toEqual([todo, theirs, backToBob])
    expect(find('author:me')).toEqual([back])
    expect(find('for:"me"')).toEqual([])
    expect(countImages(db, { query: 'for:me' })).toBe(0)
  })
})

describe('who did what', () => {
  it('credits the last writer of each image in each round', () => {
    const [one, two] = addSome(2) as [ImageId, ImageId]
    submit(one, 'A bus', ANN)
    submit(one, 'A red bus', BOB)
    submit(two, 'A bus', ANN)
    const people = (round: number): unknown[] =>
      summary(round).people.map(({ name, images, revisions }) => [name, images, revisions])
    expect(people(1)).toEqual([
      ['Ann', 1, 2],
      ['Bob', 1, 1],
    ])
    undoChange(db, { imageId: one, personId: BOB })
    expect(people(1)).toEqual([
      ['Ann', 2, 2],
      ['Bob', 0, 1],
    ])
    redoChange(db, { imageId: one, personId: BOB })
    for (const id of [one, two]) setStatus(id, 'accepted')
    start()
    submit(one, 'A red bus at night', ANN)
    expect(people(1)).toEqual([
      ['Ann', 1, 2],
      ['Bob', 1, 1],
    ])
    expect(people(2)).toEqual([['Ann', 1, 1]])
  })
})

describe('guidelines', () => {
  it('are versions that nobody overwrites unseen', () => {
    const save = (baseVersion: number, markdown: string): number =>
      saveGuideline(db, { round: 1, baseVersion, markdown, personId: BOB }).version
    expect(findGuideline(db, { round: 1 })).toBeNull()
    expect(save(0, 'Be true.')).toBe(1)
    expect(save(1, 'Be true and short.')).toBe(2)
    expect(save(2, 'Be true and short.')).toBe(2)
    expect(() => save(1, 'Be long.')).toThrow(
      expect.objectContaining({
        code: 'GUIDELINE_CONFLICT',
        data: { version: 2, markdown: 'Be true and short.' },
      }),
    )
    expect(listGuidelineVersions(db, { round: 1 }).map((row) => row.markdown)).toEqual([
      'Be true.',
      'Be true and short.',
    ])
    expect(() => findGuideline(db, { round: 9 })).toThrow(
      expect.objectContaining({ code: 'ROUND_NOT_FOUND' }),
    )
  })

  it('are recorded with each revision and handed on to the next round', () => {
    const [one] = addSome(1) as [ImageId]
    submit(one, 'A bus')
    saveGuideline(db, { round: 1, baseVersion: 0, markdown: 'Be true.', personId: BOB })
    saveGuideline(db, { round: 1, baseVersion: 1, markdown: 'Be short.', personId: BOB })
    submit(one, 'A red bus')
    setStatus(one, 'accepted')
    start()
    expect(findGuideline(db, { round: 2 })).toMatchObject({
      ...{ round: 2, version: 1, markdown: 'Be short.', author: 'Bob' },
    })
    submit(one, 'A red bus at night')
    const { revisions } = getAlignImage(db, { imageId: one, personId: ANN })
    expect(revisions.map((revision) => revision.guidelineVersion)).toEqual([null, 2, 1])
  })
})

describe('metrics', () => {
  const measure = (revisionId: RevisionId, edit: number, algorithmVersion = 1) => ({
    ...{ revisionId, algorithmVersion, edit },
    ...{ entityRecall: 0.5, specificityLoss: null, copyRate: 1 },
  })

  it('are asked for once for the last caption of each image and round, and averaged', () => {
    const [one, two] = addSome(2) as [ImageId, ImageId]
    submit(one, 'A bus')
    const last = submit(one, 'A red bus at night')
    const other = submit(two, 'Two dogs')
    const waiting = listUnmeasuredRevisions(db, { limit: 10 })
    expect(waiting).toMatchObject([
      {
        ...{ revisionId: last, round: 1, text: 'A red bus at night', edit: 0.6 },
        ...{ before: 'a red bus number 0', anchor: { text: 'a red bus number 0' }, reasons: [] },
      },
      { revisionId: other },
    ])
    storeRevisionMetrics(db, { rows: [measure(last, 0.2), measure(other, 1)] })
    expect(listUnmeasuredRevisions(db, { limit: 10 })).toEqual([])
    expect(summary(1).metrics).toEqual({
      ...{ measured: 2, entityRecall: 0.5, specificityLoss: null, copyRate: 1, edit: 0.6 },
    })
    undoChange(db, { imageId: two, personId: ANN })
    expect(summary(1).metrics.measured).toBe(1)
    expect(summary(1).metrics.edit).toBeCloseTo(0.2)
    redoChange(db, { imageId: two, personId: ANN })
    expect(listUnmeasuredRevisions(db, { limit: 10 })).toMatchObject([{ revisionId: other }])
  })

  it('are made anew by a newer version, and keep those of earlier rounds', () => {
    const [one] = addSome(1) as [ImageId]
    const first = submit(one, 'A bus')
    storeRevisionMetrics(db, { rows: [measure(first, 0.75)] })
    setStatus(one, 'accepted')
    start()
    const second = submit(one, 'A red bus')
    storeRevisionMetrics(db, { rows: [measure(second, 0.25)] })
    expect([summary(1).metrics.edit, summary(2).metrics.edit]).toEqual([0.75, 0.25])
    expect(requeueMeasuredRevisions(db, { algorithmVersion: 1 })).toBe(0)
    expect(requeueMeasuredRevisions(db, { algorithmVersion: 2 })).toBe(2)
    storeRevisionMetrics(db, { rows: [measure(first, 0.5, 2), measure(second, 0.5, 2)] })
    expect([summary(1).metrics, summary(2).metrics]).toMatchObject([
      { measured: 1, edit: 0.5 },
      { measured: 1, edit: 0.5 },
    ])
  })
})
