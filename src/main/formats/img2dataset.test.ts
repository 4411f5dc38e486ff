import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import {
  makeFolder,
  makeRow,
  readAll,
  textsOf,
  writeAll,
  type ReadResult,
} from '../../../test/support/formats.ts'
import { makeTar } from '../../../test/support/tar.ts'
import { readPictureBytes } from '../media/image-file.ts'
import { img2datasetWriter } from './img2dataset-writer.ts'
import { img2datasetReader } from './img2dataset.ts'

const FAILED = [2, 5, 9]
const KEYS = Array.from({ length: 10 }, (_, index) => `00001${String(index).padStart(4, '0')}`)
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex')

function listTable(extra: Parameters<typeof parquetWriteBuffer>[0]['columnData'] = []): Buffer {
  const fails = (index: number) => FAILED.includes(index)
  const file = parquetWriteBuffer({
    columnData: [
      { name: 'url', data: KEYS.map((key) => `https://x.test/${key}.jpg`) },
      { name: 'caption', data: KEYS.map((key) => `text of ${key}`) },
      { name: 'key', data: KEYS },
      { name: 'status', data: KEYS.map((_, at) => (fails(at) ? 'failed_to_download' : 'success')) },
      {
        name: 'error_message',
        data: KEYS.map((_, at) => (fails(at) ? 'HTTP Error 404: Not Found' : null)),
      },
      { name: 'width', data: KEYS.map((_, at) => (fails(at) ? null : 3)) },
      ...extra,
    ],
  })
  return Buffer.from(file)
}

const kept = KEYS.filter((_, index) => !FAILED.includes(index))

function expectShard({ records, errors, warnings }: ReadResult): void {
  expect(errors).toEqual([])
  expect(records).toHaveLength(10)
  expect(records.map((record) => textsOf(record))).toEqual(KEYS.map((key) => [`text of ${key}`]))
  expect(records.filter(({ filePath }) => filePath !== null)).toHaveLength(7)
  expect(records[2]).toMatchObject({
    url: 'https://x.test/000010002.jpg',
    problem: {
      code: 'IMAGE_FILE_MISSING',
      message: expect.stringMatching(/HTTP Error 404/) as string,
    },
  })
  expect(warnings).toEqual([expect.stringMatching(/00001: 3 of 10.*3 × HTTP Error 404/)])
}

describe('img2dataset reader', () => {
  test('shows ten rows of a shard with three failures, seven with pictures', async () => {
    const members = kept.flatMap((key) => [
      [`${key}.jpg`, `picture ${key}`] as const,
      [`${key}.txt`, `text of ${key}`] as const,
      [`${key}.json`, '{}'] as const,
    ])
    const root = await makeFolder({
      '00001.tar': makeTar(members),
      '00001.parquet': listTable(),
      '00001_stats.json': '{}',
    })
    const result = await readAll(img2datasetReader, root)
    expectShard(result)
    const [first] = result.records
    expect(first?.locator).toBe('00001.tar/000010000.jpg')
    expect(String(await readPictureBytes(first?.filePath ?? ''))).toBe('picture 000010000')
    const preview = await img2datasetReader.preview({
      ...{ path: root, map: {}, limit: 3, signal: new AbortController().signal },
    })
    expect(preview.columns.slice(0, 3)).toEqual(['image', 'url', 'caption'])
    expect(preview.records).toHaveLength(3)
  })

  test('reads the kind of files, with its list and without', async () => {
    const files = Object.fromEntries(
      kept.flatMap((key) => [
        [`00001/${key}.jpg`, ''],
        [`00001/${key}.json`, JSON.stringify({ caption: `text of ${key}`, key })],
      ]),
    )
    const root = await makeFolder({
      ...files,
      '00001.parquet': listTable(),
      '00001_stats.json': '{}',
    })
    const listed = await readAll(img2datasetReader, root)
    expectShard(listed)
    expect(listed.records[0]?.filePath).toBe(join(root, '00001/000010000.jpg'))
    const bare = await readAll(img2datasetReader, await makeFolder(files))
    expect(bare.records.map((record) => textsOf(record))).toEqual(
      kept.map((key) => [`text of ${key}`]),
    )
  })

  test('reads the kind of Parquet, where the list has the pictures', async () => {
    const jpg = KEYS.map((_, index) => (FAILED.includes(index) ? null : JPEG))
    const root = await makeFolder({
      '00001.parquet': listTable([{ name: 'jpg', data: jpg, type: 'BYTE_ARRAY' }]),
      '00001_stats.json': '{}',
    })
    const { records } = await readAll(img2datasetReader, root)
    expect(records.filter(({ filePath }) => filePath !== null)).toHaveLength(7)
    expect((await readPictureBytes(records[0]?.filePath ?? '')).equals(JPEG)).toBe(true)
  })

  test('says so when a picture is gone that the list has', async () => {
    const root = await makeFolder({ '00001.tar': makeTar([]), '00001.parquet': listTable() })
    const { records } = await readAll(img2datasetReader, root)
    expect(records[0]?.problem?.message).toMatch(/succeeded, but the picture is not in the shard/)
  })
})

describe('img2dataset writer', () => {
  test('lists all rows, keeps the keys of what came from img2dataset, and counts', async () => {
    const source = await makeFolder({ 'x.gif': '' })
    const filePath = join(source, 'x.gif')
    const rows = [
      makeRow({ filePath, image: { locations: ['00001.tar/000010000.jpg'] } }),
      makeRow({ url: 'https://x.test/b', image: { uid: 'b', locations: ['00001.tar/000010002'] } }),
      makeRow({ filePath, image: { uid: 'c', locations: ['folder/other.gif'] } }),
    ]
    const first = await writeAll(img2datasetWriter, rows)
    const second = await writeAll(img2datasetWriter, rows)
    for (const name of ['00001.tar', '00001.parquet', '00001_stats.json']) {
      const bytes = await readFile(join(first.root, name))
      expect(bytes.equals(await readFile(join(second.root, name)))).toBe(true)
    }
    expect(first.outcomes).toEqual(['done', 'failed', 'done'])
    const list = await readFile(join(first.root, '00001.parquet'))
    const listed = await parquetReadObjects({ file: new Uint8Array(list).buffer })
    expect(listed.map((row): unknown[] => [row['key'], row['status'], row['url']])).toEqual([
      ['000010000', 'success', null],
      ['000010002', 'failed_to_download', 'https://x.test/b'],
      ['000010003', 'success', null],
    ])
    expect(JSON.parse(await readFile(join(first.root, '00001_stats.json'), 'utf8'))).toMatchObject({
      ...{ count: 3, successes: 2, failed_to_download: 1 },
    })
    const back = await readAll(img2datasetReader, first.root)
    expect(back.records.map(({ locator }) => locator)).toEqual([
      '00001.tar/000010000.gif',
      '00001.tar/000010002',
      '00001.tar/000010003.gif',
    ])
  })
})
