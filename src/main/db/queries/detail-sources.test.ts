import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import {
  getColourfulness,
  listAcceptedCaptions,
  listDetailAnswers,
  listUnjudgedTexts,
} from './detail-sources.ts'
import { storeImageQuality } from './image-quality.ts'
import { answerJudgement, storeDetails, storeVerdicts, withdrawAnswer } from './judgements.ts'

describe('detail sources', () => {
  let db: Database.Database
  let images: readonly ImageId[]

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    images = addImages(db, [
      { alts: ['one'], caption: 'A first caption.', hash: 'h1', status: 'accepted' },
      { alts: ['two'], caption: 'A second caption.', hash: 'h2', status: 'submitted' },
      { alts: ['three'], caption: 'A third caption.', hash: 'h3', status: 'accepted' },
    ])
  })

  it('lists captions that were accepted, in the order asked for', () => {
    const ids = images.toReversed()
    expect(listAcceptedCaptions(db, { ids })).toEqual(['A third caption.', 'A first caption.'])
  })

  it('counts the answers that stand, over all images', () => {
    const answer = (index: number, said: 'inserted' | 'dismissed') => {
      const override = { kind: 'detail', phrase: 'a tree', answer: said } as const
      const imageId = images[index]
      if (imageId === undefined) throw new Error('There is no such image.')
      return { imageId, personId: TEST_PERSON, override }
    }
    answerJudgement(db, answer(0, 'dismissed'))
    answerJudgement(db, answer(0, 'inserted'))
    answerJudgement(db, answer(1, 'dismissed'))
    answerJudgement(db, answer(2, 'dismissed'))
    expect(listDetailAnswers(db)).toEqual([{ phrase: 'a tree', inserted: 1, dismissed: 2 }])
    withdrawAnswer(db, answer(2, 'dismissed'))
    expect(listDetailAnswers(db)).toEqual([{ phrase: 'a tree', inserted: 1, dismissed: 1 }])
  })

  it('tells how colourful a picture is once its pixels were measured', () => {
    const [imageId, other] = images
    if (imageId === undefined || other === undefined) throw new Error('There are no images.')
    const rest = { brightness: 50, contrast: 20, black: 0, white: 0, sharpness: 9, entropy: 7 }
    const quality = { ...rest, colour: 0.25, plain: 0, frames: 1 }
    storeImageQuality(db, { rows: [{ imageId, hash: 'h1', quality }] })
    expect(getColourfulness(db, { imageId })).toBe(0.25)
    expect(getColourfulness(db, { imageId: other })).toBeNull()
  })

  it('tells which texts nobody judged so', () => {
    const key = { imageHash: 'h1', packRevision: 'p', calibrationId: 'c', algorithmVersion: 1 }
    storeVerdicts(db, { key: { ...key, text: 'one' }, verdicts: [] })
    storeDetails(db, { key: { ...key, text: 'two' }, details: [] })
    const unjudged = (more: Partial<typeof key>) =>
      listUnjudgedTexts(db, { key: { ...key, ...more }, texts: ['one', 'two', 'three'] })
    expect(unjudged({})).toEqual(['two', 'three'])
    expect(unjudged({ packRevision: 'other' })).toEqual(['one', 'two', 'three'])
  })
})
