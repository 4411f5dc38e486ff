import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { Override } from '../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { saveDraft, submitRevision } from './align.ts'
import { getAlignImage } from './align-image.ts'
import { applyBatch, startBatch } from './batch.ts'
import { listTags } from './image-snapshot.ts'
import { redoChange, undoChange } from './journal.ts'
import { answerJudgement, getJudgements, withdrawAnswer } from './judgements.ts'

describe('undoing a change of one image', () => {
  let db: Database.Database
  let imageId: ImageId

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    const [id] = addImages(db, [{ alts: ['a bus'], tags: ['street'] }])
    if (id === undefined) throw new Error('No image was added.')
    imageId = id
  })

  function tag(name: string, on: boolean): void {
    const change = { kind: 'tag', tag: name, on } as const
    const batchId = startBatch(db, { change, personId: TEST_PERSON })
    applyBatch(db, { batchId, change, personId: TEST_PERSON, imageIds: [imageId] })
  }

  it('keeps tags that were set or taken off since', () => {
    submitRevision(db, {
      ...{ imageId, baseRevisionId: null, personId: TEST_PERSON },
      ...{ text: 'A red bus.', note: '' },
    })
    tag('night', true)
    tag('street', false)
    undoChange(db, { imageId, personId: TEST_PERSON })
    expect(listTags(db, imageId)).toEqual(['night'])
    redoChange(db, { imageId, personId: TEST_PERSON })
    expect(listTags(db, imageId)).toEqual(['night'])
  })
})

describe('undoing what was typed and answered', () => {
  let db: Database.Database
  let imageId: ImageId
  let otherId: ImageId

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    const [first, second] = addImages(db, [{ alts: ['a bus'] }, { alts: ['a tram'] }])
    if (first === undefined || second === undefined) throw new Error('No images were added.')
    imageId = first
    otherId = second
  })

  const scope = () => ({ imageId, personId: TEST_PERSON })
  const image = () => getAlignImage(db, scope())
  const about = (words: string, given: 'is-there' | 'cannot-tell' = 'is-there'): Override => ({
    ...{ kind: 'verdict', words, occurrence: 0, answer: given, reason: '' },
  })
  const answered = () =>
    getJudgements(db, { imageId, caption: '' }).overrides.map((one) =>
      one.kind === 'verdict' ? `${one.words} ${one.answer}` : one.kind,
    )
  /** What stands: the open text, and the answers. */
  const now = () => [image().startText, ...answered()]

  function type(text: string): void {
    saveDraft(db, { ...scope(), baseRevisionId: image().headRevisionId, text })
  }
  function submit(text: string): void {
    submitRevision(db, { ...scope(), baseRevisionId: image().headRevisionId, text, note: '' })
  }
  const answer = (override: Override) => {
    answerJudgement(db, { ...scope(), override })
  }
  const undo = () => undoChange(db, scope()).label
  const redo = () => redoChange(db, scope()).label

  it('takes both back in the order in which they were done, and does them again', () => {
    type('a red bus')
    answer(about('bus'))
    type('a red bus, mov')
    submit('a red bus, moving')
    type('a blue bus')
    const states = [now()]
    const labels: string[] = []
    for (let step = 0; step < 5; step += 1) {
      labels.push(undo())
      states.push(now())
    }
    expect(labels).toEqual(['Typing', 'Submit round', 'Typing', 'Answer about “bus”', 'Typing'])
    expect(states).toEqual([
      ['a blue bus', 'bus is-there'],
      ['a red bus, moving', 'bus is-there'],
      ['a red bus, moving', 'bus is-there'],
      ['a red bus', 'bus is-there'],
      ['a red bus'],
      ['a bus'],
    ])
    expect(image().status).toBe('todo')
    expect(undo).toThrow('no change left')
    const again = states.toReversed().slice(1)
    for (const state of again) {
      redo()
      expect(now()).toEqual(state)
    }
    expect(redo).toThrow('no undone change')
  })

  it('does not bring back an answer or a text that was taken back before', () => {
    type('a red bus')
    answer(about('bus'))
    withdrawAnswer(db, { ...scope(), override: about('bus') })
    type('a bus')
    expect(undo).toThrow('no change left')
    expect(now()).toEqual(['a bus'])
    redo()
    redo()
    expect(now()).toEqual(['a red bus', 'bus is-there'])
  })

  it('lets the answer before stand again when a changed one is taken back', () => {
    answer(about('bus'))
    answer(about('bus', 'cannot-tell'))
    withdrawAnswer(db, { ...scope(), override: about('bus', 'cannot-tell') })
    expect(answered()).toEqual(['bus is-there'])
    undo()
    expect(answered()).toEqual([])
  })

  it('forgets what could be done again once something is typed', () => {
    submit('a red bus')
    undo()
    type('a blue bus')
    expect(redo).toThrow('no undone change')
    expect(() => redoChange(db, { imageId: null, personId: TEST_PERSON })).toThrow('no undone')
    expect(now()).toEqual(['a blue bus'])
  })

  it('never loses a text to an undo of all images, and takes back no other typing there', () => {
    const all = { imageId: null, personId: TEST_PERSON }
    saveDraft(db, { imageId: otherId, baseRevisionId: null, personId: TEST_PERSON, text: 'typed' })
    submit('a red bus')
    type('a blue bus')
    expect(undoChange(db, all).label).toBe('Typing')
    expect(undoChange(db, all).label).toBe('Submit round')
    expect(() => undoChange(db, all)).toThrow('no change left')
    expect(getAlignImage(db, { ...scope(), imageId: otherId }).startText).toBe('typed')
  })
})
