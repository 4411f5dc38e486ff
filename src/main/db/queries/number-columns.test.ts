import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  addImages,
  prepareStore,
  type StoredImageSpec,
} from '../../../../test/support/project-store.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { ImageQuality } from '../../../shared/domain/image-quality.ts'
import type { NumberField } from '../../../shared/domain/query/fields.ts'
import { getQualityLimits, setQualityLimit, storeImageQuality } from './image-quality.ts'
import { countImages, selectImageIds } from './library.ts'
import { nextChange } from './change-counter.ts'
import { getNumbers, getSortedNumbers } from './number-columns.ts'
import { NUMBER_SOURCES } from './number-sources.ts'

const PHOTO: ImageQuality = {
  ...{ brightness: 45, contrast: 23, black: 3, white: 1, sharpness: 1600 },
  ...{ entropy: 7.5, colour: 36, plain: 11, frames: 1 },
}

/** Widths with ties and unknown ones; every second image has a caption as long as its number. */
const WIDTHS = [500, 100, 500, null, 300, 500, 100, null, 900, 300, 500, 700] as const

describe('numbers of images', () => {
  let db: Database.Database
  let ids: readonly ImageId[]

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    const specs = WIDTHS.map((width, index): StoredImageSpec => ({
      hash: `h${index}`,
      ...(width === null ? {} : { width, height: 300 }),
      ...(index % 2 === 0 ? { caption: 'x'.repeat(index + 1), alts: ['one', 'longer one'] } : {}),
    }))
    ids = addImages(db, specs)
    db.exec('UPDATE image_state SET round = image_id % 3')
  })

  function find(query: string): readonly ImageId[] {
    const found = selectImageIds(db, { query, after: null, limit: 100 })
    expect(countImages(db, { query })).toBe(found.length)
    return found
  }

  /** As SQL ranks them, of those with a number. */
  function findByRank(field: NumberField, comparison: string): readonly ImageId[] {
    const { column, id, rows } = NUMBER_SOURCES[field]
    return db
      .prepare(
        `SELECT id FROM (SELECT ${id} AS id, 100 * percent_rank() OVER (ORDER BY ${column}) AS place
           ${rows} AND ${column} IS NOT NULL) WHERE place ${comparison} ORDER BY id`,
      )
      .pluck()
      .all() as ImageId[]
  }

  it.each([
    'width',
    'side',
    'aspect',
    'elongation',
    'length',
    'round',
    'altlength',
    'pixels',
  ] as const)('are ranked as SQL does it: %s', (field) => {
    for (const percent of [0, 10, 25, 33.3, 50, 77, 100]) {
      for (const operator of ['<', '<=', '>', '>=']) {
        expect(find(`${field}${operator}${percent}%`)).toEqual(
          findByRank(field, `${operator} ${percent}`),
        )
      }
    }
    expect(find(`${field}:20%..60%`)).toEqual(findByRank(field, 'BETWEEN 20 AND 60'))
  })

  it('have no place where they are not known', () => {
    expect(find('width>=0%')).toHaveLength(10)
    expect(find('-width>=0%')).toEqual([ids[3], ids[7]])
    expect(find('brightness<50%')).toEqual([])
    expect(find('brightness>=0%')).toEqual([])
  })

  it('follow changes of a few images without being read anew', () => {
    const before = getSortedNumbers(db, 'length')
    const values = getNumbers(db, 'length')
    db.prepare('UPDATE image_state SET text_length = 400, updated_seq = ? WHERE image_id = ?').run(
      nextChange(db),
      ids[0],
    )
    expect(getNumbers(db, 'length')).toBe(values)
    expect(Array.from(getSortedNumbers(db, 'length'))).toEqual([
      ...Array.from(before.subarray(1)),
      400,
    ])
    expect(find('length>=100%')).toEqual([ids[0]])
  })

  it('keep what single precision would round, read at once or changed later', () => {
    const set = db.prepare('UPDATE image_state SET pixels = ?, updated_seq = ? WHERE image_id = ?')
    expect(getNumbers(db, 'pixels')).toBeInstanceOf(Float32Array)
    getSortedNumbers(db, 'pixels')
    set.run(16_777_217, nextChange(db), ids[0])
    set.run(16_777_216, nextChange(db), ids[1])
    expect(Array.from(getSortedNumbers(db, 'pixels').slice(-2))).toEqual([16_777_216, 16_777_217])
    // A change that no image explains makes the column anew.
    nextChange(db)
    expect(Array.from(getSortedNumbers(db, 'pixels').slice(-2))).toEqual([16_777_216, 16_777_217])
    expect(getNumbers(db, 'pixels')[ids[0] ?? 0]).toBe(16_777_217)
  })

  it('are read of images whose ids lie far apart', () => {
    db.exec("INSERT INTO image (id, uid, created_at) VALUES (120000, 'gap', 0)")
    const far = addImages(db, [{ hash: 'far', width: 600, height: 300 }])
    expect(getNumbers(db, 'width')[far[0] ?? 0]).toBe(600)
    expect(find('width<50%')).toEqual(findByRank('width', '< 50'))
    expect(find('width>=50%')).toEqual(findByRank('width', '>= 50'))
    expect(find('')).toEqual([...ids, ...far])
  })

  it('of pictures are found by their measures, and by words with the limits of the project', () => {
    const rows = [
      { ...PHOTO, brightness: 5 },
      { ...PHOTO, brightness: 11.999, sharpness: 99.5 },
      { ...PHOTO, brightness: 12, plain: 98, frames: 8 },
      PHOTO,
    ].map((quality, index) => ({ imageId: ids[index] as ImageId, hash: `h${index}`, quality }))
    expect(find('is:dark')).toEqual([])
    storeImageQuality(db, { rows })
    expect(find('is:dark')).toEqual([ids[0]])
    expect(find('brightness<12')).toEqual([ids[0]])
    expect(find('brightness<=12')).toEqual(ids.slice(0, 3))
    expect(find('is:blurry')).toEqual([ids[1]])
    expect(find('is:blank frames>1')).toEqual([ids[2]])
    expect(find('brightness<50%')).toEqual(findByRank('brightness', '< 50'))
    // The second and the third come out the same in hundredths, so they share a place.
    expect(find('brightness<=34%')).toEqual(ids.slice(0, 3))

    setQualityLimit(db, { issue: 'dark', limit: 20 })
    expect(find('is:dark')).toEqual(ids.slice(0, 3))
    expect(getQualityLimits(db)).toMatchObject({ dark: 20, bright: 88 })
    setQualityLimit(db, { issue: 'dark', limit: null })
    expect(find('is:dark')).toEqual([ids[0]])
  })

  it('of a picture go when another one takes its place', () => {
    const row = { imageId: ids[0] as ImageId, hash: 'h0', quality: PHOTO }
    storeImageQuality(db, { rows: [row, { ...row, imageId: ids[1] as ImageId, hash: 'other' }] })
    expect(find('brightness>0')).toEqual([ids[0]])
    db.exec("UPDATE image SET content_hash = 'new' WHERE id = 1")
    expect(find('brightness>0')).toEqual([])
  })
})
