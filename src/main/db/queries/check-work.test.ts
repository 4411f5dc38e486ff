import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { addImages, prepareStore } from '../../../../test/support/project-store.ts'
import { countChecked, listCheckWork, storeCheck } from './checks.ts'
import { storeFindings } from './machine-results.ts'

const CAPTION = 'A sign that says “STOP”.'
const KEY = { packRevision: 'pack-1', calibrationId: 'c', algorithmVersion: 1 }

it('asks for a check anew once the text in the picture was read', () => {
  const db = new Database(':memory:')
  prepareStore(db)
  const ids = addImages(db, [{ alts: ['a sign'], caption: CAPTION, hash: 'h1' }])
  db.exec("UPDATE image_location SET path = 'one.jpg'")
  const [imageId] = ids
  if (imageId === undefined) throw new Error('Nothing was stored.')
  const read = (task: 'ocr' | 'detect', now: number): void => {
    const result =
      task === 'ocr' ? { task, hash: 'h1', lines: [] } : { task, hash: 'h1', boxes: [] }
    storeFindings(db, { pack: { id: task, revision: '1' }, results: [result], now })
  }
  const check = (now: number): void => {
    const key = { imageHash: 'h1', text: CAPTION, ...KEY }
    storeCheck(db, { imageId, key, verdicts: [], score: null, now })
  }
  const isDone = (): boolean[] => listCheckWork(db, { ids, key: KEY }).map((work) => work.isDone)
  read('ocr', 1)
  check(2)
  expect(isDone()).toEqual([true])
  // The check draws boxes by itself where a text needs them.
  read('detect', 3)
  expect(isDone()).toEqual([true])
  read('ocr', 4)
  expect(isDone()).toEqual([false])
  expect(countChecked(db, { key: KEY })).toEqual({ checked: 0, total: 1 })
  check(5)
  expect(isDone()).toEqual([true])
})
