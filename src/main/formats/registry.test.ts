import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../../test/support/formats.ts'
import { getReader, getWriter, READERS, sniffSource, WRITERS } from './registry.ts'

test.each([
  [{ 'a.jpg': '' }, '', 'folder'],
  [{ 'metadata.jsonl': '{}' }, '', 'imagefolder'],
  [{ 'train/metadata.csv': 'file_name,text' }, '', 'imagefolder'],
  [{ 'realign.jsonl': '{}', 'metadata.jsonl': '{}' }, '', 'realign'],
  [{ 'realign.jsonl': '{}' }, 'realign.jsonl', 'realign'],
  [{ 'x.jsonl': '{"file_name":"a.jpg","text":"a"}', 'a.jpg': '' }, '', 'folder-table'],
  [{ 'x.jsonl': '{}' }, 'x.jsonl', 'jsonl'],
  [{ 'x.NDJSON': '' }, 'x.NDJSON', 'jsonl'],
  [{ 'x.json': '{"a":1}\n{"a":2}\n' }, 'x.json', 'jsonl'],
  [{ 'x.csv': 'a,b' }, 'x.csv', 'csv'],
  [{ 'x.txt': 'a,b,c\n1,2,3\n4,5,6\n' }, 'x.txt', 'csv'],
  [{ 'x.tsv': 'a\tb' }, 'x.tsv', 'tsv'],
  [{ 'x.parquet': 'PAR1' }, 'x.parquet', 'parquet'],
  [{ 'data/x.parquet': 'PAR1' }, '', 'parquet'],
  [{ 'x.json': '[{"a":1}]' }, 'x.json', 'json'],
  [{ 'x.json': '{"image_urls":["https://x"],"captions":["a"]}' }, 'x.json', 'json'],
  [{ 'x.json': '{"info":{},"images":[{"id":1,"file_name":"a.jpg"}]}' }, 'x.json', 'coco'],
  [{ 'x.json': '{"annotations":[{"image_id":1,"id":1,"caption":"a"}]}' }, 'x.json', 'coco'],
  [{ 'x.json': '{"a": {"caption": "b"}}' }, 'x.json', 'kohya'],
  [{ 'x.json': '{"data":[{"alt":"a","round3":"b","img_path":"c"}]}' }, 'x.json', 'altogether'],
  [{ 'x.tar': '' }, 'x.tar', 'webdataset'],
  [{ 'train/x.tar': '', 'README.md': '' }, '', 'webdataset'],
  [{ '00000.tar': '', '00000.parquet': '', '00000_stats.json': '{}' }, '', 'img2dataset'],
  [
    { 'x.txt': 'some words, here\thttp://x.test\nand more, yes, more\thttp://y.test\n' },
    'x.txt',
    'tsv',
  ],
])('sniffs %j as it is meant', async (files, name, id) => {
  const root = await makeFolder(files)
  const { reader, score } = await sniffSource(join(root, name))
  expect(reader.id).toBe(id)
  expect(score).toBeGreaterThan(0)
})

test.each([
  ['x.zip', 'PK', /cannot be read: .*Unpack/],
  ['x.json', '[1, 2]', /a list of objects was expected/],
  ['x.bin', '\0\0', /no format that Realign reads/],
])('says what to do with %s', async (name, content, message) => {
  const root = await makeFolder({ [name]: content })
  const sniffing = sniffSource(join(root, name))
  await expect(sniffing).rejects.toMatchObject({ code: 'SOURCE_FORMAT_UNKNOWN' })
  await expect(sniffing).rejects.toThrow(message)
  await expect(sniffing).rejects.toThrow(/folder \(.*jsonl \(.*realign \(/)
  await expect(sniffing).rejects.not.toThrow(root)
})

test('takes the format that is asked for, or lists those there are', async () => {
  const root = await makeFolder({ 'metadata.jsonl': '{}', 'a.jpg': '' })
  expect((await sniffSource(root, 'folder')).reader.id).toBe('folder')
  await expect(sniffSource(root, 'cocos')).rejects.toMatchObject({
    code: 'SOURCE_FORMAT_UNKNOWN',
    message: expect.stringMatching(/"cocos".*imagefolder/) as string,
  })
  await expect(sniffSource(join(root, 'nothing'))).rejects.toMatchObject({
    code: 'SOURCE_NOT_FOUND',
  })
  expect(() => getWriter('folder')).toThrow(/written: imagefolder/)
})

test('knows every format by one id', () => {
  expect(READERS.map(({ id }) => getReader(id).id)).toEqual([
    'folder',
    'imagefolder',
    'folder-table',
    'jsonl',
    'csv',
    'tsv',
    'parquet',
    'webdataset',
    'img2dataset',
    'json',
    'coco',
    'kohya',
    'kohya-toml',
    'altogether',
    'metaclip',
    'redcaps',
    'docci',
    'dci',
    'realign',
  ])
  const written = [
    ...['imagefolder', 'imagefolder-csv', 'imagefolder-parquet', 'hf-parquet', 'webdataset'],
    ...['img2dataset', 'docci', 'txt', 'kohya', 'altogether', 'altogether-round3'],
    ...['metaclip', 'metaclip-nested', 'coco'],
    ...['label-studio', 'fiftyone', 'fiftyone-csv', 'jsonl', 'csv', 'tsv', 'realign'],
  ]
  expect(WRITERS.map(({ id }) => getWriter(id).id)).toEqual(written)
})
