import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addImages,
  prepareStore,
  TEST_PERSON,
  type Store,
  type StoredImageSpec,
} from '../../../../test/support/project-store.ts'
import { explain } from '../../../../test/support/query-plan.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { SORT_KEYS, type Sort } from '../../../shared/domain/sort.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import {
  countImages,
  facets,
  libraryAround,
  libraryPage,
  selectImageIds,
  tagNames,
} from './library.ts'
import { allImagesSql } from './listing-order.ts'
import { askedOf } from './asked-of.ts'
import { readQuery, toCondition } from './query-sql.ts'

const ADDED: Sort = { key: 'added', descending: false }

function storeWith(specs: readonly StoredImageSpec[]): Store {
  const db = new Database(':memory:')
  prepareStore(db)
  addImages(db, specs)
  return db
}

function pageIds(db: Store, query: string, sort: Sort = ADDED, position = 0): number[] {
  const page = libraryPage(db, { query, sort, position, limit: 500, personId: TEST_PERSON })
  return page.rows.map((row) => row.id)
}

/** Changes an image the way the store's writes do: the row carries the new number of the change counter. */
function change(db: Store, id: number, set: Readonly<Record<string, number | string>>): void {
  const columns = Object.keys(set).map((column) => `${column} = ?`)
  db.prepare("UPDATE counter SET value = value + 1 WHERE name = 'change'").run()
  db.prepare(
    `UPDATE image_state SET ${columns.join(', ')}, updated_seq = (SELECT value FROM counter) WHERE image_id = ?`,
  ).run(...Object.values(set), id)
}

/** What the query matches by SQL alone, with nothing remembered. */
function matchingIds(db: Store, query: string): number[] {
  const { sql, params } = toCondition(
    readQuery(query),
    askedOf(db, { now: Date.now(), personId: null }),
  )
  return db
    .prepare(`SELECT image_id FROM image_state s WHERE ${sql}`)
    .pluck()
    .all(...params) as number[]
}

function expectCounts(db: Store, query: string, matching: ReadonlySet<number>): void {
  const counts = facets(db, { query: `(${query === '' ? 'name:n' : query}) OR name:none` })
  const drafts = [...matching].filter(
    (id) => db.prepare('SELECT status FROM image_state WHERE image_id = ?').pluck().get(id) === 1,
  )
  expect(counts).toMatchObject({ total: matching.size, byStatus: { draft: drafts.length } })
}

describe('libraryPage', () => {
  it('gives whole rows', () => {
    const db = storeWith([
      {
        name: 'bus.jpg',
        alts: ['first', 'second'],
        tags: ['b', 'a'],
        width: 4,
        height: 3,
        hash: 'ff',
        updatedAt: 7,
      },
      { alts: ['alt'], caption: 'caption', status: 'accepted', round: 1 },
      { alts: ['alt'], caption: 'caption', draft: 'draft', status: 'draft' },
      { problem: 'broken' },
    ])
    const page = libraryPage(db, {
      query: '',
      sort: ADDED,
      position: 0,
      limit: 10,
      personId: TEST_PERSON,
    })
    expect(page).toMatchObject({ position: 0, total: 4 })
    expect(page.rows[0]).toEqual({
      id: 1,
      name: 'bus.jpg',
      hash: 'ff',
      width: 4,
      height: 3,
      status: 'todo',
      round: 0,
      altCount: 2,
      revisionCount: 0,
      hasDraft: false,
      text: 'first',
      textKind: 'alt',
      problem: null,
      tags: ['a', 'b'],
      updatedAt: 7,
    })
    expect(page.rows[1]).toMatchObject({ text: 'caption', textKind: 'caption', round: 1 })
    expect(page.rows[2]).toMatchObject({ text: 'draft', textKind: 'draft', hasDraft: true })
    expect(page.rows[3]).toMatchObject({
      text: '',
      textKind: 'none',
      problem: { code: 'BROKEN', message: 'broken' },
    })
  })

  it("shows one person's draft to that person only", () => {
    const db = storeWith([{ caption: 'caption', draft: 'mine' }])
    const other = 2 as typeof TEST_PERSON
    const args = { query: '', sort: ADDED, position: 0, limit: 1 }
    expect(libraryPage(db, { ...args, personId: other }).rows[0]?.text).toBe('caption')
    expect(libraryPage(db, { ...args, personId: TEST_PERSON }).rows[0]?.text).toBe('mine')
  })

  it('cuts long texts between characters', () => {
    const db = storeWith([{ alts: ['a' + '😀'.repeat(300)] }])
    const page = libraryPage(db, {
      query: '',
      sort: ADDED,
      position: 0,
      limit: 1,
      personId: TEST_PERSON,
    })
    expect(page.rows[0]?.text).toBe('a' + '😀'.repeat(239))
  })

  it('gives the same page with and without a listing at hand', () => {
    const db = storeWith(Array.from({ length: 1_500 }, (_, index) => ({ name: `n${index % 9}` })))
    const sort: Sort = { key: 'name', descending: true }
    const read = (position: number): object =>
      libraryPage(db, { query: '', sort, position, limit: 20, personId: TEST_PERSON })
    const direct = read(40)
    read(1_400)
    expect(read(40)).toEqual(direct)
    expect(direct).toMatchObject({ total: 1_500, position: 40 })
  })

  it('starts anywhere and is empty past the end', () => {
    const db = storeWith(Array.from({ length: 30 }, () => ({})))
    expect(pageIds(db, '', { key: 'added', descending: true }, 28)).toEqual([2, 1])
    expect(pageIds(db, '', ADDED, 30)).toEqual([])
    expect(pageIds(db, 'tag:none')).toEqual([])
  })

  it('sorts by every key both ways, ties by import in the same direction', () => {
    const specs: StoredImageSpec[] = Array.from({ length: 40 }, (_, index) => ({
      name: `n${(index * 7) % 5}`,
      status: STATUSES[(index * 5) % 3] ?? 'todo',
      caption: 'x'.repeat((index * 3) % 4),
      width: (index * 11) % 6,
      height: 1,
    }))
    const db = storeWith(specs)
    const keys = {
      added: () => 0,
      updated: () => 0,
      name: (spec: StoredImageSpec) => Number(spec.name?.slice(1)),
      pixels: (spec: StoredImageSpec) => spec.width ?? 0,
      status: (spec: StoredImageSpec) => STATUSES.indexOf(spec.status ?? 'todo'),
      length: (spec: StoredImageSpec) => spec.caption?.length ?? 0,
      risk: () => 0,
    }
    for (const key of SORT_KEYS) {
      const expected = specs
        .map((spec, index) => ({ id: index + 1, key: keys[key](spec) }))
        .toSorted((a, b) => a.key - b.key || a.id - b.id)
        .map(({ id }) => id)
      expect(pageIds(db, '', { key, descending: false })).toEqual(expected)
      expect(pageIds(db, '', { key, descending: true })).toEqual(expected.toReversed())
    }
  })

  it('sees every change at once', () => {
    const db = storeWith([{ status: 'todo' }, { status: 'todo' }, { status: 'draft' }])
    expect(pageIds(db, 'status:todo')).toEqual([1, 2])
    change(db, 1, { status: 3 })
    expect(pageIds(db, 'status:todo')).toEqual([2])
    change(db, 3, { status: 0 })
    expect(pageIds(db, 'status:todo')).toEqual([2, 3])
    addImages(db, [{}])
    expect(pageIds(db, 'status:todo')).toEqual([2, 3, 4])
  })

  it('keeps a listing right through any sequence of changes', () => {
    const specs: StoredImageSpec[] = Array.from({ length: 25 }, (_, index) => ({
      name: `n${index % 7}`,
      alts: index % 3 === 0 ? ['a dog', 'cat'] : ['dogs'],
      status: STATUSES[index % 4] ?? 'todo',
    }))
    const step = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          id: fc.integer({ min: 1, max: 25 }),
          status: fc.integer({ min: 0, max: 3 }),
        }),
      },
      { weight: 1, arbitrary: fc.constant('import' as const) },
      { weight: 1, arbitrary: fc.constant('unexplained' as const) },
    )
    const sort = fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() })
    const query = fc.constantFrom(
      '',
      'status:todo,submitted',
      '-status:todo',
      'name:n3 OR status:draft',
      'dog',
      '-alt:dog name:n',
      'status:todo alt~dog OR "a dog" -status:submitted',
    )
    fc.assert(
      fc.property(
        query,
        sort,
        fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 6 }),
        (text, order, rounds) => {
          const db = storeWith(specs)
          for (const steps of rounds) {
            for (const next of steps) {
              if (next === 'import') addImages(db, [{ name: 'n3' }])
              else if (next === 'unexplained') {
                db.exec(
                  "UPDATE counter SET value = value + 1 WHERE name = 'change'; UPDATE image_state SET status = 1 WHERE image_id = 4",
                )
              } else change(db, next.id, { status: next.status, name: `n${next.status}` })
            }
            const fresh = db.prepare(allImagesSql(order)).pluck().all() as number[]
            const matching = new Set(matchingIds(db, text))
            expect(pageIds(db, text, order)).toEqual(fresh.filter((id) => matching.has(id)))
            expect(countImages(db, { query: text })).toBe(matching.size)
            expectCounts(db, text, matching)
          }
          db.close()
        },
      ),
      { numRuns: 40 },
    )
  })

  it('refuses a query with a mistake', () => {
    const db = storeWith([])
    expect(() => pageIds(db, '(dog')).toThrow(expect.objectContaining({ code: 'QUERY_INVALID' }))
  })

  it.each(
    SORT_KEYS.flatMap((key) => [
      { key, descending: false },
      { key, descending: true },
    ]),
  )('walks an index for $key, descending $descending', (sort) => {
    const db = storeWith([])
    const plan = explain(db, allImagesSql(sort)).join('\n')
    expect(plan).toMatch(/^SCAN s( USING COVERING INDEX \w+)?$/)
  })
})

describe('libraryAround', () => {
  const around = (db: Store, query: string, id: number): object =>
    libraryAround(db, {
      query,
      sort: ADDED,
      imageId: id as ImageId,
      before: 2,
      after: 2,
      personId: TEST_PERSON,
    })
  const rows = (...ids: number[]): object =>
    ids.map((id) => expect.objectContaining({ id }) as object)

  it('gives the neighbours of an image and its place', () => {
    const db = storeWith(Array.from({ length: 9 }, () => ({})))
    expect(around(db, '', 5)).toEqual({
      rows: rows(3, 4, 5, 6, 7),
      index: 2,
      isListed: true,
      position: 2,
      total: 9,
    })
    expect(around(db, '', 1)).toMatchObject({ rows: rows(1, 2, 3), index: 0, position: 0 })
    expect(around(db, '', 9)).toMatchObject({ rows: rows(7, 8, 9), index: 2, position: 6 })
  })

  it('keeps the place of an image that left the listing', () => {
    const db = storeWith(Array.from({ length: 6 }, () => ({})))
    around(db, 'status:todo', 3)
    change(db, 3, { status: 3 })
    expect(around(db, 'status:todo', 3)).toMatchObject({
      rows: rows(1, 2, 4, 5),
      index: 2,
      isListed: false,
      position: 0,
      total: 5,
    })
  })

  it('says when there is no such image', () => {
    const db = storeWith([])
    expect(() => around(db, '', 7)).toThrow(expect.objectContaining({ code: 'IMAGE_NOT_FOUND' }))
  })
})

describe('selectImageIds', () => {
  it('streams a query in pages after the last one', () => {
    const db = storeWith(Array.from({ length: 10 }, (_, index) => ({ round: index % 2 })))
    const next = (after: number | null): number[] =>
      selectImageIds(db, { query: 'round:1', after: after as ImageId | null, limit: 2 })
    expect(next(null)).toEqual([2, 4])
    expect(next(4)).toEqual([6, 8])
    change(db, 8, { round: 0 })
    expect(next(8)).toEqual([10])
    expect(next(10)).toEqual([])
  })

  it('streams in another order', () => {
    const db = storeWith(['c', 'a', 'd', 'b'].map((name) => ({ name })))
    const sort: Sort = { key: 'name', descending: true }
    expect(selectImageIds(db, { query: '', sort, after: 3 as ImageId, limit: 9 })).toEqual([
      1, 4, 2,
    ])
  })
})

describe('facets', () => {
  const specs: StoredImageSpec[] = [
    { status: 'todo', tags: ['night', 'dog'], alts: ['a dog'] },
    { status: 'todo', tags: ['night'], problem: 'missing' },
    { status: 'accepted', tags: ['dog'], alts: ['a dog'] },
    { status: 'discarded', problem: 'broken' },
  ]

  it('counts the whole project', () => {
    expect(facets(storeWith(specs), { query: '' })).toEqual({
      total: 4,
      byStatus: {
        ...{ todo: 2, draft: 0, submitted: 0, accepted: 1, returned: 0, skipped: 0, discarded: 1 },
      },
      tags: [
        { name: 'dog', count: 2 },
        { name: 'night', count: 2 },
      ],
      tagSample: null,
      missing: 1,
      broken: 1,
    })
  })

  it('leaves out its own field, so that it shows the other choices', () => {
    const db = storeWith(specs)
    expect(facets(db, { query: 'status:todo' })).toMatchObject({
      total: 2,
      byStatus: { todo: 2, accepted: 1, discarded: 1 },
      tags: [
        { name: 'night', count: 2 },
        { name: 'dog', count: 1 },
      ],
      missing: 1,
      broken: 0,
    })
    expect(facets(db, { query: 'tag:night dog' })).toMatchObject({
      total: 1,
      byStatus: { todo: 1, accepted: 0 },
      tags: [
        { name: 'dog', count: 2 },
        { name: 'night', count: 1 },
      ],
    })
    expect(facets(db, { query: 'is:missing' })).toMatchObject({ total: 1, missing: 1, broken: 1 })
  })

  it('reads indexes only for the whole project', () => {
    const db = storeWith([])
    const plan = explain(db, 'SELECT status, count(*) FROM image_state GROUP BY status')
    expect(plan).toEqual(['SCAN image_state USING COVERING INDEX image_state_by_status'])
  })
})

describe('tagNames', () => {
  it('finds names by their start in any case, most used first', () => {
    const db = storeWith([
      { tags: ['Night', 'nice'] },
      { tags: ['nice', 'other', '100%'] },
      { tags: ['nicer'] },
    ])
    expect(tagNames(db, { prefix: 'NI', limit: 2 })).toEqual(['nice', 'nicer'])
    expect(tagNames(db, { prefix: '%', limit: 9 })).toEqual([])
    expect(tagNames(db, { prefix: '100%', limit: 9 })).toEqual(['100%'])
  })
})
