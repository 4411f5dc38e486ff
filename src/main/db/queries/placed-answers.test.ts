import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { Override } from '../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { getAlignImage } from './align-image.ts'
import { saveDraft, submitRevision } from './align.ts'
import { undoChange } from './journal.ts'
import { answerJudgement, getJudgements, withdrawAnswer } from './judgements.ts'

const CAPTION = 'A red bus beside a red car.'

let db: Database.Database
let imageId: ImageId

beforeEach(() => {
  // A person takes time between two steps.
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 })
  db = new Database(':memory:')
  prepareStore(db)
  const [first] = addImages(db, [{ alts: ['a bus'], caption: CAPTION, hash: 'h1' }])
  if (first === undefined) throw new Error('Nothing was stored.')
  imageId = first
})
afterEach(() => {
  vi.useRealTimers()
})

type Answer = Extract<Override, { kind: 'verdict' }>['answer']

const about = (occurrence: number, given: Answer = 'is-there'): Override => ({
  ...{ kind: 'verdict', words: 'red', occurrence, answer: given, reason: '' },
})

function later(): { readonly imageId: ImageId; readonly personId: typeof TEST_PERSON } {
  vi.setSystemTime(Date.now() + 100)
  return { imageId, personId: TEST_PERSON }
}

function base() {
  const { headRevisionId } = getAlignImage(db, { imageId, personId: TEST_PERSON })
  return { ...later(), baseRevisionId: headRevisionId }
}

function type(text: string): void {
  saveDraft(db, { ...base(), text })
}

function answer(override: Override): void {
  answerJudgement(db, { ...later(), override })
}

/** What is answered about "red" in a text, as "occurrence answer". */
function answersIn(caption: string): string[] {
  return getJudgements(db, { imageId, caption }).overrides.flatMap((one) =>
    one.kind === 'verdict' ? `${one.occurrence} ${one.answer}` : [],
  )
}

it('keeps an answer with the one of two phrases that it was about', () => {
  answer(about(1))
  expect(answersIn(CAPTION)).toEqual(['1 is-there'])
  expect(answersIn('A bus beside a red car.')).toEqual(['0 is-there'])
  expect(answersIn('A red bus beside a car.')).toEqual([])
  expect(answersIn('A red sky. A red bus beside a red car.')).toEqual(['2 is-there'])
  // Back where it was, and also while its words are gone.
  expect(answersIn(CAPTION)).toEqual(['1 is-there'])
  expect(answersIn('A bus.')).toEqual(['1 is-there'])
})

it('does not hand the answer about a phrase that was replaced to the next one', () => {
  answer(about(0, 'took-rival'))
  expect(answersIn('A blue bus beside a red car.')).toEqual([])
})

it('follows what was typed, submitted and undone between answers', () => {
  answer(about(1, 'keep'))
  type('A bus beside a red car.')
  expect(answersIn('A bus beside a red car.')).toEqual(['0 keep'])
  type('A bus beside a red car and a red kite.')
  answer(about(1, 'cannot-tell'))
  const both = 'A bus beside a red car and a red kite.'
  expect(answersIn(both)).toEqual(['0 keep', '1 cannot-tell'])
  submitRevision(db, { ...base(), text: both, note: '' })
  expect(answersIn('A red kite.')).toEqual(['0 cannot-tell'])
  expect(answersIn(both)).toEqual(['0 keep', '1 cannot-tell'])
  undoChange(db, later())
  undoChange(db, later())
  expect(answersIn(both)).toEqual(['0 keep'])
})

it('takes an answer back where its words are now', () => {
  answer(about(1))
  type('A bus beside a red car.')
  withdrawAnswer(db, { ...later(), override: about(0) })
  expect(answersIn('A bus beside a red car.')).toEqual([])
  answer(about(0, 'keep'))
  expect(answersIn('A bus beside a red car.')).toEqual(['0 keep'])
})
