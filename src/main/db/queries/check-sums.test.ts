import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { Override, Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { getAlignImage } from './align-image.ts'
import { submitRevision } from './align.ts'
import { sumVerdicts, type VerdictAnswer } from './check-sums.ts'
import { reportChecks, storeCheck } from './checks.ts'
import { selectImageIds } from './library.ts'
import { undoChange } from './journal.ts'
import { answerJudgement, withdrawAnswer } from './judgements.ts'

const KEY = { packRevision: 'p 1', calibrationId: 'c', algorithmVersion: 1 }
const TEXT = 'A red bus, a red car and a dog.'

let db: Database.Database
let imageId: ImageId

beforeEach(() => {
  db = new Database(':memory:')
  prepareStore(db)
  const [id] = addImages(db, [{ caption: TEXT, hash: 'h1' }])
  if (id === undefined) throw new Error('No image was made.')
  imageId = id
})

function verdict(words: string, status: Verdict['status'], from = 0): Verdict {
  const start = TEXT.indexOf(words, from)
  return {
    ...{ kind: 'entity', start, end: start + words.length, status },
    ...{ probability: status === 'unsupported' ? 0.1 : 0.6, rival: null, reason: '', region: null },
  }
}

const VERDICTS = [
  verdict('red', 'unsupported'),
  verdict('red', 'unsupported', 9),
  verdict('car', 'unsure'),
  verdict('dog', 'supported'),
]

function check(imageHash = 'h1', calibrationId = KEY.calibrationId): void {
  const key = { imageHash, text: TEXT, ...KEY, calibrationId }
  storeCheck(db, { imageId, key, verdicts: VERDICTS, score: 0.5, now: 0 })
}

function override(answer: VerdictAnswer, words = 'red', occurrence = 1): Override {
  return { kind: 'verdict', words, occurrence, answer, reason: '' }
}

function answer(given: VerdictAnswer, words = 'red', occurrence = 1): void {
  const by = { imageId, personId: TEST_PERSON }
  answerJudgement(db, { ...by, override: override(given, words, occurrence) })
}

const sums = () =>
  db.prepare('SELECT supported, unsure, unsupported, coverage FROM check_summary').get()
const risk = () => db.prepare('SELECT risk FROM image_state').pluck().get()
const found = (query: string) =>
  selectImageIds(db, { query, personId: TEST_PERSON, after: null, limit: 9 }).length

describe('what a check came to', () => {
  it('counts units, with what is wrong before what is open', () => {
    check()
    expect(sums()).toEqual({ supported: 1, unsure: 1, unsupported: 2, coverage: 0.75 })
    expect(risk()).toBeCloseTo(0.9 + 0.9 + 0.5 / 4)
  })

  it('follows each answer of a person, and its undo', () => {
    check()
    answer('is-there')
    expect(sums()).toEqual({ supported: 2, unsure: 1, unsupported: 1, coverage: 0.75 })
    expect(risk()).toBeCloseTo(0.9 + 0.5 / 4)
    answer('keep', 'red', 0)
    expect(sums()).toEqual({ supported: 2, unsure: 2, unsupported: 0, coverage: 0.5 })
    expect(risk()).toBeCloseTo(0.5 / 4)
    expect(found('unsupported>0')).toBe(0)
    answer('cannot-tell', 'car', 0)
    expect(risk()).toBe(0)
    undoChange(db, { imageId, personId: TEST_PERSON })
    expect(risk()).toBeCloseTo(0.5 / 4)
    withdrawAnswer(db, { imageId, personId: TEST_PERSON, override: override('keep', 'red', 0) })
    expect(sums()).toEqual({ supported: 2, unsure: 1, unsupported: 1, coverage: 0.75 })
    expect(found('unsupported>0')).toBe(1)
  })

  it('keeps answers when the text is checked again', () => {
    answer('is-there')
    check()
    expect(sums()).toMatchObject({ supported: 2, unsupported: 1 })
    const [report] = reportChecks(db, { ids: [imageId], key: KEY })
    expect(report?.verdicts?.map((one) => one.answer)).toEqual([null, 'is-there', null, null])
  })

  it('takes words that somebody called wrong for wrong as long as they stand', () => {
    check()
    answer('deleted')
    expect(sums()).toMatchObject({ unsupported: 2 })
  })

  it('is not mixed with what other tables said of other texts', () => {
    check()
    const [other] = addImages(db, [{ caption: 'A cat.', hash: 'h2' }])
    const at = { imageId: other ?? imageId, verdicts: [verdict('dog', 'unsupported')], now: 0 }
    const key = { imageHash: 'h2', text: 'A cat.', ...KEY }
    storeCheck(db, { ...at, key, score: 0.5 })
    expect(found('unsupported>0')).toBe(2)
    expect(found('score<=100%')).toBe(2)
    storeCheck(db, { ...at, key: { ...key, calibrationId: 'd' }, score: 0.9 })
    expect(found('unsupported>0')).toBe(1)
    expect(found('score<=100%')).toBe(1)
    check('h1', 'd')
    expect(found('unsupported>0')).toBe(2)
  })

  it('is known at once of a text that was checked before it was submitted, and of one taken back', () => {
    check()
    const by = { imageId, personId: TEST_PERSON }
    const head = getAlignImage(db, by).headRevisionId
    const text = 'A dog.'
    const key = { imageHash: 'h1', text, ...KEY }
    const at = { start: 2, end: 5, ...{ rival: null, reason: '', region: null } } as const
    const kite = { ...at, kind: 'entity', status: 'unsupported', probability: 0.2 } as const
    storeCheck(db, { imageId, key, verdicts: [kite], score: 0.4, now: 0 })
    expect(sums()).toMatchObject({ unsupported: 2 })
    submitRevision(db, { ...by, baseRevisionId: head, text, note: '' })
    expect(sums()).toEqual({ supported: 0, unsure: 0, unsupported: 1, coverage: 1 })
    expect(risk()).toBeCloseTo(0.8)
    undoChange(db, by)
    expect(sums()).toMatchObject({ unsupported: 2 })
    expect(risk()).toBeGreaterThan(1)
    submitRevision(db, { ...by, baseRevisionId: head, text: 'Never checked.', note: '' })
    expect(risk()).toBe(-1)
    expect(found('unsupported>0')).toBe(0)
  })

  it('says nothing of a picture that was replaced while it was looked at', () => {
    check('h0')
    expect(sums()).toBeUndefined()
    expect(risk()).toBe(-1)
  })
})

it('has no coverage without units', () => {
  expect(sumVerdicts('', [], () => null)).toEqual({
    ...{ supported: 0, unsure: 0, unsupported: 0, coverage: null, risk: 0 },
  })
})
