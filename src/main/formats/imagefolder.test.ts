import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import {
  imagefolderCsvWriter,
  imagefolderParquetWriter,
  imagefolderWriter,
} from './imagefolder-writer.ts'
import { imagefolderReader } from './imagefolder.ts'

const signal = new AbortController().signal
const line = (row: object): string => `${JSON.stringify(row)}\n`

describe('imagefolder reader', () => {
  test('reads metadata at the root and ignores the truth beside it', async () => {
    const root = await makeFolder({
      'metadata.jsonl':
        line({ file_name: 'images/a.png', alt: ['one', 'two'] }) +
        line({ file_name: 'images/b.png', alt: ['three'] }),
      'truth.jsonl': line({ file_name: 'images/a.png', caption: 'the truth' }),
      'images/a.png': '',
      'images/b.png': '',
    })
    const { records, errors, warnings } = await readAll(imagefolderReader, root)
    expect(records.map((record) => [record.locator, ...textsOf(record)])).toEqual([
      ['images/a.png', 'one', 'two'],
      ['images/b.png', 'three'],
    ])
    expect(records[0]?.filePath).toBe(join(root, 'images/a.png'))
    expect(errors).toEqual([])
    expect(warnings).toEqual([])
  })

  test('reads split folders, each with its own kind of metadata', async () => {
    const root = await makeFolder({
      'train/metadata.csv': 'file_name,text\nsub\\a.png,"red, ""big"" 🎉\nשלום"\n',
      'train/sub/a.png': '',
      'validation/metadata.jsonl': line({ file_name: 'a.png', text: 'v' }),
      'validation/a.png': '',
      'data/test/metadata.jsonl': line({ left_file_name: 'a.png', text: 't' }),
      'data/test/a.png': '',
    })
    const { records, errors } = await readAll(imagefolderReader, root)
    expect(errors).toEqual([])
    expect(records.map((record) => [record.locator, ...textsOf(record)])).toEqual([
      ['data/test/a.png', 't'],
      ['train/sub/a.png', 'red, "big" 🎉\nשלום'],
      ['validation/a.png', 'v'],
    ])
  })

  test('keeps a listed image that is missing and counts images that are not listed', async () => {
    const root = await makeFolder({
      'train/metadata.jsonl': line({ file_name: 'gone.png', text: 'x' }) + '{broken\n',
      'train/one.png': '',
      'train/two.png': '',
      'other/three.png': '',
    })
    const { records, errors, warnings } = await readAll(imagefolderReader, root)
    expect(records).toMatchObject([
      { locator: 'train/gone.png', filePath: join(root, 'train/gone.png') },
    ])
    expect(errors).toMatchObject([{ item: 'train/metadata.jsonl, row 2', code: 'ROW_INVALID' }])
    expect(warnings).toEqual([expect.stringMatching(/^3 image files/)])
  })

  test('keeps rows inside the source, not only inside their own folder', async () => {
    const root = await makeFolder({
      'train/metadata.jsonl':
        line({ file_name: '../shared/a.png' }) + line({ file_name: '../../a.png' }),
      'shared/a.png': '',
    })
    const { records, errors } = await readAll(imagefolderReader, root)
    expect(records.map(({ locator }) => locator)).toEqual(['shared/a.png'])
    expect(errors).toMatchObject([{ code: 'PATH_OUTSIDE_SOURCE' }])
  })

  test('says what is missing: a column for the image, metadata, the end of a file', async () => {
    const nameless = await makeFolder({
      'metadata.jsonl': line({ name: 'x', text: 'some words here' }),
    })
    await expect(readAll(imagefolderReader, nameless)).rejects.toMatchObject({
      code: 'MAPPING_INVALID',
    })
    const bare = await makeFolder({ 'a.png': '' })
    expect(await imagefolderReader.sniff(bare)).toBe(0)
    await expect(readAll(imagefolderReader, bare)).rejects.toMatchObject({
      code: 'SOURCE_FORMAT_UNKNOWN',
    })
    const parquet = await makeFolder({ 'train/metadata.parquet': 'PAR1' })
    await expect(
      imagefolderReader.preview({ path: parquet, map: {}, limit: 1, signal }),
    ).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringMatching(/metadata.parquet.*no Parquet file/) as string,
    })
  })
})

describe.each([
  ['imagefolder', imagefolderWriter, 'metadata.jsonl'],
  ['imagefolder-csv', imagefolderCsvWriter, 'metadata.csv'],
  ['imagefolder-parquet', imagefolderParquetWriter, 'metadata.parquet'],
])('%s writer', (_, writer, metadata) => {
  test('places images beside the metadata and reads back the same', async () => {
    const source = await makeFolder({ 'x.gif': '' })
    const filePath = join(source, 'x.gif')
    const texts = ['plain', 'comma, "quote"', 'two\nlines', '🎉 שלום']
    const rows = texts.map((text, index) =>
      makeRow({
        filePath,
        text,
        image: {
          uid: `i${index}`,
          fileName: index % 2 === 0 ? 'Same.gif' : 'same.GIF',
          locations: [`${index}/same.gif`],
        },
      }),
    )
    const { root, outcomes, errors } = await writeAll(writer, rows)
    expect(outcomes).toEqual(['done', 'done', 'done', 'done'])
    expect(errors).toEqual([])
    expect((await readdir(join(root, 'train'))).sort()).toEqual(
      ['Same.gif', 'same-2.GIF', 'Same-3.gif', 'same-4.GIF', metadata].sort(),
    )
    const read = await readAll(imagefolderReader, root)
    expect(read.errors).toEqual([])
    expect(read.warnings).toEqual([])
    expect(read.records.map(({ caption }) => caption)).toEqual(texts)
    expect(read.records.map(textsOf)).toEqual(texts.map(() => ['an alt-text']))
  })

  test('reports missing pictures, warns of mixed kinds and can leave pictures out', async () => {
    const source = await makeFolder({ 'x.gif': '', 'y.png': '' })
    const rows = [
      makeRow({ filePath: join(source, 'x.gif') }),
      makeRow({ image: { uid: 'b', fileName: 'lost.gif' } }),
      makeRow({
        filePath: join(source, 'vanished.gif'),
        image: { uid: 'c', fileName: 'vanished.gif' },
      }),
      makeRow({ filePath: join(source, 'y.png'), image: { uid: 'd', fileName: 'y.png' } }),
    ]
    const { root, outcomes, errors, warnings } = await writeAll(writer, rows)
    expect(outcomes).toEqual(['done', 'failed', 'failed', 'done'])
    expect(errors).toMatchObject([
      { item: 'lost.gif', code: 'IMAGE_FILE_MISSING' },
      { item: 'vanished.gif', code: 'IMAGE_FILE_MISSING' },
    ])
    expect(warnings).toEqual([expect.stringMatching(/gif, png/)])
    const text = await readFile(join(root, 'train', metadata), 'utf8')
    expect(text).not.toContain('lost')
    const bare = await writeAll(writer, rows, { images: 'none' })
    expect(bare.outcomes).toEqual(['done', 'done', 'done', 'done'])
    expect(await readdir(join(bare.root, 'train'))).toEqual([metadata])
  })
})

test('imagefolder metadata has file_name first and one set of keys', async () => {
  const source = await makeFolder({ 'x.gif': '' })
  const rows = [
    makeRow({ filePath: join(source, 'x.gif') }),
    makeRow({
      filePath: join(source, 'x.gif'),
      textKind: 'none',
      text: '',
      image: { uid: 'b', alts: [] },
    }),
  ]
  const { root } = await writeAll(imagefolderWriter, rows)
  const lines = (await readFile(join(root, 'train/metadata.jsonl'), 'utf8')).trimEnd().split('\n')
  const parsed = lines.map((text) => JSON.parse(text) as Record<string, unknown>)
  expect(Object.keys(parsed[0] ?? {})).toEqual(Object.keys(parsed[1] ?? {}))
  expect(Object.keys(parsed[0] ?? {}).slice(0, 2)).toEqual(['file_name', 'text'])
  expect(parsed[1]).toMatchObject({ text: null, alt: [], caption: null })
})
