import { expect, it } from 'vitest'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { alignPath, DEFAULT_LISTING, libraryPath, parseListing } from './listing.ts'

const imageId = 7 as ImageId

it('reads back every listing it writes', () => {
  const listing = {
    query: 'alt~"red & blue" tag:café',
    sort: { key: 'updated', descending: true },
  } as const
  const path = alignPath(imageId, listing)
  expect(path.startsWith('/align/7?')).toBe(true)
  expect(parseListing(path.split('?')[1] ?? '')).toEqual(listing)
})

it('keeps the address of the default listing short', () => {
  expect(libraryPath(DEFAULT_LISTING)).toBe('/library')
  expect(libraryPath(DEFAULT_LISTING, imageId)).toBe('/library?at=7')
})

it('falls back to the default order for an unknown one', () => {
  expect(parseListing('sort=-nonsense')).toEqual(DEFAULT_LISTING)
})
