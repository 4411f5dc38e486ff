import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { Override, Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../../shared/domain/sort.ts'
import {
  countLabels,
  findCalibration,
  listAcceptedTexts,
  listAnsweredUnits,
  storeCalibration,
  switchCalibration,
} from './calibrations.ts'
import { storeCheck } from './checks.ts'
import { writeAnswer } from './judgements-answers.ts'
import { libraryPage } from './library.ts'

const KEY = { packRevision: 'p 1', calibrationId: 'c', algorithmVersion: 1 }
const AT = { packRevision: KEY.packRevision, algorithmVersion: KEY.algorithmVersion }

let db: Database.Database

beforeEach(() => {
  db = new Database(':memory:')
  prepareStore(db)
})

function check(imageId: ImageId, text: string, verdicts: readonly Partial<Verdict>[]): void {
  storeCheck(db, {
    ...{ imageId, score: 0.5, now: 0 },
    key: { imageHash: `h${imageId}`, text, ...KEY },
    verdicts: verdicts.map((some) => ({
      ...{ kind: 'entity', start: 0, end: 1, status: 'unsupported', probability: 0.1 },
      ...{ rival: null, reason: '', region: null },
      ...some,
    })),
  })
}

function answer(imageId: ImageId, words: string, given: 'is-there' | 'deleted' | 'keep'): void {
  const override: Override = {
    ...{ kind: 'verdict', words, occurrence: 0, reason: '' },
    answer: given,
  }
  writeAnswer(db, { imageId, personId: TEST_PERSON, override, isWithdrawn: false })
}

describe('labels', () => {
  it('are accepted captions, of which images that look alike are one group', () => {
    const caption = 'A dog.'
    addImages(db, [
      { caption, hash: 'h1', status: 'accepted' },
      { caption, hash: 'h2', status: 'accepted' },
      { caption, hash: 'h3', status: 'accepted' },
      { caption, hash: 'h4', status: 'submitted' },
      { caption, hash: 'h5', status: 'accepted', problem: 'missing' },
    ])
    db.exec(`
      INSERT INTO duplicate_run (hash_distance, image_count, vector_count, started_at, ended_at) VALUES (6, 5, 0, 0, 1);
      INSERT INTO duplicate_member (run_id, group_number, image_id) VALUES (1, 1, 1), (1, 1, 3);`)
    placeAll()
    const found = listAcceptedTexts(db, { limit: 10 })
    expect(new Map(found.map(({ imageId, group }) => [imageId, group]))).toEqual(
      new Map([
        [1, 'alike 1'],
        [2, 'h2'],
        [3, 'alike 1'],
      ]),
    )
    expect(listAcceptedTexts(db, { limit: 2 })).toEqual(found.slice(0, 2))
    expect(countLabels(db).accepted).toBe(3)
  })

  it('are answers, with the text in which the words stood when they were marked', () => {
    const [one, two] = addImages(db, [
      { caption: 'A dog.', hash: 'h1' },
      { caption: 'A red bus.', hash: 'h2' },
    ]) as [ImageId, ImageId]
    placeAll()
    check(one, 'A cat on a dog.', [{ start: 2, end: 5 }])
    check(one, 'A dog.', [{ start: 2, end: 5 }])
    check(two, 'A red bus.', [
      { start: 2, end: 5 },
      { start: 6, end: 9 },
    ])
    answer(one, 'cat', 'deleted')
    answer(two, 'red', 'deleted')
    answer(two, 'red', 'is-there')
    answer(two, 'bus', 'keep')
    const found = listAnsweredUnits(db, { limit: 10 })
    expect(
      found.map(({ imageId, text, start, end, isSupported }) => [
        ...[imageId, text, text.slice(start, end), isSupported],
      ]),
    ).toEqual([
      [two, 'A red bus.', 'red', true],
      [one, 'A cat on a dog.', 'cat', false],
    ])
    expect(countLabels(db).answered).toBe(2)
  })
})

it('keeps what was measured for a revision of a pack, and goes back from it', () => {
  expect(findCalibration(db, AT)).toBeNull()
  storeCalibration(db, { ...AT, contents: '1', now: 5 })
  storeCalibration(db, { ...AT, contents: '2', now: 6 })
  switchCalibration(db, { ...AT, isUsed: false })
  expect(findCalibration(db, AT)).toMatchObject({ contents: '2', isUsed: false, createdAt: 6 })
  expect(findCalibration(db, { ...AT, packRevision: 'p 2' })).toBeNull()
})

it('puts first what deserves a look, and forgets that with the text', () => {
  const captions = ['A dog.', 'A cat.', 'A bus.', 'A hat.']
  const ids = addImages(
    db,
    captions.map((caption, index) => ({ caption, hash: `h${index + 1}` })),
  )
  const order = () =>
    libraryPage(db, {
      ...{ query: '', sort: { key: 'risk', descending: true }, position: 0, limit: 9 },
      personId: TEST_PERSON,
    }).rows.map(({ id }) => id)
  const [one, two, three, four] = ids as [ImageId, ImageId, ImageId, ImageId]
  check(one, 'A dog.', [{ status: 'supported' }])
  check(two, 'A cat.', [{}, { status: 'supported' }])
  check(three, 'A bus.', [{ probability: 0.02 }, { status: 'supported' }])
  expect(order()).toEqual([three, two, one, four])
  check(one, 'A dog.', [{ status: 'unsure' }, { status: 'unsure' }])
  expect(order()).toEqual([three, two, one, four])
  db.prepare('UPDATE image_state SET head_revision_id = NULL WHERE image_id = ?').run(three)
  const risks = db.prepare('SELECT risk FROM image_state ORDER BY image_id').pluck().all()
  expect(risks).toEqual([0.5, 0.9, -1, -1])
  expect(DEFAULT_SORT.key).not.toBe('risk')
})

function placeAll(): void {
  db.exec("UPDATE image_location SET path = image_id || '.jpg'")
}
