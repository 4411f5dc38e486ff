import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { addImages, prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { discardDraft, saveDraft, submitRevision } from './align.ts'
import { getAlignImage } from './align-image.ts'
import { redoChange, undoChange } from './journal.ts'
import { addProposal, decideProposal, listProposals } from './proposals.ts'
import type { ProposalState } from './proposals-state.ts'

const OTHER = 2 as PersonId

describe('proposals', () => {
  let db: Database.Database
  let imageId: ImageId

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    db.exec("INSERT INTO person (id, uid, name, created_at) VALUES (2, 'other', 'Bob', 0)")
    const [first] = addImages(db, [{ alts: ['a bus'], caption: 'A red bus.' }])
    if (first === undefined) throw new Error('Nothing was stored.')
    imageId = first
  })

  const image = () => getAlignImage(db, { imageId, personId: TEST_PERSON })
  const states = () => listProposals(db, { imageId }).map(({ state }) => state)
  const add = (text: string) =>
    addProposal(db, { imageId, text, note: 'why', personId: TEST_PERSON })

  function decide(proposalId: number, state: ProposalState, personId = TEST_PERSON): void {
    decideProposal(db, {
      ...{ imageId, proposalId, state, personId },
      baseRevisionId: image().headRevisionId,
    })
  }

  function submit(text: string, personId = TEST_PERSON): void {
    const baseRevisionId = image().headRevisionId
    submitRevision(db, { imageId, baseRevisionId, personId, text, note: '' })
  }

  it('are listed newest first, byte for byte, and leave the caption alone', () => {
    add('first')
    add('tab\t\ud800 lone\r\n')
    expect(listProposals(db, { imageId })).toMatchObject([
      {
        text: 'tab\t\ud800 lone\r\n',
        state: 'open',
        author: { kind: 'human', name: 'Ann' },
        note: 'why',
      },
      { text: 'first' },
    ])
    expect(image()).toMatchObject({ startText: 'A red bus.', draft: null })
  })

  it('are named by the next submit of who took from them, and by no later one', () => {
    const one = add('one').id
    const two = add('two').id
    decide(one, 'accepted')
    decide(two, 'rejected')
    submit('by Bob', OTHER)
    submit('by Ann')
    submit('again')
    expect(image().revisions.map(({ proposals }) => proposals)).toEqual([[], [], [one], []])
  })

  it('are not named once the draft that took from them is discarded', () => {
    decide(add('one').id, 'partly-accepted')
    const baseRevisionId = image().headRevisionId
    saveDraft(db, { imageId, baseRevisionId, personId: TEST_PERSON, text: 'one and' })
    discardDraft(db, { imageId, baseRevisionId, personId: TEST_PERSON })
    submit('something else')
    expect(image().revisions.at(-1)?.proposals).toEqual([])
  })

  it('keep every decision, and undo goes back through submits and decisions', () => {
    const { id } = add('one')
    decide(id, 'accepted')
    submit('one')
    const scope = { imageId, personId: TEST_PERSON }
    undoChange(db, scope)
    expect(states()).toEqual(['accepted'])
    undoChange(db, scope)
    expect(states()).toEqual(['open'])
    redoChange(db, scope)
    redoChange(db, scope)
    expect(states()).toEqual(['accepted'])
    expect(image()).toMatchObject({ startText: 'one' })
    undoChange(db, scope)
    submit('one, again')
    expect(image().revisions.at(-1)?.proposals).toEqual([id])
    expect(db.prepare('SELECT group_concat(state) FROM proposal_decision').pluck().get()).toBe(
      'accepted,open,accepted',
    )
  })

  it('leave a newer decision of somebody else alone when one is undone', () => {
    const { id } = add('one')
    decide(id, 'accepted')
    decide(id, 'rejected', OTHER)
    expect(undoChange(db, { imageId, personId: TEST_PERSON }).imageIds).toEqual([])
    expect(states()).toEqual(['rejected'])
  })

  it('come back after what was typed since', () => {
    decide(add('one').id, 'accepted')
    const baseRevisionId = image().headRevisionId
    saveDraft(db, { imageId, baseRevisionId, personId: TEST_PERSON, text: 'typed since' })
    const scope = { imageId, personId: TEST_PERSON }
    expect(undoChange(db, scope).label).toBe('Typing')
    saveDraft(db, { imageId, baseRevisionId, personId: TEST_PERSON, text: 'A red bus. ' })
    undoChange(db, scope)
    undoChange(db, scope)
    expect([states(), image().startText]).toEqual([['open'], 'A red bus.'])
  })

  it('are not accepted again by undo once their decision was taken back', () => {
    const { id } = add('one')
    decide(id, 'accepted')
    decide(id, 'open')
    expect(() => undoChange(db, { imageId, personId: TEST_PERSON })).toThrow('no change left')
    expect(states()).toEqual(['open'])
  })

  it('refuse a decision that was made from an older caption, and one about another image', () => {
    const { id } = add('one')
    submit('newer')
    const write = { imageId, baseRevisionId: null, personId: TEST_PERSON } as const
    expect(() => decideProposal(db, { ...write, proposalId: id, state: 'accepted' })).toThrow(
      expect.objectContaining({ code: 'REVISION_CONFLICT' }) as Error,
    )
    expect(() => {
      decide(id + 1, 'accepted')
    }).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }) as Error)
  })

  it('can neither be changed nor deleted', () => {
    decide(add('one').id, 'accepted')
    for (const table of ['proposal', 'proposal_decision']) {
      expect(() => db.exec(`UPDATE ${table} SET created_at = 9`)).toThrow(/immutable|append-only/)
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('never deleted')
    }
  })
})
