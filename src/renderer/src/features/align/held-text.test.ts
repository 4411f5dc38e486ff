import { describe, expect, test } from 'vitest'
import type { AlignImage, Revision } from '../../../../shared/contract/align.ts'
import type { AltTextId, ImageId, RevisionId } from '../../../../shared/domain/ids.ts'
import {
  conflictWithHead,
  heldTextOf,
  isDraftStale,
  judgeNews,
  withSavedDraft,
} from './held-text.ts'

const revisionId = (id: number) => id as RevisionId

function revision(id: number, text: string): Revision {
  return {
    id: revisionId(id),
    parentId: null,
    round: 1,
    text,
    author: { kind: 'human', name: 'Ada' },
    note: '',
    createdAt: 0,
    isWithdrawn: false,
    proposals: [],
    guidelineVersion: null,
    editingMs: null,
  }
}

const untouched: AlignImage = {
  id: 1 as ImageId,
  uid: 'u',
  name: 'a.jpg',
  hash: 'h',
  width: 1,
  height: 1,
  format: 'jpeg',
  sizeBytes: 1,
  isAnimated: false,
  status: 'todo',
  round: 1,
  isForOthers: false,
  problem: null,
  locations: [],
  tags: [],
  altTexts: [{ id: 1 as AltTextId, origin: 'alt', text: 'anchor', source: '' }],
  revisions: [],
  reviews: [],
  headRevisionId: null,
  draft: null,
  startText: 'anchor',
}

const withHead: AlignImage = {
  ...untouched,
  revisions: [revision(3, 'theirs')],
  headRevisionId: revisionId(3),
  startText: 'theirs',
}

const withDraft = (base: number | null): AlignImage => ({
  ...withHead,
  draft: { text: 'draft', baseRevisionId: base === null ? null : revisionId(base), savedAt: 1 },
  startText: 'draft',
})

const saved = { kind: 'saved', savedAt: 1 } as const
const saving = { kind: 'saving' } as const

test('a draft is held with its own base', () => {
  expect(heldTextOf(untouched)).toEqual({ baseRevisionId: null, text: 'anchor' })
  expect(heldTextOf(withDraft(2))).toEqual({ baseRevisionId: 2, text: 'draft' })
  expect(isDraftStale(withDraft(2))).toBe(true)
  expect(isDraftStale(withDraft(3))).toBe(false)
})

describe('judgeNews', () => {
  const onNothing = { baseRevisionId: null, text: 'anchor' }
  const typed = { baseRevisionId: null, text: 'anchor and more' }

  test('keeps what is typed while the same base stands', () => {
    expect(judgeNews({ shown: typed, saveState: saving, image: untouched })).toBe('keep')
    expect(judgeNews({ shown: onNothing, saveState: saved, image: untouched })).toBe('keep')
  })

  test('takes over what was changed elsewhere when nothing here is open', () => {
    expect(judgeNews({ shown: onNothing, saveState: saved, image: withHead })).toBe('adopt')
    const shown = { baseRevisionId: revisionId(3), text: 'theirs' }
    expect(judgeNews({ shown, saveState: saved, image: withDraft(3) })).toBe('adopt')
  })

  test('asks when both sides changed', () => {
    expect(judgeNews({ shown: typed, saveState: saving, image: withHead })).toBe('conflict')
    expect(judgeNews({ shown: typed, saveState: saved, image: withDraft(null) })).toBe('conflict')
  })

  test('does not ask when both sides say the same', () => {
    const shown = { baseRevisionId: null, text: 'theirs' }
    expect(judgeNews({ shown, saveState: saving, image: withHead })).toBe('adopt')
  })

  test('leaves an open conflict alone', () => {
    const saveState = { kind: 'conflict', conflict: conflictWithHead(withHead) } as const
    expect(judgeNews({ shown: typed, saveState, image: withHead })).toBe('keep')
  })
})

test('the other side of a conflict names its author', () => {
  expect(conflictWithHead(withHead)).toEqual({
    headRevisionId: 3,
    headText: 'theirs',
    authorName: 'Ada',
  })
})

test('a saved draft is put into an image of its head, and not into an older one', () => {
  const write = { imageId: withHead.id, baseRevisionId: revisionId(3), text: 'merged' }
  const saved = withSavedDraft(withHead, write, 7)
  expect(saved).toMatchObject({ startText: 'merged', draft: { text: 'merged', savedAt: 7 } })
  expect(saved !== null && isDraftStale(saved)).toBe(false)
  expect(withSavedDraft(untouched, write, 7)).toBeNull()
})
