import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { registerFunctions } from '../functions.ts'
import { findImages } from './image-sets.ts'
import { getFindings, listFoundWords, storeFindings, type NewResult } from './machine-results.ts'
import { askedOf } from './asked-of.ts'
import { readQuery, toCondition } from './query-sql.ts'

const PACK = { id: 'yolox-nano', revision: '1' }
const OCR = { id: 'pp-ocr', revision: '1' }
const NAMES = ['dogs', 'dog', 'light', 'empty', 'unseen', 'copy']

const box = (label: string, score = 0.5) => ({
  label,
  score,
  region: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 },
})

const line = (text: string) => ({
  text,
  score: 0.9,
  quad: [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 0.5 },
    { x: 0, y: 0.5 },
  ],
})

describe('what models found', () => {
  let db: Database.Database
  let ids: readonly ImageId[]

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    registerFunctions(db)
    ids = addImages(
      db,
      ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((hash) => ({ hash })),
    )
    store(PACK, [
      { task: 'detect', hash: 'h1', boxes: [box('dog', 0.9), box('Dog'), box('cat')] },
      { task: 'detect', hash: 'h2', boxes: [box('dog')] },
      { task: 'detect', hash: 'h3', boxes: [box('traffic light')] },
      { task: 'detect', hash: 'h4', boxes: [] },
    ])
    store(OCR, [
      { task: 'ocr', hash: 'h1', lines: [line('BIG SUMMER'), line('SALE!')] },
      { task: 'ocr', hash: 'h2', lines: [line('Wholesale CAFÉ')] },
      { task: 'ocr', hash: 'h3', lines: [line('大减价')] },
    ])
  })

  function store(pack: { id: string; revision: string }, results: readonly NewResult[]): void {
    storeFindings(db, { pack, results, now: 7 })
  }

  function find(query: string): string {
    const ast = readQuery(query)
    const asked = askedOf(db, { now: 0, personId: TEST_PERSON })
    const { sql, params } = toCondition(ast, asked)
    const found = db
      .prepare(`SELECT image_id FROM image_state s WHERE ${sql} ORDER BY image_id`)
      .pluck()
      .all(...params) as number[]
    const all = Uint32Array.from(ids)
    const scope = { db, asked, newestId: all.length, all: () => all }
    expect(Array.from(ast === null ? all : findImages(ast, scope))).toEqual(found)
    return found.map((id) => NAMES[id - 1] ?? '').join(' ')
  }

  it.each([
    ['det:dog', 'dogs dog'],
    ['det:DOG>=2', 'dogs'],
    ['det:dog=1', 'dog'],
    ['det:dog>1', 'dogs'],
    ['det:dog,cat>1', 'dogs dog'],
    // Only images that a detector looked at can have few.
    ['det:dog<2', 'dog light empty'],
    ['det:dog=0', 'light empty'],
    ['-det:dog', 'light empty unseen copy'],
    ['det:"traffic light"', 'light'],
    ['det:"traffic light>=1"', 'light'],
    ['det:traf*', 'light'],
    ['det:traf*>1', ''],
    ['det~LIGHT', 'light'],
    ['det:do', ''],
    ['det:dog -det:cat', 'dog'],
  ])('%s', (query, expected) => {
    expect(find(query)).toBe(expected)
  })

  it.each([
    ['ocr:sale', 'dogs'],
    ['ocr:"summer sale"', 'dogs'],
    ['ocr:"sale summer"', ''],
    ['ocr:whole*', 'dog'],
    ['ocr~sale', 'dogs dog'],
    ['ocr:cafe', 'dog'],
    ['ocr:减价', 'light'],
    ['ocr:sale det:cat', 'dogs'],
    ['ocr:nothing', ''],
  ])('%s', (query, expected) => {
    expect(find(query)).toBe(expected)
  })

  it.each([
    ['det:>=2', /Expected a name/],
    ['det:dog>=x', /Expected a name/],
    ['det>=2', /cannot be compared/],
  ])('says what is wrong with %s', (query, message) => {
    expect(() => readQuery(query)).toThrow(message)
  })

  it('are the last pack’s, and another revision is another pack', () => {
    store({ ...PACK, revision: '2' }, [{ task: 'detect', hash: 'h1', boxes: [box('wolf')] }])
    expect(find('det:dog')).toBe('dog')
    expect(find('det:wolf')).toBe('dogs')
    expect(getFindings(db, { imageId: ids[0] as ImageId }).detect?.pack.revision).toBe('2')
  })

  it('are replaced when the same revision looks again', () => {
    store(OCR, [{ task: 'ocr', hash: 'h1', lines: [line('CLOSED')] }])
    expect(find('ocr:sale')).toBe('')
    expect(find('ocr:closed')).toBe('dogs')
    db.exec("INSERT INTO ocr_index (ocr_index, rank) VALUES ('integrity-check', 1)")
    expect(db.prepare('SELECT count(*) FROM ocr_line').pluck().get()).toBe(3)
  })

  it('follow what the image shows', () => {
    db.prepare("UPDATE image SET content_hash = 'other' WHERE id = 1").run()
    expect(find('det:dog')).toBe('dog')
    expect(getFindings(db, { imageId: ids[0] as ImageId })).toEqual({ detect: null, ocr: null })
  })

  it('come back as they were stored', () => {
    expect(getFindings(db, { imageId: ids[1] as ImageId })).toEqual({
      detect: { pack: PACK, boxes: [box('dog')] },
      ocr: { pack: OCR, lines: [line('Wholesale CAFÉ')] },
    })
    expect(getFindings(db, { imageId: ids[3] as ImageId }).detect).toEqual({
      pack: PACK,
      boxes: [],
    })
  })

  it('offers what was found and read to complete a query, most pictures first', () => {
    const words = (task: 'detect' | 'ocr', prefix: string) =>
      listFoundWords(db, { task, prefix, limit: 3 })
    expect(words('detect', 'D')).toEqual(['dog'])
    expect(words('detect', '')).toEqual(['dog', 'cat', 'traffic light'])
    expect(words('detect', '%')).toEqual([])
    expect(words('ocr', 'S')).toEqual(['sale', 'summer'])
    expect(words('ocr', '大')).toEqual(['大减价'])
    expect(words('ocr', 'x')).toEqual([])
  })
})
