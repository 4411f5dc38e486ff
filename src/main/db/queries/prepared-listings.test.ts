import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import { prepareAltImages } from './alt-images.ts'
import { startBatch, applyBatch } from './batch.ts'
import { nextChange } from './change-counter.ts'
import { facets, selectImageIds } from './library.ts'
import { askedOf } from './asked-of.ts'
import { readQuery, toCondition } from './query-sql.ts'
import { prepareStateColumn } from './state-column.ts'

const QUERIES = [
  '',
  'status:todo',
  'status:accepted -tag:a',
  '-status:todo',
  'status:draft,returned OR tag:b',
  'status:todo alt~red',
  'status:todo alt:dog -tag:a',
  '-(status:todo tag:a)',
  'tag:a tag:b',
  'tag:none',
]

describe('listings with states and alt-texts read in advance', () => {
  let db: Database.Database

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    addImages(
      db,
      Array.from({ length: 60 }, (_, index) => ({
        status: STATUSES[index % STATUSES.length] ?? 'todo',
        tags: [...(index % 2 === 0 ? ['a'] : []), ...(index % 3 === 0 ? ['b'] : [])],
        alts: index % 4 === 0 ? ['a red dog'] : ['a cat'],
        ...(index % 7 === 0 ? { problem: 'missing' as const } : {}),
      })),
    )
    // Ids need not follow one another.
    for (const table of ['image_tag', 'image_state']) {
      db.exec(`DELETE FROM ${table} WHERE image_id IN (5, 6, 40)`)
    }
    nextChange(db)
  })

  /** Straight from the tables, row by row. */
  function bySql(query: string): number[] {
    const asked = askedOf(db, { now: 0, personId: null })
    const { sql, params } = toCondition(readQuery(query), asked)
    return db
      .prepare(`SELECT s.image_id FROM image_state s WHERE ${sql} ORDER BY s.image_id`)
      .pluck()
      .all(...params) as number[]
  }

  function expectTruth(): void {
    for (const query of QUERIES) {
      const ids = bySql(query)
      expect(selectImageIds(db, { query, after: null, limit: 100 }), query).toEqual(ids)
      const counts = facets(db, { query })
      expect(counts.total, query).toBe(ids.length)
      if (query !== '') continue
      expect(counts.byStatus['todo']).toBe(bySql('status:todo').length)
      expect(counts.missing).toBe(bySql('is:missing').length)
    }
  }

  it('are the same as without', () => {
    expectTruth()
    for (const _ of prepareStateColumn(db));
    for (const _ of prepareAltImages(db));
    nextChange(db)
    expectTruth()
  })

  it('see what changed while they were read and afterwards', () => {
    const tagAndAccept = (id: number): void => {
      for (const change of [
        { kind: 'status', status: 'accepted' },
        { kind: 'tag', tag: 'a', on: true },
      ] as const) {
        const batchId = startBatch(db, { change, personId: TEST_PERSON })
        const imageIds = bySql('').filter((each) => each === id) as unknown as Parameters<
          typeof applyBatch
        >[1]['imageIds']
        applyBatch(db, { batchId, change, personId: TEST_PERSON, imageIds })
      }
    }
    const steps = prepareStateColumn(db)
    steps.next()
    tagAndAccept(8)
    for (const _ of steps);
    expectTruth()
    tagAndAccept(9)
    addImages(db, [{ status: 'todo', alts: ['one more dog'], tags: ['a'] }])
    nextChange(db)
    expectTruth()
  })
})
