import { expect, test } from 'vitest'
import type { AlignImage } from '../../../../../shared/contract/align.ts'
import type { Proposal } from '../../../../../shared/contract/proposals.ts'
import type { RevisionId } from '../../../../../shared/domain/ids.ts'
import {
  blameCaption,
  describeWord,
  findWord,
  listLooks,
  type BlameContext,
} from './caption-blame.ts'

const REVISION: AlignImage['revisions'][number] = {
  id: 1 as RevisionId,
  parentId: null,
  round: 1,
  text: 'a brown dog',
  author: { kind: 'human', name: 'Ann' },
  note: '',
  createdAt: 0,
  isWithdrawn: false,
  proposals: [3],
  guidelineVersion: null,
  editingMs: null,
}

const PROPOSAL: Proposal = {
  id: 3,
  text: 'a brown cat on sand',
  author: { kind: 'model', name: 'tiny' },
  note: '',
  createdAt: 0,
  state: 'accepted',
}

function context(proposals: readonly Proposal[]): BlameContext {
  const image = { altTexts: [], revisions: [REVISION], headRevisionId: 1, draft: null }
  return { image: image as unknown as AlignImage, proposals, personName: 'me' }
}

function describe(proposals: readonly Proposal[], text: string, position: number): string {
  const word = findWord(blameCaption(context(proposals), text), position)
  return word === undefined ? '' : describeWord(word, () => 'today')
}

test('says who wrote the word at a place, in which round and when', () => {
  const text = 'a brown dog on sand'
  expect(describe([PROPOSAL], text, 3)).toBe('“brown”: tiny (model), round 1, today')
  expect(describe([PROPOSAL], text, 9)).toBe('“dog”: Ann, round 1, today')
  expect(describe([PROPOSAL], text, text.length)).toBe('“sand”: me')
  expect(describe([PROPOSAL], '', 0)).toBe('')
})

test('counts a proposal for the open text only once it was taken, and until it is submitted', () => {
  const later = { ...PROPOSAL, id: 4 }
  const text = 'a brown dog on sand'
  expect(describe([{ ...later, state: 'open' }], text, text.length)).toBe('“sand”: me')
  expect(describe([{ ...later, state: 'rejected' }], text, text.length)).toBe('“sand”: me')
  expect(describe([{ ...later, state: 'partly-accepted' }], text, text.length)).toBe(
    '“sand”: tiny (model)',
  )
})

test('gives each source a look that typing does not change', () => {
  expect([...listLooks(context([PROPOSAL]))]).toEqual([
    ['human Ann', 'tint-human-0'],
    ['model tiny', 'tint-model-0'],
    ['human me', 'tint-human-1'],
  ])
})
