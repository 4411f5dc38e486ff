import Database from 'better-sqlite3'
import { beforeEach, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { Override, Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { answerJudgement, storeVerdicts } from './judgements.ts'
import { findTextVerdicts, getFateVerdicts } from './text-verdicts.ts'

const ALT = 'a red bus'
const CAPTION = 'A blue bus.'

let db: Database.Database
let imageId: ImageId

beforeEach(() => {
  db = new Database(':memory:')
  prepareStore(db)
  const [first] = addImages(db, [{ alts: [ALT], caption: CAPTION, hash: 'h1' }])
  if (first === undefined) throw new Error('Nothing was stored.')
  imageId = first
})

function judge(text: string, packRevision: string, probability: number): void {
  const status = probability < 0.5 ? 'unsupported' : 'supported'
  const start = text.indexOf(' ') + 1
  const verdict: Verdict = {
    ...{ kind: 'attribute', start, end: text.indexOf(' bus'), status, probability },
    ...{ rival: null, reason: '', region: null },
  }
  storeVerdicts(db, { key: { imageHash: 'h1', text, ...keyOf(packRevision) }, verdicts: [verdict] })
}

const keyOf = (packRevision: string) => ({
  ...{ packRevision, calibrationId: 'c', algorithmVersion: 1 },
})

function fates(caption = CAPTION) {
  const found = getFateVerdicts(db, { imageId, caption, altTexts: [ALT, 'a red car'] })
  return [found.caption, ...found.altTexts].map((verdicts) =>
    verdicts.map(({ probability }) => probability),
  )
}

const answer = (given: Extract<Override, { kind: 'verdict' }>['answer']): void => {
  const override = { kind: 'verdict', words: 'blue', occurrence: 0, answer: given, reason: '' }
  answerJudgement(db, { imageId, personId: TEST_PERSON, override: override as Override })
}

it('holds a caption against alt-texts that the same models judged, and no others', () => {
  judge(ALT, 'pack-1', 0.1)
  judge(CAPTION, 'pack-1', 0.9)
  expect(fates()).toEqual([[0.9], [0.1], []])
  judge(ALT, 'pack-2', 0.8)
  expect(fates()).toEqual([[0.9], [0.1], []])
  judge(CAPTION, 'pack-2', 0.7)
  expect(fates()).toEqual([[0.7], [0.8], []])
  // Words that stand keep what was seen of them until the text is judged anew.
  expect(fates('A blue bus on a road.')).toEqual([[0.7], [0.8], []])
})

it('lets what people answered go before the verdicts on a caption', () => {
  judge(CAPTION, 'pack-1', 0.1)
  const find = (packRevision = 'pack-1') =>
    findTextVerdicts(db, { imageId, text: CAPTION, key: keyOf(packRevision) })?.map(
      ({ status, probability }) => [status, probability],
    )
  expect(find()).toEqual([['unsupported', 0.1]])
  answer('is-there')
  expect(find()).toEqual([['supported', 1]])
  expect(fates()[0]).toEqual([1])
  answer('cannot-tell')
  expect(find()).toEqual([['unsure', null]])
  expect(find('pack-2')).toBeUndefined()
})
