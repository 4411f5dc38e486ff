import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'realign-make-folder-'))
})
afterAll(() => rm(root, { recursive: true }))

test('makes all that is missing, and nothing where all is there', async () => {
  const folder = join(root, 'a', 'b', 'c')
  makeFolder(folder)
  makeFolder(folder)
  expect((await stat(folder)).isDirectory()).toBe(true)
})

test('says why a folder cannot be made', async () => {
  await writeFile(join(root, 'file'), '')
  expect(() => {
    makeFolder(join(root, 'file', 'folder'))
  }).toThrow('ENOTDIR')
  expect(() => {
    makeFolder(join(root, 'file'))
  }).toThrow('EEXIST')
})

test.skipIf(process.platform !== 'linux')('ends where the system holds no folders', () => {
  expect(() => {
    makeFolder('/proc/realign/project')
  }).toThrow('ENOENT')
})
