import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createOriginalsCache } from './originals-cache.ts'

const FILE_BYTES = 100

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-originals-'))
})
afterEach(() => rm(folder, { recursive: true }))

function pathOf(name: string): string {
  return join(folder, name.slice(0, 2), name.repeat(64))
}

async function store(name: string): Promise<string> {
  const path = pathOf(name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, Buffer.alloc(FILE_BYTES))
  return path
}

async function left(): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name.slice(0, 1))
  return names.sort().join('')
}

test('removes what was not used for longest once all is too large', async () => {
  const cache = createOriginalsCache(3 * FILE_BYTES)
  for (const name of ['a', 'b', 'c']) await cache.use(folder, await store(name))
  expect(await left()).toBe('abc')
  await cache.use(folder, pathOf('a'))
  await cache.use(folder, await store('d'))
  expect(await left()).toBe('acd')
})

test('says of one that gave way to another that it is gone', async () => {
  const cache = createOriginalsCache(FILE_BYTES)
  const [first, second] = [await store('a'), await store('b')]
  expect(await Promise.all([cache.use(folder, second), cache.use(folder, first)])).toEqual([
    true,
    false,
  ])
  expect(await left()).toBe('b')
})

test('knows from the disk what was used before a start', async () => {
  for (const [index, name] of ['c', 'a', 'b'].entries()) {
    const usedAt = new Date(Date.UTC(2026, 0, 1 + index))
    await utimes(await store(name), usedAt, usedAt)
  }
  await writeFile(join(folder, 'half.tmp'), Buffer.alloc(10 * FILE_BYTES))
  const cache = createOriginalsCache(2 * FILE_BYTES)
  await cache.use(folder, await store('d'))
  expect(await left()).toBe('bdh')
})

test('keeps the one in use, however large it is, and bears an empty cache', async () => {
  const cache = createOriginalsCache(FILE_BYTES / 2)
  await cache.use(folder, await store('a'))
  await cache.use(folder, await store('b'))
  expect(await left()).toBe('b')
  await rm(dirname(pathOf('b')), { recursive: true })
  await cache.use(folder, pathOf('b'))
  await cache.use(folder, await store('c'))
  expect(await left()).toBe('c')
})
