import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { Detail, Override, Verdict } from '../../../shared/contract/judgements.ts'
import type { AltTextId, ImageId } from '../../../shared/domain/ids.ts'
import { submitRevision } from './align.ts'
import { getAlignImage } from './align-image.ts'
import {
  answerJudgement,
  getJudgements,
  storeDetails,
  storeVerdicts,
  withdrawAnswer,
} from './judgements.ts'
import { redoChange, undoChange } from './journal.ts'

const CAPTION = 'A red bus beside a red car. A dog sleeps.'

describe('judgements', () => {
  let db: Database.Database
  let imageId: ImageId

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    const [first] = addImages(db, [{ alts: ['a London bus'], caption: CAPTION, hash: 'h1' }])
    if (first === undefined) throw new Error('Nothing was stored.')
    imageId = first
  })

  const key = (text: string, packRevision = 'pack-1') => ({
    ...{ imageHash: 'h1', text, packRevision, calibrationId: 'c', algorithmVersion: 1 },
  })

  function verdict(text: string, words: string, status: Verdict['status'], from = 0): Verdict {
    const start = text.indexOf(words, from)
    return {
      ...{ kind: 'attribute', start, end: start + words.length, status, probability: 0.25 },
      ...{ rival: 'green', reason: 'green wins', region: { x: 0, y: 0, width: 1, height: 0.5 } },
    }
  }

  const detail = (phrase: string): Detail => ({
    ...{ id: phrase, kind: 'thing', phrase, probability: null, region: null, source: 'test' },
    instead: null,
  })

  const get = (caption: string) => getJudgements(db, { imageId, caption })
  const marked = (caption: string) =>
    get(caption).verdicts.map(({ start, end }) => `${start}:${caption.slice(start, end)}`)
  const answer = (override: Override) => {
    answerJudgement(db, { imageId, personId: TEST_PERSON, override })
  }
  const bus: Override = {
    ...{ kind: 'verdict', words: 'bus', occurrence: 0, answer: 'is-there', reason: 'left edge' },
  }

  it('gives back what was stored for this very text', () => {
    const red = verdict(CAPTION, 'red', 'unsupported')
    storeVerdicts(db, { key: key(CAPTION), verdicts: [red] })
    storeVerdicts(db, { key: key(`${CAPTION} More.`), verdicts: [] })
    storeDetails(db, { key: key(CAPTION), details: [detail('a cat')] })
    expect(get(CAPTION)).toEqual({ verdicts: [red], details: [detail('a cat')], overrides: [] })
  })

  it('keeps the marks of untouched words in an edited caption, each at its own word', () => {
    const verdicts = [
      verdict(CAPTION, 'red', 'unsupported'),
      verdict(CAPTION, 'bus', 'supported'),
      verdict(CAPTION, 'red', 'supported', 10),
      verdict(CAPTION, 'car', 'unsure'),
      verdict(CAPTION, 'dog', 'unsupported'),
    ]
    storeVerdicts(db, { key: key(CAPTION), verdicts })
    // What was said of a bus and of a car is not said of cars.
    expect(marked('Two red cars. A dog sleeps.')).toEqual(['16:dog'])
    // The first "red" went; the mark of the second must not become that of the first.
    expect(get('A bus beside a red car. A dog sleeps.').verdicts.map((one) => one.status)).toEqual([
      ...['supported', 'supported', 'unsure', 'unsupported'],
    ])
    expect(marked('A dog sleeps. A red bus beside a red car.')).toContain('2:dog')
    expect(marked('Nothing of it.')).toEqual([])
  })

  it('replaces what the same check found, and prefers the newer of two checks', () => {
    storeVerdicts(db, { key: key(CAPTION), verdicts: [verdict(CAPTION, 'bus', 'supported')] })
    storeVerdicts(db, { key: key(CAPTION), verdicts: [verdict(CAPTION, 'car', 'supported')] })
    expect(marked(CAPTION)).toEqual(['23:car'])
    storeVerdicts(db, {
      ...{ key: key(CAPTION, 'pack-2'), verdicts: [verdict(CAPTION, 'dog', 'supported')] },
    })
    expect(marked(CAPTION)).toEqual(['30:dog'])
  })

  it('can lose all derived rows, and no answer', () => {
    storeVerdicts(db, { key: key(CAPTION), verdicts: [verdict(CAPTION, 'bus', 'supported')] })
    storeDetails(db, { key: key(CAPTION), details: [detail('a cat')] })
    answer(bus)
    db.exec('DELETE FROM judgement')
    expect(get(CAPTION)).toEqual({ verdicts: [], details: [], overrides: [bus] })
    expect(db.prepare('SELECT count(*) FROM verdict').pluck().get()).toBe(0)
    expect(() => db.exec('DELETE FROM override')).toThrow('never deleted')
    expect(() => db.exec("UPDATE override SET answer = 'keep'")).toThrow('append-only')
  })

  it('offers at most five details: none that was dismissed or that the caption says', () => {
    const phrases = ['a cat', 'a tree', 'a lamp', 'a bench', 'a kite', 'a sign', 'a door']
    storeDetails(db, { key: key(CAPTION), details: phrases.map(detail) })
    answer({ kind: 'detail', phrase: 'a tree', answer: 'dismissed' })
    answer({ kind: 'detail', phrase: 'a cat', answer: 'inserted' })
    const shown = (caption: string) => get(caption).details.map(({ phrase }) => phrase)
    expect(shown(`${CAPTION} And a cat.`)).toEqual(phrases.slice(2))
    expect(shown(CAPTION)).toEqual(['a cat', ...phrases.slice(2, 6)])
  })

  it('offers a colour while the words are there that it is told of, and say none', () => {
    const instead = { words: 'dog', occurrence: 0, insert: 'brown dog' }
    const brown: Detail = { ...detail('a brown dog'), kind: 'colour', instead }
    storeDetails(db, { key: key(CAPTION), details: [brown] })
    expect(get(CAPTION).details).toEqual([brown])
    expect(get(`${CAPTION} It snows.`).details).toEqual([brown])
    expect(get('A red bus beside a red car. The brown dog sleeps.').details).toEqual([])
    expect(get('A red bus beside a red car. A cat sleeps.').details).toEqual([])
  })

  it('keeps answers of all kinds, the newest for each thing, with exact words', () => {
    const altTextId = db.prepare('SELECT id FROM alt_text').pluck().get() as AltTextId
    const answers: Override[] = [
      { kind: 'fate', altTextId, words: 'London\ud800', occurrence: 0, reason: 'not-visible' },
      bus,
      { kind: 'hygiene', ruleId: 'junk/x', words: 'dog', occurrence: 1, answer: 'keep' },
      { kind: 'detail', phrase: 'a cat', answer: 'dismissed' },
    ]
    for (const one of answers) answer(one)
    expect(get('anything').overrides).toEqual(answers)
    answer({ ...bus, answer: 'cannot-tell', reason: '' })
    answer({ ...bus, occurrence: 1 })
    expect(get('').overrides).toContainEqual({ ...bus, answer: 'cannot-tell', reason: '' })
    expect(get('').overrides).toHaveLength(5)
  })

  it('takes answers back and brings them again, by undo and redo too', () => {
    const scope = { imageId, personId: TEST_PERSON }
    answer(bus)
    answer(bus)
    answer({ ...bus, answer: 'cannot-tell' })
    undoChange(db, scope)
    expect(get('').overrides).toEqual([bus])
    undoChange(db, scope)
    expect(get('').overrides).toEqual([])
    redoChange(db, scope)
    expect(get('').overrides).toEqual([bus])
    withdrawAnswer(db, { ...scope, override: { ...bus, reason: 'any' } })
    expect(get('').overrides).toEqual([])
    expect(() => undoChange(db, scope)).toThrow('no change left')
    redoChange(db, scope)
    expect(get('').overrides).toEqual([bus])
  })

  it('carries the answers that stand with the next revision, once', () => {
    answer(bus)
    answer({ kind: 'detail', phrase: 'a cat', answer: 'dismissed' })
    withdrawAnswer(db, {
      ...{ imageId, personId: TEST_PERSON },
      override: { kind: 'detail', phrase: 'a cat', answer: 'dismissed' },
    })
    for (const text of ['one', 'two']) {
      const baseRevisionId = getAlignImage(db, { imageId, personId: TEST_PERSON }).headRevisionId
      submitRevision(db, { imageId, personId: TEST_PERSON, baseRevisionId, text, note: '' })
    }
    const links = db
      .prepare(
        `SELECT r.text, o.words FROM revision_override l JOIN revision r ON r.id = l.revision_id
         JOIN override o ON o.id = l.override_id`,
      )
      .all()
    expect(links).toEqual([{ text: 'one', words: 'bus' }])
  })

  it('refuses an answer about the alt-text of another image', () => {
    addImages(db, [{ alts: ['other'] }])
    const altTextId = db.prepare('SELECT max(id) FROM alt_text').pluck().get() as AltTextId
    expect(() => {
      answer({ kind: 'fate', altTextId, words: 'other', occurrence: 0, reason: 'wrong' })
    }).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }) as Error)
  })
})
