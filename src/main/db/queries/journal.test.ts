import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { submitRevision } from './align.ts'
import { applyBatch, startBatch } from './batch.ts'
import { listTags } from './image-snapshot.ts'
import { redoChange, undoChange } from './journal.ts'

describe('undoing a change of one image', () => {
  let db: Database.Database
  let imageId: ImageId

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    const [id] = addImages(db, [{ alts: ['a bus'], tags: ['street'] }])
    if (id === undefined) throw new Error('No image was added.')
    imageId = id
  })

  function tag(name: string, on: boolean): void {
    const change = { kind: 'tag', tag: name, on } as const
    const batchId = startBatch(db, { change, personId: TEST_PERSON })
    applyBatch(db, { batchId, change, personId: TEST_PERSON, imageIds: [imageId] })
  }

  it('keeps tags that were set or taken off since', () => {
    submitRevision(db, {
      ...{ imageId, baseRevisionId: null, personId: TEST_PERSON },
      ...{ text: 'A red bus.', note: '' },
    })
    tag('night', true)
    tag('street', false)
    undoChange(db, { imageId, personId: TEST_PERSON })
    expect(listTags(db, imageId)).toEqual(['night'])
    redoChange(db, { imageId, personId: TEST_PERSON })
    expect(listTags(db, imageId)).toEqual(['night'])
  })
})
