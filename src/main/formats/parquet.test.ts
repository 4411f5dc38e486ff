import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parquetMetadata } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { readPictureBytes } from '../media/image-file.ts'
import { huggingfaceParquetWriter } from './huggingface-parquet.ts'
import { parquetReader } from './parquet.ts'

const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex')

async function readTable(
  columns: Parameters<typeof parquetWriteBuffer>[0]['columnData'],
  options = {},
) {
  const file = Buffer.from(parquetWriteBuffer({ columnData: columns, ...options }))
  const path = join(await makeFolder({ 'x.parquet': file }), 'x.parquet')
  return { path, file, ...(await readAll(parquetReader, path)) }
}

describe('Parquet reader', () => {
  test('reads links and scores of LAION tables, whatever their types', async () => {
    const { records, errors } = await readTable([
      { name: 'URL', data: ['https://x.test/1.jpg', 'https://x.test/2.jpg'] },
      { name: 'TEXT', data: ['one', null] },
      { name: 'WIDTH', data: [3n, 4n], type: 'INT64' },
      { name: 'similarity', data: [0.3, 0.4], type: 'DOUBLE' },
      { name: 'hash', data: [-9007199254740993n, 2n], type: 'INT64' },
    ])
    expect(errors).toEqual([])
    expect(records.map((record) => [record.locator, record.url, textsOf(record)])).toEqual([
      ['url:https://x.test/1.jpg', 'https://x.test/1.jpg', ['one']],
      ['url:https://x.test/2.jpg', 'https://x.test/2.jpg', []],
    ])
  })

  test('finds pictures in a column of bytes, and rows without', async () => {
    const { records, path } = await readTable([
      { name: 'jpg', data: [JPEG, null, JPEG], type: 'BYTE_ARRAY' },
      { name: 'caption', data: ['a', 'b', 'c'] },
      { name: 'key', data: ['0001', '0002', '0003'] },
    ])
    expect(records.map(({ locator, problem }) => [locator, problem?.code])).toEqual([
      ['x.parquet/0', undefined],
      ['x.parquet/1', 'IMAGE_FILE_MISSING'],
      ['x.parquet/2', undefined],
    ])
    expect((await readPictureBytes(records[2]?.filePath ?? '')).equals(JPEG)).toBe(true)
    expect(await parquetReader.countRows?.(path, new AbortController().signal)).toBe(3)
  })

  test('takes structs in both orders, and a path where there are no bytes', async () => {
    const path = {
      name: 'path',
      type: 'BYTE_ARRAY',
      converted_type: 'UTF8',
      repetition_type: 'OPTIONAL',
    }
    const bytes = { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' }
    for (const children of [
      [bytes, path],
      [path, bytes],
    ]) {
      const { path: file, records } = await readTable(
        [
          {
            name: 'image',
            data: [{ bytes: JPEG, path: 'dir/a.jpg' }, { bytes: null, path: 'b.jpg' }, null],
          },
        ],
        {
          schema: [
            { name: 'root', num_children: 1 },
            { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
            ...children,
          ],
        },
      )
      expect(records.map(({ locator }) => locator)).toEqual([
        'x.parquet/0/a.jpg',
        'b.jpg',
        'x.parquet/2',
      ])
      expect(records[1]?.filePath).toBe(join(file, '../b.jpg'))
      expect(records[2]?.filePath).toBeNull()
      expect((await readPictureBytes(records[0]?.filePath ?? '')).equals(JPEG)).toBe(true)
    }
  })

  test('costs a damaged stretch its own rows', async () => {
    const texts = Array.from(
      { length: 30 },
      (_, index) => `a text of row ${index} ${'x'.repeat(90)}`,
    )
    const file = Buffer.from(
      parquetWriteBuffer({
        columnData: [{ name: 'text', data: texts, encoding: 'PLAIN' }],
        rowGroupSize: 10,
        codec: 'SNAPPY',
      }),
    )
    const chunk = parquetMetadata(new Uint8Array(file).buffer).row_groups[1]?.columns[0]?.meta_data
    file.fill(0xff, Number(chunk?.data_page_offset), Number(chunk?.data_page_offset) + 40)
    const path = join(await makeFolder({ 'x.parquet': file }), 'x.parquet')
    const { records, errors } = await readAll(parquetReader, path)
    expect(records).toHaveLength(20)
    expect(errors).toMatchObject([
      {
        item: 'x.parquet',
        code: 'SOURCE_UNREADABLE',
        message: expect.stringMatching(/Rows 11 to 20/) as string,
      },
    ])
    await writeFile(path, file.subarray(0, -10))
    await expect(readAll(parquetReader, path)).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' })
  })

  test('reads a folder of files as one table, and reports one that is damaged', async () => {
    const write = (text: string) =>
      Buffer.from(
        parquetWriteBuffer({ columnData: [{ name: 'url', data: [`https://x.test/${text}`] }] }),
      )
    const root = await makeFolder({
      'data/train-00000-of-00003.parquet': write('a'),
      'data/train-00001-of-00003.parquet': 'PAR1 no table PAR1',
      'data/train-00002-of-00003.parquet': write('b'),
    })
    const { records, errors } = await readAll(parquetReader, root)
    expect(records.map(({ row, url }) => [row, url])).toEqual([
      [1, 'https://x.test/a'],
      [2, 'https://x.test/b'],
    ])
    expect(errors).toMatchObject([{ item: 'data/train-00001-of-00003.parquet' }])
  })
})

describe('Hugging Face Parquet writer', () => {
  test('writes what the reader reads, the same bytes twice', async () => {
    const root = await makeFolder({ 'one.gif': '', 'two.gif': '' })
    const rows = [
      makeRow({ filePath: join(root, 'one.gif'), text: 'Ünï "q"\nnew line' }),
      makeRow({ filePath: join(root, 'none.gif') }),
      makeRow({
        filePath: join(root, 'two.gif'),
        ...{ text: '', textKind: 'none' },
        image: { fileName: 'dir/ONE.gif', alts: [], width: null },
      }),
    ]
    const first = await writeAll(huggingfaceParquetWriter, rows)
    const second = await writeAll(huggingfaceParquetWriter, rows)
    const name = 'data/train-00000-of-00001.parquet'
    const bytes = await readFile(join(first.root, name))
    expect(bytes.equals(await readFile(join(second.root, name)))).toBe(true)
    expect(first.outcomes).toEqual(['done', 'failed', 'done'])
    const { records, errors } = await readAll(parquetReader, first.root)
    expect(errors).toEqual([])
    expect(records.map(({ locator, caption }) => [locator, caption])).toEqual([
      [`${name}/0/one.gif`, 'Ünï "q"\nnew line'],
      [`${name}/1/ONE-2.gif`, null],
    ])
    expect(textsOf(records[0])).toEqual(['an alt-text'])
    const picture = await readFile(join(root, 'two.gif'))
    expect(picture.equals(await readPictureBytes(records[1]?.filePath ?? ''))).toBe(true)
    const { key_value_metadata: metadata } = parquetMetadata(new Uint8Array(bytes).buffer)
    expect(
      JSON.parse(metadata?.find(({ key }) => key === 'huggingface')?.value ?? ''),
    ).toMatchObject({
      info: { features: { image: { _type: 'Image' }, text: { dtype: 'string', _type: 'Value' } } },
    })
  })
})
