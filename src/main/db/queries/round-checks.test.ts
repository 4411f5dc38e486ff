import Database from 'better-sqlite3'
import { beforeEach, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { getAlignImage } from './align-image.ts'
import { storeCheck } from './checks.ts'
import { answerJudgement, storeDetails } from './judgements.ts'
import { storeRevisionMetrics } from './revision-metrics.ts'
import { sumRoundChecks } from './round-checks.ts'

let db: Database.Database
let images: readonly ImageId[]
const KEY = { packRevision: 'p', calibrationId: 'c', algorithmVersion: 1 }
const CAPTIONS = ['A red bus.', 'Two dogs.', 'A cat.']

beforeEach(() => {
  db = new Database(':memory:')
  prepareStore(db)
  images = addImages(
    db,
    CAPTIONS.map((caption, index) => ({ alts: ['alt'], caption, hash: `h${index}`, round: 1 })),
  )
})

function check(
  index: number,
  statuses: readonly Verdict['status'][],
  text = CAPTIONS[index],
): void {
  const verdicts = statuses.map((status, at): Verdict => ({
    ...{ kind: 'entity', start: at, end: at + 1, status, probability: 0.5 },
    ...{ rival: null, reason: '', region: null },
  }))
  storeCheck(db, {
    imageId: images[index] ?? failNoImage(),
    key: { imageHash: `h${index}`, text: text ?? '', ...KEY },
    verdicts: verdicts.map((verdict) => ({ ...verdict, signals: {} })),
    ...{ score: 0.5, now: 0 },
  })
}

function measure(index: number, edit: number): void {
  const imageId = images[index] ?? failNoImage()
  const revisionId = getAlignImage(db, { imageId, personId: TEST_PERSON })
    .headRevisionId as RevisionId
  db.prepare('INSERT INTO revision_unmeasured (revision_id) VALUES (?)').run(revisionId)
  const measures = { entityRecall: null, specificityLoss: null, copyRate: null, edit }
  storeRevisionMetrics(db, { rows: [{ revisionId, algorithmVersion: 1, ...measures }] })
}

function failNoImage(): never {
  throw new Error('There is no such image.')
}

it('says nothing of captions that nobody checked', () => {
  expect(sumRoundChecks(db, 1)).toEqual({ checked: 0, support: null, settled: null })
})

it('sums what the picture supports over the captions that stand', () => {
  check(0, ['supported', 'supported', 'unsure'])
  check(1, ['supported', 'unsupported'])
  check(2, ['unsupported'], 'Another text that does not stand.')
  expect(sumRoundChecks(db, 1)).toMatchObject({ checked: 2, support: 3 / 5 })
  expect(sumRoundChecks(db, 2)).toMatchObject({ checked: 0, support: null })
})

it('counts as settled what changed little and has nothing unsupported', () => {
  check(0, ['supported'])
  check(1, ['supported', 'unsupported'])
  check(2, ['unsure'])
  measure(0, 0.02)
  measure(1, 0.02)
  measure(2, 0.3)
  expect(sumRoundChecks(db, 1).settled).toBeCloseTo(1 / 3)
})

it('counts as open what was seen and is unsaid, until somebody deals with it', () => {
  check(0, ['supported'])
  measure(0, 0.02)
  const key = { imageHash: 'h0', text: CAPTIONS[0] ?? '', ...KEY }
  const detail = { id: 'sky', kind: 'thing', phrase: 'the sky', probability: 0.9 } as const
  storeDetails(db, { key, details: [{ ...detail, region: null, source: '', instead: null }] })
  expect(sumRoundChecks(db, 1).settled).toBe(0)
  const override = { kind: 'detail', phrase: 'the sky', answer: 'dismissed' } as const
  answerJudgement(db, { imageId: images[0] ?? failNoImage(), personId: TEST_PERSON, override })
  expect(sumRoundChecks(db, 1).settled).toBe(1)
})
