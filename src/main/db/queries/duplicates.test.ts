import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { registerFunctions } from '../functions.ts'
import { askedOf } from './asked-of.ts'
import {
  endDuplicateRun,
  findDuplicateRun,
  listDuplicateGroups,
  listPerceptualHashes,
  mergeAltTexts,
  startDuplicateRun,
  storeDuplicates,
} from './duplicates.ts'
import { findImages } from './image-sets.ts'
import { readQuery } from './query-sql.ts'

let db: Database.Database
let ids: readonly ImageId[]

beforeEach(() => {
  db = new Database(':memory:')
  prepareStore(db)
  registerFunctions(db)
  ids = addImages(db, [
    { hash: 'h1', perceptualHash: 'ff00', alts: ['a red bus', 'bus'], width: 20, height: 10 },
    { hash: 'h2', alts: ['a red bus', 'the bus of Ann'], caption: 'A bus' },
    { hash: 'h3', status: 'discarded' },
    { hash: 'h4', problem: 'broken' },
    { hash: 'h5' },
  ])
})

function idOf(position: number): ImageId {
  const id = ids[position]
  if (id === undefined) throw new Error(`there is no image ${position}`)
  return id
}

function look(groups: readonly (readonly number[])[], isEnded = true): void {
  const runId = startDuplicateRun(db, {
    ...{ hashDistance: 6, cosine: 0.97, pack: { id: 'p', revision: '1' } },
    ...{ imageCount: 4, vectorCount: 3, now: 5 },
  })
  const members = groups.flatMap((group, index) =>
    group.map((position) => ({
      ...{ group: index + 1, imageId: idOf(position), hashDistance: 2, cosine: null, sharpness: 9 },
    })),
  )
  storeDuplicates(db, { runId, members })
  if (isEnded) endDuplicateRun(db, { runId, now: 7 })
}

function imagesOf(query: string): number[] {
  const ast = readQuery(query)
  if (ast === null) throw new Error('a query was expected')
  const all = Uint32Array.from(ids)
  const asked = askedOf(db, { now: 0, personId: TEST_PERSON })
  return Array.from(findImages(ast, { db, asked, newestId: all.length, all: () => all }))
}

describe('groups of duplicates', () => {
  it('are those of the last look that ended', () => {
    expect(findDuplicateRun(db)).toBeNull()
    look([[0, 1]])
    look([[0, 4]], false)
    expect(findDuplicateRun(db)).toMatchObject({ hashDistance: 6, vectorCount: 3, endedAt: 7 })
    const { total, groups } = listDuplicateGroups(db, { position: 0, limit: 10 })
    expect(total).toBe(1)
    expect(groups[0]?.members.map(({ id }) => id)).toEqual([idOf(0), idOf(1)])
    expect(groups[0]?.members[1]).toMatchObject({
      ...{ altCount: 2, textLength: 28, sharpness: 9, hashDistance: 2, cosine: null },
    })
    look([[1, 4]])
    expect(imagesOf('dup:near')).toEqual([idOf(1), idOf(4)])
    expect(db.prepare('SELECT count(*) FROM duplicate_run').pluck().get()).toBe(1)
  })

  it('leave out what is discarded, and whole groups where one image is left', () => {
    look([
      [0, 2, 1],
      [2, 4],
    ])
    const { total, groups } = listDuplicateGroups(db, { position: 0, limit: 10 })
    expect(total).toBe(1)
    expect(groups).toMatchObject([{ number: 1, size: 2 }])
    expect(listDuplicateGroups(db, { position: 1, limit: 10 })).toMatchObject({ groups: [] })
  })

  it('are found by queries, as are files that lie at several places', () => {
    look([[0, 1]])
    db.prepare('INSERT INTO image_location (image_id, source_id, locator) VALUES (?, 1, ?)').run(
      ...[idOf(4), 'copy'],
    )
    expect(imagesOf('dup:exact')).toEqual([idOf(4)])
    expect(imagesOf('dup:group')).toEqual([idOf(0), idOf(1), idOf(4)])
    expect(imagesOf('-dup:near')).toEqual([idOf(2), idOf(3), idOf(4)])
    expect(() => readQuery('dup:far')).toThrow()
  })
})

it('hashes are listed of readable images only', () => {
  const listed = listPerceptualHashes(db, { after: 0, limit: 3 })
  expect(listed.map(({ contentHash }) => contentHash)).toEqual(['h1', 'h2', 'h3'])
  expect(listPerceptualHashes(db, { after: idOf(2), limit: 9 })).toMatchObject([
    { id: idOf(4), perceptualHash: null },
  ])
})

describe('alt-texts of copies', () => {
  it('are added to the kept one with their origin, each once', () => {
    db.prepare(
      "INSERT INTO alt_text (image_id, source_id, origin, text, created_at) VALUES (?, 1, 'title', 'a red bus', 0)",
    ).run(idOf(1))
    expect(mergeAltTexts(db, { toId: idOf(0), fromIds: [idOf(1), idOf(0)], now: 9 })).toBe(2)
    const rows = db.prepare('SELECT origin, text FROM alt_text WHERE image_id = ? ORDER BY id')
    expect(rows.all(idOf(0))).toEqual([
      { origin: 'alt', text: 'a red bus' },
      { origin: 'alt', text: 'bus' },
      { origin: 'alt', text: 'the bus of Ann' },
      { origin: 'title', text: 'a red bus' },
    ])
    expect(imagesOf('alts:4')).toEqual([idOf(0)])
    expect(mergeAltTexts(db, { toId: idOf(0), fromIds: [idOf(1)], now: 9 })).toBe(0)
  })

  it('are not added to an image that is not there', () => {
    expect(() => mergeAltTexts(db, { toId: 99 as ImageId, fromIds: [idOf(1)], now: 9 })).toThrow(
      /no image 99/,
    )
  })
})
