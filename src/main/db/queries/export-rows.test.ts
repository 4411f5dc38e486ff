import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { saveDraft, submitRevision } from './align.ts'
import { getAlignImage } from './align-image.ts'
import { loadImages, type StoredImage } from './export-rows.ts'
import { addProposal, decideProposal } from './proposals.ts'

describe('loadImages', () => {
  let db: Database.Database
  let ids: readonly ImageId[]

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    ids = addImages(db, [
      { name: 'a.jpg', alts: ['one', 'two'], caption: 'Caption A', tags: ['z', 'b'] },
      { name: 'b.jpg' },
      { name: 'c.jpg', alts: ['three'], caption: 'Caption C', draft: 'half a text', tags: ['b'] },
      { name: 'd.jpg', problem: 'missing' },
    ])
  })

  const load = (imageIds: readonly ImageId[]) =>
    JSON.parse(loadImages(db, { imageIds })) as StoredImage[]

  function propose(imageId: ImageId, text: string): number {
    return addProposal(db, { imageId, text, note: '', personId: TEST_PERSON }).id
  }

  function head(imageId: ImageId) {
    return getAlignImage(db, { imageId, personId: TEST_PERSON }).headRevisionId
  }

  it('gives each image its own rows, whichever others are in the page', () => {
    const [a, b, c] = ids
    if (a === undefined || b === undefined || c === undefined) throw new Error('Nothing stored.')
    for (const imageId of [a, c]) {
      const proposalId = propose(imageId, `offered to ${imageId}`)
      decideProposal(db, {
        ...{ imageId, proposalId, state: 'accepted', personId: TEST_PERSON },
        baseRevisionId: head(imageId),
      })
      submitRevision(db, {
        ...{ imageId, personId: TEST_PERSON, note: '' },
        ...{ text: `better ${imageId}`, baseRevisionId: head(imageId) },
      })
    }
    propose(b, 'an open one')
    saveDraft(db, { imageId: b, personId: TEST_PERSON, text: 'b half', baseRevisionId: null })
    const page = load(ids)
    expect(page).toEqual(ids.flatMap((id) => load([id])))
    expect(page.map(({ name, altTexts, tags }) => [name, altTexts.length, tags])).toEqual([
      ['a.jpg', 2, ['b', 'z']],
      ['b.jpg', 0, []],
      ['c.jpg', 1, ['b']],
      ['d.jpg', 0, []],
    ])
    expect(page[0]?.altTexts.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(page[0]?.revisions.map(({ text }) => text)).toEqual(['Caption A', `better ${a}`])
    expect(page[0]?.revisions.at(-1)?.proposals).toEqual(page[0]?.proposals.map(({ uid }) => uid))
    expect(page[1]?.draft?.text).toBe('b half')
    expect(page[1]?.proposals).toMatchObject([{ text: 'an open one', decisions: [] }])
    expect(page[2]?.proposals).toMatchObject([{ decisions: [{ state: 'accepted' }] }])
    expect(page[3]?.problem?.code).toBe('MISSING')
  })

  it('keeps the order that is asked for and leaves out what is not there', () => {
    const asked = [...ids.toReversed(), 99 as ImageId]
    expect(load(asked).map(({ name }) => name)).toEqual(['d.jpg', 'c.jpg', 'b.jpg', 'a.jpg'])
    expect(load([])).toEqual([])
  })

  it('gives the same of images that lie far apart as of neighbours with gaps', () => {
    const more = addImages(
      db,
      Array.from({ length: 20 }, (_, index) => ({
        ...{ name: `${index}.jpg`, alts: [`alt ${index}`], tags: [`tag ${index % 3}`, 'all'] },
        ...(index % 2 === 0 ? { caption: `Caption ${index}` } : { draft: `half ${index}` }),
      })),
    )
    for (const imageId of more) propose(imageId, `offered to ${imageId}`)
    const near = more.filter((_, index) => index % 4 !== 1)
    const apart = [...ids.slice(0, 1), ...more.slice(-2)]
    for (const asked of [near, apart])
      expect(load(asked)).toEqual(asked.flatMap((id) => load([id])))
  })

  it('keeps halves of characters, which JSON writes as escapes', () => {
    const [a] = ids
    if (a === undefined) throw new Error('Nothing stored.')
    const text = 'tab\t\ud800 lone, \0 and 🦎'
    submitRevision(db, {
      ...{ imageId: a, personId: TEST_PERSON, note: '', text },
      baseRevisionId: head(a),
    })
    expect(load([a])[0]?.revisions.at(-1)?.text).toBe(text)
  })
})
