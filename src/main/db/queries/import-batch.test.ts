import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { JobId, SourceId } from '../../../shared/domain/ids.ts'
import { saveDraft, submitRevision } from './align.ts'
import { findState } from './image-snapshot.ts'
import { importBatch } from './import-batch.ts'
import type { ImportBatchResult, ImportItem } from './import-item.ts'
import { listProposals } from './proposals.ts'

const MISSING = { kind: 'problem', code: 'IMAGE_FILE_MISSING', message: 'gone' } as const

function item(locator: string, ...alts: readonly string[]): ImportItem {
  return {
    ...{
      locator,
      path: null,
      part: null,
      url: null,
      name: locator,
      originLocators: null,
      picture: MISSING,
    },
    altTexts: alts.map((text) => ({ origin: 'alt', text })),
    ...{ row: 1, caption: null, proposals: [], tags: [], history: null },
  }
}

describe('storing a batch of an import', () => {
  let db: Database.Database

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
  })

  function store(items: readonly ImportItem[], job = 1): ImportBatchResult {
    return db.transaction(() =>
      importBatch(db, {
        ...{ sourceId: 1 as SourceId, jobId: job as JobId, personId: TEST_PERSON, items },
      }),
    )()
  }

  function pluck(sql: string): unknown[] {
    return db.prepare(sql).pluck().all()
  }

  const find = (word: string): unknown[] =>
    pluck(`SELECT rowid FROM alt_text_index WHERE alt_text_index MATCH '${word}'`)

  it('finds all alt-texts of the batch, and those that are added alone afterwards', () => {
    store([item('one', 'a red bus'), item('two', 'a red cat', 'RED.JPG')])
    store([item('one', 'a red tram')])
    expect(find('red')).toHaveLength(4)
    db.exec("INSERT INTO alt_text SELECT 9, 1, 1, 'alt', 'red alone', NULL, 0")
    expect(find('alone')).toEqual([9])
    db.exec("INSERT INTO alt_text_index (alt_text_index, rank) VALUES ('integrity-check', 1)")
  })

  it('leaves neither texts nor a switched-off index behind when it fails', () => {
    const broken = { ...item('two', 'a cat'), name: null as unknown as string }
    expect(() => store([item('one', 'a bus'), broken])).toThrow('NOT NULL')
    expect(find('bus')).toEqual([])
    store([item('one', 'a bus')])
    expect(find('bus')).toHaveLength(1)
  })

  it('counts each alt-text once', () => {
    store([item('one', 'a bus', 'a bus', 'BUS')])
    store([item('one', 'BUS', 'coach')])
    expect(pluck('SELECT alt_count FROM image_state')).toEqual([3])
    expect(pluck('SELECT text FROM alt_text ORDER BY id')).toEqual(['a bus', 'BUS', 'coach'])
  })

  it('tells what the same job stored from what an older one did', () => {
    expect(store([item('one', 'a'), item('one', 'a'), item('one', 'b')]).outcomes).toEqual([
      ...['added', 'repeated', 'changed'],
    ])
    expect(store([item('one', 'a')], 2).outcomes).toEqual(['unchanged'])
  })

  describe('of texts beside what people wrote', () => {
    const proposals = () => pluck('SELECT text FROM proposal ORDER BY id')
    const texts = (...list: readonly string[]) =>
      list.map((text, index) => ({ column: `model-${index}`, text }))

    function firstImage(): Parameters<typeof findState>[1] {
      const [imageId] = pluck('SELECT id FROM image') as Parameters<typeof findState>[1][]
      if (imageId === undefined) throw new Error('Nothing was stored.')
      return imageId
    }

    const write = () => ({
      ...{ imageId: firstImage(), personId: TEST_PERSON, text: 'written' },
      baseRevisionId: findState(db, firstImage())?.head_revision_id ?? null,
    })

    it('makes a caption the head until somebody wrote one, then a proposal', () => {
      store([{ ...item('one', 'a'), caption: 'first' }])
      store([{ ...item('one'), caption: 'second' }])
      submitRevision(db, { ...write(), note: '' })
      const stored = store([{ ...item('one'), caption: 'third', row: 7 }])
      expect(stored).toMatchObject({ captions: 0, proposals: 1, outcomes: ['changed'] })
      expect(pluck('SELECT text FROM caption')).toEqual(['written'])
      expect(pluck('SELECT text FROM revision ORDER BY id')).toEqual(['first', 'second', 'written'])
      expect(
        db.prepare('SELECT text, author_kind, author_name, source_row FROM proposal').all(),
      ).toEqual([{ text: 'third', author_kind: 'import', author_name: 'Import', source_row: 7 }])
    })

    it('makes it a proposal while somebody types, and once somebody accepted the one before', () => {
      store([{ ...item('one'), caption: 'first' }])
      saveDraft(db, write())
      store([{ ...item('one'), caption: 'second' }])
      db.exec('DELETE FROM autosave; UPDATE image_state SET status = 3')
      store([{ ...item('one'), caption: 'third' }])
      expect(pluck('SELECT text FROM caption')).toEqual(['first'])
      expect(proposals()).toEqual(['second', 'third'])
    })

    it('stores each text of a proposal column once, byte for byte, also when imported again', () => {
      const row = {
        ...item('one'),
        caption: 'first',
        proposals: texts('x\ud800', 'y', 'y', 'first'),
      }
      expect(store([row])).toMatchObject({ proposals: 2 })
      expect(store([row], 2)).toMatchObject({ proposals: 0, outcomes: ['unchanged'] })
      expect(listProposals(db, { imageId: firstImage() })).toMatchObject([
        { text: 'y', author: { kind: 'import', name: 'model-1' }, state: 'open' },
        { text: 'x\ud800', author: { kind: 'import', name: 'model-0' } },
      ])
      expect(pluck('SELECT text FROM caption')).toEqual(['first'])
    })
  })
})
