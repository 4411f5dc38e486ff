import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { getAlignImage } from './align-image.ts'
import { storeCheck } from './checks.ts'
import { storeVerdicts } from './judgements.ts'
import { storeRevisionMetrics } from './revision-metrics.ts'
import { listRoundSample } from './round-sample.ts'

const KEY = { packRevision: 'p', calibrationId: 'c', algorithmVersion: 1 }

function verdict(status: Verdict['status'], start: number): Verdict {
  return {
    ...{ kind: 'entity', start, end: start + 1, status, probability: 0.5 },
    ...{ rival: null, reason: '', region: null },
  }
}

it('has the measured captions of a round, with what checks of now say of them and of the text before', () => {
  const db = new Database(':memory:')
  prepareStore(db)
  const ids = addImages(db, [
    { alts: ['a bus'], caption: 'A red bus.', hash: 'h1', round: 1, authorName: 'Ann' },
    { alts: ['dogs'], caption: 'Two dogs.', hash: 'h2', round: 1, authorKind: 'model' },
    { alts: ['cats'], caption: 'Two cats.', hash: 'h3', round: 1 },
  ])
  const [one, two] = ids as [ImageId, ImageId]
  for (const imageId of [one, two]) {
    const head = getAlignImage(db, { imageId, personId: TEST_PERSON }).headRevisionId
    const revisionId = head as RevisionId
    db.prepare('INSERT INTO revision_unmeasured (revision_id) VALUES (?)').run(revisionId)
    const measures = { entityRecall: 0.5, specificityLoss: null, copyRate: null, edit: 0.2 }
    storeRevisionMetrics(db, { rows: [{ revisionId, algorithmVersion: 1, ...measures }] })
  }
  const judged = { imageHash: 'h1', ...KEY }
  const verdicts = [verdict('supported', 2), verdict('unsupported', 6)]
  const at = { imageId: one, score: 0.3, now: 0 }
  storeCheck(db, { ...at, key: { ...judged, text: 'A red bus.' }, verdicts })
  storeVerdicts(db, { key: { ...judged, text: 'a bus' }, verdicts: [verdict('unsure', 2)] })
  // Of another calibration: it is not mixed in.
  const other = { imageHash: 'h2', ...KEY, calibrationId: 'old', text: 'Two dogs.' }
  storeCheck(db, { ...at, imageId: two, key: other, verdicts })

  const sample = listRoundSample(db, { round: 1, limit: 9, key: KEY })
  expect(sample.toSorted((left, right) => left.imageId - right.imageId)).toEqual([
    {
      ...{ imageId: one, author: 'Ann', isModel: false, text: 'A red bus.', before: 'a bus' },
      ...{ edit: 0.2, entityRecall: 0.5, fit: 0.3 },
      checks: { supported: 1, unsure: 0, unsupported: 1, coverage: 1, risk: 0.5 },
      checksBefore: { supported: 0, unsure: 1, unsupported: 0, coverage: 0, risk: 0.5 },
    },
    expect.objectContaining({ imageId: two, isModel: true, checks: null, fit: null }),
  ])
  const [again] = listRoundSample(db, { round: 1, limit: 1, key: KEY })
  expect(again).toEqual(sample[0])
  expect(listRoundSample(db, { round: 2, limit: 9, key: null })).toEqual([])
})
