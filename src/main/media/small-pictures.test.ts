import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toPictureAddress } from '../base/picture-address.ts'
import { readSmallPictures } from './small-pictures.ts'
import { MAX_SMALL_BYTES } from './small-pictures-serve.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-small-pictures-'))
  await writeFile(join(folder, 'one.jpg'), 'first')
  await writeFile(join(folder, 'empty.jpg'), '')
  await writeFile(join(folder, 'large.jpg'), Buffer.alloc(MAX_SMALL_BYTES + 1))
  await writeFile(join(folder, 'shard.tar'), 'header picture padding')
  await mkdir(join(folder, 'folder.jpg'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(addresses: readonly string[]): Promise<readonly (string | null)[]> {
  const pictures = await readSmallPictures(addresses)
  return pictures.map((bytes) => (bytes === null ? null : Buffer.from(bytes).toString()))
}

test('reads small files and stretches of containers, each in its place', async () => {
  const [one, empty] = [join(folder, 'one.jpg'), join(folder, 'empty.jpg')]
  const path = join(folder, 'shard.tar')
  const inside = toPictureAddress({ path, part: { kind: 'bytes', offset: 7, sizeBytes: 7 } })
  expect(await read([one, empty, inside, one])).toEqual(['first', '', 'picture', 'first'])
  expect(await read([])).toEqual([])
})

test('leaves what is large, gone or odd to be asked for by itself', async () => {
  const path = join(folder, 'shard.tar')
  const beyond = toPictureAddress({ path, part: { kind: 'bytes', offset: 7, sizeBytes: 99 } })
  const cell = toPictureAddress({ path, part: { kind: 'cell', row: 0, column: ['image'] } })
  const odd = ['large.jpg', 'gone.jpg', 'folder.jpg'].map((name) => join(folder, name))
  expect(await read([...odd, beyond, cell, join(folder, 'one.jpg')])).toEqual([
    ...[null, null, null, null, null],
    'first',
  ])
})
