import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../../../test/support/formats.ts'
import { toPictureAddress } from '../../base/picture-address.ts'
import { createPictureReader } from './picture-reader.ts'

const CELL = { kind: 'cell', row: 0, column: ['image', 'bytes'] } as const

test('cells are left to the media process, and files are read here', async () => {
  const asked: string[] = []
  const written: string[] = []
  const read = createPictureReader({
    copy: async ({ path, target }) => {
      asked.push(path)
      written.push(target)
      await writeFile(target, 'bytes of a cell')
    },
  })
  const path = join(await makeFolder({ 'x.bin': 'a file, and more' }), 'x.bin')
  const cell = toPictureAddress({ path, part: CELL })
  expect(String(await read(cell))).toBe('bytes of a cell')
  expect(String(await read(path))).toBe('a file, and more')
  const part = { kind: 'bytes', offset: 2, sizeBytes: 4 } as const
  expect(String(await read(toPictureAddress({ path, part })))).toBe('file')
  expect(asked).toEqual([cell])
  await expect(stat(written[0] ?? '')).rejects.toMatchObject({ code: 'ENOENT' })
})

test('what the media process says of a cell is the answer', async () => {
  const read = createPictureReader({ copy: () => Promise.reject(new Error('it hung, twice')) })
  await expect(read(toPictureAddress({ path: '/x', part: CELL }))).rejects.toThrow('it hung, twice')
})
