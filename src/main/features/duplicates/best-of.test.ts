import { expect, test } from 'vitest'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { StoredMember } from '../../db/queries/duplicates.ts'
import { judgeCopies } from './best-of.ts'

function copy(id: number, facts: Partial<StoredMember> = {}): StoredMember {
  return {
    id: id as ImageId,
    name: `${id}.jpg`,
    hash: '',
    width: 400,
    height: 300,
    sizeBytes: 1,
    status: 'todo',
    altCount: 1,
    textLength: 10,
    sharpness: 100,
    hashDistance: 0,
    cosine: null,
    ...facts,
  }
}

test('keeps what most speaks for', () => {
  const { members, bestId } = judgeCopies([
    copy(1, { width: 800, height: 600, sharpness: 40 }),
    copy(2, { textLength: 90, sharpness: 101 }),
    copy(3),
  ])
  expect(bestId).toBe(2)
  expect(members).toMatchObject([
    { isLargest: true, isSharpest: false, hasMostText: false },
    { isLargest: false, isSharpest: true, hasMostText: true },
    { isLargest: false, isSharpest: true, hasMostText: false },
  ])
})

test('takes the first of copies that are the same, and says nothing of what nobody knows', () => {
  const unknown = { width: null, height: null, sharpness: null, textLength: 0 }
  const { members, bestId } = judgeCopies([copy(5, unknown), copy(4, unknown)])
  expect(bestId).toBe(4)
  expect(members).toMatchObject([
    { isLargest: false, isSharpest: false, hasMostText: false },
    { isLargest: false, isSharpest: false, hasMostText: false },
  ])
  expect(judgeCopies([]).bestId).toBeNull()
})
