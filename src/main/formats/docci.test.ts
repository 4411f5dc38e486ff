import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { docciReader, docciWriter } from './docci.ts'
import { redcapsReader } from './redcaps.ts'

test('DOCCI descriptions are captions of pictures in images/', async () => {
  const lines = [
    {
      example_id: 'train_1',
      split: 'train',
      image_file: 'train_1.jpg',
      description: 'A long text.',
    },
    { example_id: 'test_2', split: 'test', image_file: 'test_2.jpg', description: 'Another one.' },
  ]
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const root = await makeFolder({ 'docci_descriptions.jsonlines': text, 'images/train_1.jpg': '' })
  const path = join(root, 'docci_descriptions.jsonlines')
  expect(await docciReader.sniff(path)).toBe(0.95)
  const { records, errors } = await readAll(docciReader, path)
  expect(errors).toEqual([])
  expect(records).toMatchObject([
    { locator: 'images/train_1.jpg', caption: 'A long text.', tags: ['train'] },
    { locator: 'images/test_2.jpg', caption: 'Another one.', tags: ['test'] },
  ])
})

test('DOCCI clusters become tags, so that contrasting images can be kept together', async () => {
  const line = (id: string) =>
    JSON.stringify({ example_id: id, split: 'train', image_file: `${id}.jpg`, description: id })
  const root = await makeFolder({
    'docci_descriptions.jsonlines': ['a', 'b', 'c'].map((id) => `${line(id)}\n`).join(''),
    'docci_metadata.jsonlines': [
      '{"example_id":"c","cluster_id":"7"}',
      'no json',
      '{"example_id":"a","cluster_id":7,"entity_tags":["dog"]}',
    ].join('\n'),
    'images/a.jpg': '',
  })
  const path = join(root, 'docci_descriptions.jsonlines')
  const { records } = await readAll(docciReader, path)
  expect(records.map(({ caption, tags }) => [caption, tags])).toEqual([
    ['a', ['train', 'cluster:7']],
    ['b', ['train']],
    ['c', ['train', 'cluster:7']],
  ])
  const mapped = await readAll(docciReader, path, { image_file: 'image', cluster_id: 'tags' })
  expect(mapped.records.map(({ tags }) => tags)).toEqual([['cluster:7'], [], ['cluster:7']])
})

test('DOCCI writer writes what the reader reads', async () => {
  const source = await makeFolder({ 'x.gif': '' })
  const filePath = join(source, 'x.gif')
  const { root, outcomes } = await writeAll(docciWriter, [
    makeRow({ filePath, text: 'a caption\nof two lines' }),
    makeRow({ filePath, text: '', textKind: 'none' }),
    makeRow({}),
  ])
  expect(outcomes).toEqual(['done', 'skipped', 'failed'])
  const { records } = await readAll(docciReader, join(root, 'docci_descriptions.jsonlines'))
  expect(records.map((record) => [record.locator, record.caption, textsOf(record)])).toEqual([
    ['images/one.gif', 'a caption\nof two lines', ['an alt-text']],
  ])
})

test('RedCaps texts come raw, and without their authors', async () => {
  const annotation = {
    ...{ image_id: 'abc', subreddit: 'Pics', url: 'https://x.test/abc.jpg', author: 'somebody' },
    ...{ raw_caption: 'A Dog! 🐕', caption: 'a dog!', score: 4, permalink: '/r/pics/abc' },
  }
  const text = JSON.stringify({
    info: { version: '1.0' },
    annotations: [annotation, { image_id: 'x' }],
  })
  const root = await makeFolder({ 'annotations/pics_2020.json': text, 'images/pics/abc.jpg': '' })
  const path = join(root, 'annotations/pics_2020.json')
  expect(await redcapsReader.sniff(path)).toBe(0.95)
  const { records, errors } = await readAll(redcapsReader, path)
  expect(records).toMatchObject([
    {
      ...{ locator: 'images/pics/abc.jpg', url: 'https://x.test/abc.jpg', tags: ['r/Pics'] },
      altTexts: [{ origin: 'alt', text: 'A Dog! 🐕' }],
      proposals: [{ column: 'caption', text: 'a dog!' }],
    },
  ])
  expect(JSON.stringify(records)).not.toContain('somebody')
  expect(errors).toHaveLength(1)
})
