import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFixtures } from './fixtures.ts'
import { runCase } from './fuzz-case.ts'
import { openImports } from './import-set.ts'
import { createRandom, mutate } from './mutate.ts'

const CASES = 4

test('a few damaged data sets of every format are read without harm', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'realign-fuzz-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  let rows = 0
  for (const fixture of await makeFixtures(folder)) {
    for (let seed = 1; seed <= CASES; seed += 1) rows += await runCase({ fixture, seed, folder })
  }
  // Most of what was not damaged is still read.
  expect(rows).toBeGreaterThan(100)
}, 60_000)

test('an import must come to what reading the data set came to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'realign-fuzz-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'set', 'rows.jsonl')
  await mkdir(join(folder, 'set'))
  await writeFile(path, '{"file_name":"a.jpg","alt":"one"}\n{"file_name"\n')
  const imports = await openImports(join(folder, 'core'))
  onTestFinished(() => imports.close())
  const read = { path, format: 'jsonl', isReadToEnd: true }
  await expect(imports.check({ ...read, rows: 3 })).rejects.toThrow('not the 3 rows')
  await imports.check({ ...read, rows: 2 })
})

test('damage is the same for the same seed, and leaves the original alone', () => {
  const bytes = Buffer.from('0123456789'.repeat(20))
  const once = mutate(bytes, createRandom(5))
  expect(once.equals(mutate(bytes, createRandom(5)))).toBe(true)
  expect(once.equals(bytes)).toBe(false)
  expect(String(bytes)).toBe('0123456789'.repeat(20))
})
