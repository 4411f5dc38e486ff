import { hash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer'
import { expect, test } from 'vitest'
import { makeFolder } from '../../../test/support/formats.ts'
import { toPictureAddress, type PicturePart } from '../base/picture-address.ts'
import { readImageFile, readPictureBytes, statImageFile } from './image-file.ts'

async function readPart(path: string, part: PicturePart) {
  const address = toPictureAddress({ path, part })
  return readImageFile(address, await statImageFile(address))
}

test('reads a stretch of a container, and says when the container is cut', async () => {
  const path = join(await makeFolder({ 'a.tar': Buffer.from('--picture--') }), 'a.tar')
  const file = await readPart(path, { kind: 'bytes', offset: 2, sizeBytes: 7 })
  expect(file).toMatchObject({ sizeBytes: 7, sha256: hash('sha256', 'picture') })
  expect(file.source.toString()).toBe('picture')
  await expect(readPart(path, { kind: 'bytes', offset: 2, sizeBytes: 10 })).rejects.toMatchObject({
    code: 'IMAGE_UNREADABLE',
    message: expect.stringMatching(/ends before/) as string,
  })
  await writeFile(path, Buffer.alloc(100_000_000))
  await expect(
    readPart(path, { kind: 'bytes', offset: 0, sizeBytes: 90_000_000 }),
  ).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' })
})

test.each<[string, Partial<ColumnSource>]>([
  ['an index of pages', {}],
  ['no index of pages', { offsetIndex: false }],
  ['a dictionary', { encoding: 'RLE_DICTIONARY' }],
])('reads cells of a Parquet file with %s', async (_, options) => {
  const images = Array.from({ length: 25 }, (_, row) => ({
    bytes: row === 3 ? null : Buffer.from(`picture ${row} `.repeat(row + 1)),
    path: `${row}.jpg`,
  }))
  const schema = [
    { name: 'root', num_children: 2 },
    { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' as const },
    { name: 'bytes', type: 'BYTE_ARRAY' as const, repetition_type: 'OPTIONAL' as const },
    {
      name: 'path',
      type: 'BYTE_ARRAY' as const,
      converted_type: 'UTF8' as const,
      repetition_type: 'OPTIONAL' as const,
    },
    { name: 'jpg', type: 'BYTE_ARRAY' as const, repetition_type: 'OPTIONAL' as const },
  ]
  const file = parquetWriteBuffer({
    columnData: [
      { name: 'image', data: images, ...options },
      { name: 'jpg', data: images.map(({ bytes }) => bytes), ...options },
    ],
    schema,
    rowGroupSize: 10,
  })
  const path = join(await makeFolder({ 'a.parquet': Buffer.from(file) }), 'a.parquet')
  const read = async (row: number, ...column: readonly string[]) =>
    (await readPart(path, { kind: 'cell', row, column })).source.toString()
  for (const row of [0, 9, 10, 24, 11]) {
    expect(await read(row, 'image', 'bytes')).toBe(`picture ${row} `.repeat(row + 1))
    expect(await read(row, 'jpg')).toBe(`picture ${row} `.repeat(row + 1))
  }
  await expect(read(3, 'image', 'bytes')).rejects.toMatchObject({ code: 'IMAGE_FILE_MISSING' })
  await expect(read(0, 'image')).rejects.toMatchObject({ code: 'IMAGE_FILE_MISSING' })
  await expect(read(25, 'jpg')).rejects.toMatchObject({
    code: 'IMAGE_FILE_MISSING',
    message: expect.stringMatching(/has 25 rows, but the image was in row 26/) as string,
  })
  await writeFile(path, Buffer.from(file).subarray(0, 300))
  await expect(read(0, 'jpg')).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' })
})

test('gives all bytes of a picture, wherever it lies', async () => {
  const root = await makeFolder({ 'a.jpg': Buffer.from('whole'), 'a.tar': Buffer.from('01part') })
  const part = { kind: 'bytes', offset: 2, sizeBytes: 4 } as const
  expect(String(await readPictureBytes(join(root, 'a.jpg')))).toBe('whole')
  const address = toPictureAddress({ path: join(root, 'a.tar'), part })
  expect(String(await readPictureBytes(address))).toBe('part')
  await expect(readPictureBytes(join(root, 'b.jpg'))).rejects.toMatchObject({
    code: 'IMAGE_FILE_MISSING',
  })
})
