import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore } from '../../../../test/support/project-store.ts'
import {
  readConceptTexts,
  readImageGroups,
  readImageKeys,
  readImageMerits,
  readStrata,
} from './subset-columns.ts'

describe('columns of a page of images', () => {
  let db: Database.Database
  let ids: Uint32Array

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    ids = Uint32Array.from(
      addImages(
        db,
        Array.from({ length: 40 }, (_, index) => ({
          ...{ hash: `h${index}`, width: 100 + index, height: 50 },
          ...{ perceptualHash: (index + 1).toString(16).padStart(16, '0') },
          ...{ alts: [`alt ${index}`, `other ${index}`], tags: [`tag ${index % 3}`] },
          ...(index % 2 === 0 ? { caption: `Caption ${index}` } : {}),
        })),
      ),
    )
  })

  /** All that is read of a page, by image. */
  function read(page: Uint32Array): readonly unknown[] {
    const keys = readImageKeys(db, { ids: page })
    const groups = readImageGroups(db, { ids: page, together: 'duplicates' })
    const merits = readImageMerits(db, { ids: page })
    const { names, strata } = readStrata(db, { ids: page, by: 'tag' })
    const texts = (['all', 'alt', 'caption', 'caption-or-alt'] as const).map((kind) =>
      readConceptTexts(db, { ids: page, texts: kind }),
    )
    return Array.from(page, (id, place) => ({
      id,
      key: [keys.high[place], keys.low[place]],
      group: [groups.hashHigh[place], groups.hashLow[place], groups.group[place]],
      merit: [merits.pixels[place], merits.textLength[place]],
      stratum: names[strata[place] ?? -1],
      texts: texts.map((kind) => kind[place]),
    }))
  }

  it('are the same whether the images lie together or apart', () => {
    const singly = Array.from(ids, (id) => read(Uint32Array.of(id))[0])
    expect(read(ids)).toEqual(singly)
    const withGaps = (_: unknown, index: number): boolean => index % 4 !== 1
    expect(read(ids.filter(withGaps))).toEqual(singly.filter(withGaps))
    const apart = (_: unknown, index: number): boolean => index % 13 === 0
    expect(read(ids.filter(apart))).toEqual(singly.filter(apart))
  })

  it('have the texts that were asked for', () => {
    const page = ids.slice(0, 2)
    const texts = (kind: 'all' | 'caption' | 'caption-or-alt') =>
      readConceptTexts(db, { ids: page, texts: kind })
    expect(texts('all')).toEqual([
      ['Caption 0', 'alt 0', 'other 0'],
      ['alt 1', 'other 1'],
    ])
    expect(texts('caption')).toEqual([['Caption 0'], []])
    expect(texts('caption-or-alt')).toEqual([['Caption 0'], ['alt 1', 'other 1']])
    expect(readConceptTexts(db, { ids: new Uint32Array(0), texts: 'all' })).toEqual([])
  })

  it('have no group for images without a hash or a place', () => {
    const plain = Uint32Array.from(addImages(db, [{ hash: 'plain' }]))
    const { group, hashHigh, hashLow, place } = readImageGroups(db, {
      ...{ ids: plain, together: 'folder' },
    })
    expect([group[0], hashHigh[0], hashLow[0], place[0]]).toEqual([0, 0, 0, 0])
  })
})
