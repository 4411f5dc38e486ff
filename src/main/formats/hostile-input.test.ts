import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import { makeFolder, readAll, textsOf } from '../../../test/support/formats.ts'
import { makeTar } from '../../../test/support/tar.ts'
import { cocoReader } from './coco.ts'
import type { FormatReader } from './format.ts'
import { jsonlReader } from './jsonl.ts'
import { parquetReader } from './parquet.ts'
import { getReader } from './registry.ts'
import { webdatasetReader } from './webdataset.ts'

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

async function look(reader: FormatReader, path: string) {
  const signal = new AbortController().signal
  const preview = await reader.preview({ path, map: {}, limit: 20, signal })
  return { preview, ...(await readAll(reader, path)) }
}

describe('JSON that is nested a hundred thousand deep costs itself', () => {
  test('in a line, wherever it stands', async () => {
    const root = await makeFolder({
      'x.jsonl': [
        `{"file_name":"a.jpg","alt":"one","more":${DEEP}}`,
        `{"file_name":"b.jpg","alt":${DEEP}}`,
        DEEP,
        '{"file_name":"c.jpg","alt":"three"}',
      ].join('\n'),
    })
    const { preview, records, errors } = await look(jsonlReader, join(root, 'x.jsonl'))
    expect(preview.records).toHaveLength(1)
    expect(records.map(({ locator }) => locator)).toEqual(['c.jpg'])
    expect(errors.map(({ item }) => item)).toEqual(['row 1', 'row 2', 'row 3'])
    expect(errors[0]?.message).toContain('deeper than 500')
  })

  test('in a sample of an archive', async () => {
    const root = await makeFolder({
      'a.tar': makeTar([
        ['a.jpg', '1'],
        ['a.json', `{"alt":"one","more":${DEEP}}`],
        ['b.jpg', '1'],
        ['b.json', '{"alt":"two"}'],
      ]),
    })
    const { preview, records, errors } = await look(webdatasetReader, join(root, 'a.tar'))
    expect(preview.records).toHaveLength(1)
    expect(records.flatMap(textsOf)).toEqual(['two'])
    expect(errors).toMatchObject([{ item: 'a.tar/a' }])
  })

  test.each([
    ['altogether', 'x.json', `{"data":[${DEEP},{"alt":"good","img_path":"a.jpg","more":${DEEP}}]}`],
    ['coco', 'x.json', `{"images":[{"id":1,"file_name":"a.jpg","more":${DEEP}}],"annotations":[]}`],
    ['json', 'x.json', `[{"alt":${DEEP}},{"file_name":"a.jpg","alt":"good"}]`],
    ['kohya', 'x.json', `{"a":{"caption":"x","more":${DEEP}},"b":${DEEP}}`],
    ['redcaps', 'x.json', `{"annotations":[{"image_id":"a","raw_caption":"x","more":${DEEP}}]}`],
    ['docci', 'x.jsonlines', `{"example_id":"1","image_file":"a.jpg","description":${DEEP}}`],
    ['realign', 'realign.jsonl', `{"image":${DEEP}}`],
    ['metaclip', 'a.tar', makeTar([['a.jpeg', '1'], ['a.json', `{"texts":${DEEP}}`]])], // prettier-ignore
  ])('%s refuses it with a reason or leaves it out', async (format, name, content) => {
    const path = join(await makeFolder({ [name]: content, 'a.jpg': '' }), name)
    const { records, errors } = await look(getReader(format), path).catch((error: unknown) => {
      expect(error).toMatchObject({ name: 'AppError' })
      return { records: [], errors: [error] }
    })
    expect(JSON.stringify([records, errors])).not.toContain('[[[[[[[[[[')
    expect(records.length + errors.length).toBeGreaterThan(0)
  })
})

test('a text of an archive that is no text of an image by its size is left unread', async () => {
  const root = await makeFolder({
    'a.tar': makeTar([
      ['a.jpg', '1'],
      ['a.txt', Buffer.alloc(17 * 1024 * 1024, 'x')],
      ['b.jpg', '1'],
      ['b.txt', 'short'],
    ]),
  })
  const { records, errors } = await readAll(webdatasetReader, join(root, 'a.tar'))
  expect(records.flatMap(textsOf)).toEqual(['short'])
  expect(errors).toMatchObject([{ item: 'a.tar/a' }])
})

describe('Parquet files that are not what was expected', () => {
  const write = (options: Parameters<typeof parquetWriteBuffer>[0]): Buffer =>
    Buffer.from(parquetWriteBuffer(options))

  test('with numbers where texts should be, row by row', async () => {
    const file = write({
      columnData: [
        { name: 'url', data: ['https://x.test/1.jpg', 'https://x.test/2.jpg'] },
        { name: 'text', data: [1.5, 2.5], type: 'DOUBLE' },
      ],
    })
    const root = await makeFolder({ 'x.parquet': file })
    const { records, errors } = await look(parquetReader, join(root, 'x.parquet'))
    expect(records.length + errors.length).toBe(2)
    for (const { code } of errors) expect(code).toBe('ROW_INVALID')
  })

  test('without any column that names images or texts', async () => {
    const file = write({ columnData: [{ name: 'weight', data: [1, 2, 3], type: 'INT32' }] })
    const root = await makeFolder({ 'x.parquet': file })
    const { preview, records } = await look(parquetReader, join(root, 'x.parquet'))
    expect(preview.warnings.join('\n')).toMatch(/No column names the images/)
    expect(records).toHaveLength(3)
  })

  test('with a column that later files of the folder lack', async () => {
    const root = await makeFolder({
      'data/train-00000.parquet': write({
        columnData: [
          { name: 'url', data: ['https://x.test/1.jpg'] },
          { name: 'text', data: ['one'] },
        ],
      }),
      'data/train-00001.parquet': write({
        columnData: [{ name: 'url', data: ['https://x.test/2.jpg'] }],
      }),
    })
    const { records, errors } = await look(parquetReader, root)
    expect(records[0]?.url).toBe('https://x.test/1.jpg')
    expect(records.length + errors.length).toBe(2)
  })

  test('with a compression that nobody can unpack', async () => {
    const file = write({
      columnData: [{ name: 'url', data: ['https://x.test/1.jpg'] }],
      codec: 'LZO',
      compressors: { LZO: (bytes) => bytes },
    })
    const root = await makeFolder({ 'x.parquet': file })
    const { records, errors } = await look(parquetReader, join(root, 'x.parquet'))
    expect(records).toEqual([])
    expect(errors).toMatchObject([
      { code: 'SOURCE_UNREADABLE', message: expect.stringContaining('LZO') as string },
    ])
  })
})

test('COCO captions of images that are not there are told one by one, and those that are stay', async () => {
  const root = await makeFolder({
    'captions.json': JSON.stringify({
      images: [{ id: 1, file_name: 'a.jpg' }],
      annotations: [
        { id: 1, image_id: 1, caption: 'good' },
        { id: 2, image_id: 99, caption: 'dangling' },
        { id: 3, image_id: '1', caption: 'an id of another kind' },
        { id: 4, caption: 'none' },
      ],
    }),
    'a.jpg': '',
  })
  const { records, errors } = await readAll(cocoReader, join(root, 'captions.json'))
  expect(records.flatMap(textsOf)).toEqual(['good'])
  expect(errors).toHaveLength(3)
})
