import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { ImageId, JobId } from '../../../shared/domain/ids.ts'
import type { TextEdit } from '../../../shared/domain/text-edit.ts'
import { saveDraft, submitRevision } from './align.ts'
import { continueBatchRevert, listBatchReverts } from './batch-revert.ts'
import { redoChange, undoChange } from './journal.ts'
import { applyTextEdit, findJobBatch, planTextEdit, previewTextEdit } from './text-edits.ts'

const EDIT: Extract<TextEdit, { kind: 'replace' }> = {
  ...{ kind: 'replace', find: 'bus', replacement: 'tram', isPattern: false },
  ...{ matchCase: true, wholeWords: true },
}
const ALL = { imageId: null, personId: TEST_PERSON }

describe('text edits of many captions', () => {
  let db: Database.Database
  let imageIds: ImageId[]

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    imageIds = addImages(db, [
      { caption: 'A bus.', status: 'accepted', round: 1 },
      { caption: 'A bus and a bus.', round: 1, authorKind: 'import', authorName: 'Import' },
      { caption: 'A cat.' },
      { caption: 'A bus that somebody edits.', draft: 'A bu' },
      { alts: ['a bus'] },
    ])
  })

  const captions = () => db.prepare('SELECT text FROM caption ORDER BY image_id').pluck().all()
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  const plan = (edit: TextEdit = EDIT, batchId: number | null = null) =>
    planTextEdit(db, { imageIds, edit, batchId })

  function apply() {
    const args = { batchId: null, jobId: null, label: 'Replace', personId: TEST_PERSON }
    return applyTextEdit(db, { ...args, captions: plan().captions })
  }

  const head = (imageId = imageIds[0]) =>
    db.prepare('SELECT * FROM image_state WHERE image_id = ?').get(imageId) as {
      head_revision_id: never
      status: number
      round: number
    }

  it('are previewed with counts and samples, and change nothing by it', () => {
    const left = { unchanged: 1, withoutCaption: 1, drafts: 1 }
    expect(previewTextEdit(db, { imageIds, edit: EDIT, limit: 1 })).toEqual({
      ...left,
      changed: 2,
      samples: [{ imageId: 1, name: 'image-1.jpg', before: 'A bus.', after: 'A tram.' }],
    })
    expect(plan()).toMatchObject({ ...left, captions: [{ text: 'A tram.' }, {}] })
    expect(count('batch')).toBe(0)
  })

  it('make one revision an image by the person, who keeps status and round', () => {
    const before = head()
    const { batchId, changed, drafts } = apply()
    expect({ changed, drafts }).toEqual({ changed: imageIds.slice(0, 2), drafts: 0 })
    expect(captions()).toEqual([
      ...['A tram.', 'A tram and a tram.', 'A cat.', 'A bus that somebody edits.'],
    ])
    expect(head()).toMatchObject({ status: before.status, round: before.round })
    expect(
      db
        .prepare(
          `SELECT image_id, round, author_kind, author_name, note, parent_id FROM revision WHERE batch_id = ?`,
        )
        .all(batchId),
    ).toEqual([
      {
        ...{ image_id: 1, round: 1, author_kind: 'human', author_name: 'Ann', note: 'Replace' },
        parent_id: before.head_revision_id,
      },
      expect.objectContaining({ image_id: 2, author_kind: 'human' }),
    ])
  })

  it('are one change of the journal, undone and redone as one', () => {
    apply()
    expect(count('journal')).toBe(1)
    const undone = undoChange(db, ALL)
    expect(undone).toMatchObject({ label: 'Replace', imageIds: imageIds.slice(0, 2) })
    expect(captions().slice(0, 2)).toEqual(['A bus.', 'A bus and a bus.'])
    redoChange(db, ALL)
    expect(captions().slice(0, 2)).toEqual(['A tram.', 'A tram and a tram.'])
    expect(count('revision')).toBe(6)
  })

  it('leave what was changed since alone, by an edit and by its undo', () => {
    const planned = plan().captions
    const [imageId] = imageIds
    if (imageId === undefined) throw new Error('Nothing was stored.')
    const write = (text: string) => {
      const baseRevisionId = head().head_revision_id
      submitRevision(db, { imageId, baseRevisionId, personId: TEST_PERSON, text, note: '' })
    }
    write('Newer bus.')
    const args = { batchId: null, jobId: null, label: 'x', personId: TEST_PERSON }
    expect(applyTextEdit(db, { ...args, captions: planned }).changed).toEqual([imageIds[1]])
    apply()
    write('Newest.')
    undoChange(db, ALL)
    undoChange(db, ALL)
    expect(captions()[0]).toBe('Newer bus.')
  })

  it('leave a caption alone that somebody began to edit after the look', () => {
    const planned = plan().captions
    const [imageId] = imageIds
    if (imageId === undefined) throw new Error('Nothing was stored.')
    const baseRevisionId = head().head_revision_id
    saveDraft(db, { imageId, baseRevisionId, personId: TEST_PERSON, text: 'typing' })
    const args = { batchId: null, jobId: null, label: 'x', personId: TEST_PERSON }
    expect(applyTextEdit(db, { ...args, captions: planned })).toMatchObject({
      ...{ changed: [imageIds[1]], drafts: 1 },
    })
  })

  it('keep an open text that begins after them when they are undone', () => {
    apply()
    const [imageId] = imageIds
    if (imageId === undefined) throw new Error('Nothing was stored.')
    const baseRevisionId = head().head_revision_id
    saveDraft(db, { imageId, baseRevisionId, personId: TEST_PERSON, text: 'typing' })
    undoChange(db, ALL)
    expect(db.prepare('SELECT text FROM autosave WHERE image_id = 1').pluck().all()).toEqual([
      'typing',
    ])
  })

  it('go on after an interruption without editing anything twice', () => {
    db.exec(
      `INSERT INTO job (id, kind, title, lane, params, state, created_at) VALUES (9, 'k', 't', 'io', '{}', 'running', 0)`,
    )
    const jobId = 9 as JobId
    expect(findJobBatch(db, { jobId })).toBeNull()
    const twice: TextEdit = { ...EDIT, replacement: 'bus bus' }
    const [first, second] = plan(twice).captions
    if (first === undefined || second === undefined) throw new Error('Nothing was planned.')
    const args = { batchId: null, jobId, label: 'x', personId: TEST_PERSON }
    applyTextEdit(db, { ...args, captions: [first] })
    const begun = findJobBatch(db, { jobId })
    expect(begun).toMatchObject({ changed: 1 })
    const rest = plan(twice, begun?.batchId ?? null)
    expect(rest).toMatchObject({ captions: [second], unchanged: 1 })
    applyTextEdit(db, { ...args, batchId: begun?.batchId ?? null, captions: rest.captions })
    expect(captions().slice(0, 2)).toEqual(['A bus bus.', 'A bus bus and a bus bus.'])
    undoChange(db, ALL)
    expect(captions().slice(0, 2)).toEqual(['A bus.', 'A bus and a bus.'])
  })

  it('are undone a step at a time when they are many, and nothing else is undone meanwhile', () => {
    const many = 1_200
    imageIds = addImages(
      db,
      Array.from({ length: many }, () => ({ caption: 'Some bus.' })),
    )
    apply()
    const trams = () =>
      db.prepare("SELECT count(*) FROM caption WHERE text = 'Some tram.'").pluck().get()
    expect(trams()).toBe(many)
    let page: { readonly rest: number | null } = undoChange(db, ALL)
    expect(page.rest).not.toBeNull()
    expect(trams()).toBeGreaterThan(0)
    expect(() => redoChange(db, ALL)).toThrow(
      expect.objectContaining({ code: 'DATABASE_BUSY' }) as Error,
    )
    expect(listBatchReverts(db)).toEqual([page.rest])
    while (page.rest !== null) page = continueBatchRevert(db, { journalId: page.rest })
    expect(trams()).toBe(0)
    expect(listBatchReverts(db)).toEqual([])
    expect(redoChange(db, ALL).rest).not.toBeNull()
  })

  it('refuse a pattern that would run for ever, and change nothing', () => {
    addImages(db, [{ caption: `${'a'.repeat(60)}!` }])
    imageIds = db.prepare('SELECT id FROM image').pluck().all() as ImageId[]
    const endless: TextEdit = { ...EDIT, find: '(a+)+$', isPattern: true, wholeWords: false }
    expect(() => plan(endless)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }) as Error)
    expect(count('batch')).toBe(0)
  })
})
