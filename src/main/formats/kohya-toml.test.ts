import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { kohyaTomlReader } from './kohya-toml.ts'
import { kohyaWriter } from './kohya.ts'
import { sniffSource } from './registry.ts'

const CONFIG = `
[general]
caption_extension = ".txt"

[[datasets]]
  [[datasets.subsets]]
  image_dir = "one"
  class_tokens = "a sks dog"
  [[datasets.subsets]]
  image_dir = "two"
  metadata_file = "two/meta.json"
  [[datasets.subsets]]
  image_dir = "../outside"
  [[datasets.subsets]]
  image_dir = "gone"
`

test('subsets give captions beside pictures, class tokens and metadata files', async () => {
  const root = await makeFolder({
    'dataset.toml': CONFIG,
    'one/a.jpg': '',
    'one/a.txt': 'a caption\n',
    'one/b.png': '',
    'two/c.jpg': '',
    'two/meta.json': '{"c": {"caption": "of c", "tags": "x, y"}, "d": {"caption": "of d"}}',
  })
  const path = join(root, 'dataset.toml')
  expect(await sniffSource(path)).toMatchObject({ reader: { id: 'kohya-toml' }, score: 0.85 })
  const { records, errors, warnings } = await readAll(kohyaTomlReader, path)
  expect(records.map((record) => [record.locator, textsOf(record), record.tags])).toEqual([
    ['one/a.jpg', ['a caption'], []],
    ['one/b.png', ['a sks dog'], []],
    ['two/c.jpg', ['of c'], ['x', 'y']],
    ['key:d', ['of d'], []],
  ])
  expect(errors.map(({ item }) => item)).toEqual(['gone'])
  expect(warnings.join()).toContain('"../outside" lies outside')
})

test('what the writer makes is read', async () => {
  const filePath = join(await makeFolder({ 'x.gif': '' }), 'x.gif')
  const { root } = await writeAll(kohyaWriter, [makeRow({ filePath, text: 'two\nlines' })])
  const { records } = await readAll(kohyaTomlReader, join(root, 'dataset.toml'))
  expect(records.map((record) => [record.locator, textsOf(record)])).toEqual([
    ['images/one.gif', ['two\nlines']],
  ])
})

test('a broken configuration says why', async () => {
  const root = await makeFolder({ 'dataset.toml': 'image_dir = "x' })
  await expect(readAll(kohyaTomlReader, join(root, 'dataset.toml'))).rejects.toMatchObject({
    code: 'SOURCE_UNREADABLE',
  })
})
