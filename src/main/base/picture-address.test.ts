import { open } from 'node:fs/promises'
import { expect, test } from 'vitest'
import {
  encodePart,
  fromPictureAddress,
  joinPictureAddress,
  toPictureAddress,
  type PicturePlace,
} from './picture-address.ts'

test.each<PicturePlace>([
  { path: '/a/b.jpg', part: null },
  { path: '/a/b.tar', part: { kind: 'bytes', offset: 9_000_000_000, sizeBytes: 12 } },
  { path: '/a/b 1+2.tar', part: { kind: 'bytes', offset: 512, sizeBytes: 0 } },
  { path: 'C:\\b.parquet', part: { kind: 'cell', row: 7, column: ['image', 'by\n"tes'] } },
])('spells %j so that it can be read back', (place) => {
  const address = toPictureAddress(place)
  expect(fromPictureAddress(address)).toEqual(place)
  expect(joinPictureAddress(place.path, encodePart(place.part))).toBe(address)
})

test('is the path itself for a file, and no path for a part of one', async () => {
  expect(toPictureAddress({ path: '/a/b.jpg', part: null })).toBe('/a/b.jpg')
  const part = { kind: 'bytes', offset: 0, sizeBytes: 1 } as const
  const address = toPictureAddress({ path: import.meta.filename, part })
  await expect(open(address)).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' })
})
