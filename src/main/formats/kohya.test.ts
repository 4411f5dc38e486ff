import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { kohyaReader, kohyaWriter } from './kohya.ts'

test('kohya entries are found by stem, by name and by whole path', async () => {
  const root = await makeFolder({ 'images/a.png': '', 'images/b.jpg': '', 'images/c.jpg': '' })
  const entries = {
    a: { caption: 'one\ntwo', tags: 'red, blue', train_resolution: [1, 1] },
    'b.jpg': { caption: 'by name' },
    [join(root, 'images/c.jpg')]: { tags: 'green' },
    '/elsewhere/b.jpg': { caption: 'from another machine' },
    'C:\\data\\c.jpg': { caption: 'from Windows' },
    gone: { caption: 'lost' },
    odd: 'no object',
  }
  const nested = await makeFolder({ 'x.json': '' })
  expect(await kohyaReader.sniff(join(nested, 'x.json'))).toBe(0)
  const path = join(root, 'images/meta.json')
  await writeFile(path, JSON.stringify(entries, null, 2))
  expect(await kohyaReader.sniff(path)).toBe(0.85)
  const { records, errors } = await readAll(kohyaReader, path)
  expect(records.map((record) => [record.locator, textsOf(record), record.tags])).toEqual([
    ['a.png', ['one\ntwo'], ['red', 'blue']],
    ['b.jpg', ['by name'], []],
    ['c.jpg', [], ['green']],
    ['b.jpg', ['from another machine'], []],
    ['c.jpg', ['from Windows'], []],
    ['key:gone', ['lost'], []],
  ])
  expect(errors).toMatchObject([{ item: 'entry "odd"' }])
})

test('kohya writer writes what the reader reads, the same bytes twice', async () => {
  const source = await makeFolder({ 'x.gif': '' })
  const filePath = join(source, 'x.gif')
  const rows = [
    makeRow({ filePath, text: 'one\n"two"', image: { tags: ['a', 'b c'] } }),
    makeRow({ filePath, text: '', textKind: 'none' }),
    makeRow({ filePath: null }),
    makeRow({ filePath, text: 'three', image: { width: null } }),
  ]
  const first = await writeAll(kohyaWriter, rows)
  const second = await writeAll(kohyaWriter, rows)
  const text = await readFile(join(first.root, 'images/meta.json'), 'utf8')
  expect(text).toBe(await readFile(join(second.root, 'images/meta.json'), 'utf8'))
  const expected = {
    one: { caption: 'one\n"two"', tags: 'a, b c', train_resolution: [1, 1] },
    'one-3': { caption: 'three' },
  }
  expect(text).toBe(
    `${JSON.stringify(expected, null, 2).replace(/\[\s+1,\s+1\s+\]/, '[\n      1,\n      1\n    ]')}\n`,
  )
  expect(first.outcomes).toEqual(['done', 'skipped', 'failed', 'done'])
  expect(await readFile(join(first.root, 'dataset.toml'), 'utf8')).toMatch(
    /metadata_file = "images\/meta.json"/,
  )
  const { records, errors } = await readAll(kohyaReader, join(first.root, 'images/meta.json'))
  expect(errors).toEqual([])
  expect(records.map((record) => [record.locator, textsOf(record)])).toEqual([
    ['one.gif', ['one\n"two"']],
    ['one-3.gif', ['three']],
  ])
})
