import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { setImageStatus, submitRevision } from './align.ts'
import { applyBatch, startBatch, type BatchChange } from './batch.ts'
import { findState, statusAt } from './image-snapshot.ts'
import { redoChange, undoChange } from './journal.ts'
import { listPeopleAtWork } from './people.ts'
import { ensurePerson } from './project.ts'

describe('undo where two people work', () => {
  let db: Database.Database
  let ids: ImageId[] = []
  let ben: PersonId

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    ids = addImages(db, [{ alts: ['a bus'] }, { alts: ['a tram'] }])
    ben = ensurePerson(db, { name: 'Ben', formerNames: [] })
  })

  const image = (): ImageId => ids[0] as ImageId
  const head = (): RevisionId | null => findState(db, image())?.head_revision_id ?? null
  const status = (): Status => statusAt(findState(db, image())?.status ?? 0)

  function submit(imageId: ImageId, personId: PersonId, text: string): void {
    const baseRevisionId = findState(db, imageId)?.head_revision_id ?? null
    submitRevision(db, { imageId, baseRevisionId, personId, text, note: '' })
  }

  function setStatus(personId: PersonId, next: Status): void {
    setImageStatus(db, { imageId: image(), baseRevisionId: head(), personId, status: next })
  }

  function batch(personId: PersonId, change: BatchChange): void {
    const batchId = startBatch(db, { change, personId })
    applyBatch(db, { batchId, change, personId, imageIds: [image()] })
  }

  const undo = (personId: PersonId, imageId: ImageId | null = null): string =>
    undoChange(db, { imageId, personId }).label

  it('takes back the newest change of the person who asks', () => {
    submit(image(), TEST_PERSON, 'A red bus.')
    submit(ids[1] as ImageId, ben, 'A tram.')
    expect(undo(TEST_PERSON)).toBe('Submit round')
    expect(head()).toBeNull()
    expect(findState(db, ids[1] as ImageId)?.head_revision_id).not.toBeNull()
    expect(() => undo(TEST_PERSON)).toThrow('no change left')
  })

  it.each([
    ['of the text', () => submit(image(), ben, 'A blue bus.')],
    ['of the status', () => setStatus(ben, 'accepted')],
    ['of many statuses', () => batch(ben, { kind: 'status', status: 'accepted' })],
  ])('does not take back what somebody else built upon: a change %s', (_name, change) => {
    submit(image(), TEST_PERSON, 'A red bus.')
    change()
    const before = [head(), status()]
    for (const scope of [image(), null]) {
      expect(() => undo(TEST_PERSON, scope)).toThrow(
        expect.objectContaining({
          code: 'CHANGED_BY_OTHERS',
          message: expect.stringContaining('Ben changed this image') as string,
        }),
      )
    }
    expect([head(), status()]).toEqual(before)
    undo(ben)
    expect(undo(TEST_PERSON, image())).toBe('Submit round')
    expect(status()).toBe('todo')
  })

  it('does not do again over what somebody else did meanwhile', () => {
    submit(image(), TEST_PERSON, 'A red bus.')
    undo(TEST_PERSON)
    setStatus(ben, 'skipped')
    expect(() => redoChange(db, { imageId: image(), personId: TEST_PERSON })).toThrow(
      'Ben changed this image',
    )
    expect(status()).toBe('skipped')
  })

  it('minds neither tags of others, which stay, nor changes to other images', () => {
    submit(image(), TEST_PERSON, 'A red bus.')
    batch(ben, { kind: 'tag', tag: 'night', on: true })
    submit(ids[1] as ImageId, ben, 'A tram.')
    expect(undo(TEST_PERSON, image())).toBe('Submit round')
  })

  it('lists those who changed something', () => {
    expect(listPeopleAtWork(db)).toEqual([])
    submit(image(), ben, 'A bus.')
    expect(listPeopleAtWork(db)).toEqual(['Ben'])
  })
})
