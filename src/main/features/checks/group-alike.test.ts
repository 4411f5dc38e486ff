import { expect, it } from 'vitest'
import { groupAlike } from './group-alike.ts'

const HASH = '00ff00ff00ff00ff'
const NEAR = '00ff00ff00ff00f0'
const FAR = 'ff00ff00ff00ff00'
const text = (imageId: number, group: string, perceptualHash: string | null) => ({
  ...{ imageId, group, perceptualHash },
})

it('keeps together what looks alike, though nobody looked for duplicates', () => {
  const texts = [
    text(1, 'hash 1', HASH),
    text(2, 'hash 2', NEAR),
    text(3, 'hash 3', FAR),
    text(4, 'hash 4', null),
    text(1, 'hash 1', HASH),
  ]
  const groupOf = groupAlike(texts)
  expect([1, 2, 3, 4].map(groupOf)).toEqual(['hash 1', 'hash 1', 'hash 3', 'hash 4'])
  const turned = groupAlike(texts.toReversed())
  expect([1, 2, 3, 4].map(turned)).toEqual(['hash 1', 'hash 1', 'hash 3', 'hash 4'])
})

it('chains what a look for duplicates found with what hashes say', () => {
  const groupOf = groupAlike([
    text(1, 'alike 7', HASH),
    text(2, 'alike 7', FAR),
    text(3, 'hash 3', FAR),
    text(4, 'hash 4', '0f0f0f0f0f0f0f0f'),
  ])
  expect([1, 2, 3, 4].map(groupOf)).toEqual(['alike 7', 'alike 7', 'alike 7', 'hash 4'])
})
