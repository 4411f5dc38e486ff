import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { cocoReader, cocoWriter } from './coco.ts'

async function readCoco(document: unknown, files: Readonly<Record<string, string>> = {}) {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  const root = await makeFolder({ 'annotations/captions_val2017.json': text, ...files })
  const path = join(root, 'annotations/captions_val2017.json')
  return { root, path, ...(await readAll(cocoReader, path)) }
}

describe('COCO reader', () => {
  const images = [
    { id: 9, file_name: '9.jpg', width: 1, height: 1, coco_url: 'https://x.test/9' },
    { id: 3, file_name: '3.jpg', width: 1, height: 1 },
  ]
  const annotations = [
    { id: 1, image_id: 3, caption: 'first of three' },
    { id: 2, image_id: 9, caption: 'of nine, with "quotes"' },
    { id: 3, image_id: 3, caption: 'second ünï' },
  ]

  test('joins captions to images in either order, and finds the pictures', async () => {
    for (const document of [
      { info: {}, images, annotations },
      { annotations, images },
    ]) {
      const { root, path, records, errors } = await readCoco(document, { 'val2017/3.jpg': '' })
      expect(errors).toEqual([])
      expect(records.map((record) => [record.locator, textsOf(record)])).toEqual([
        ['val2017/9.jpg', ['of nine, with "quotes"']],
        ['val2017/3.jpg', ['first of three', 'second ünï']],
      ])
      expect(records[0]).toMatchObject({
        url: 'https://x.test/9',
        filePath: join(root, 'val2017/9.jpg'),
        altTexts: [{ origin: 'imported-caption' }],
      })
      expect(await cocoReader.rootOf?.(path)).toBe(root)
    }
  })

  test('reports dangling, wrong and damaged rows, each by itself', async () => {
    const { records, errors } = await readCoco(
      `{"images":[${JSON.stringify(images[0])},{"id":"x"},{"id" 4},{"id":5,"file_name":"../../5.jpg"},{"id":6,"file_name":"6.jpg"}],
       "annotations":[{"image_id":77,"caption":"lost"},{"caption":"no id"},{oops},{"image_id":6,"caption":7}]}`,
    )
    expect(records.map(({ locator }) => locator)).toEqual(['9.jpg', '6.jpg'])
    expect(errors.map(({ item, code }) => [item, code])).toEqual([
      ['annotation 2', 'ROW_INVALID'],
      ['annotation 3', 'ROW_INVALID'],
      ['row 2', 'ROW_INVALID'],
      ['row 3', 'ROW_INVALID'],
      ['row 4', 'PATH_OUTSIDE_SOURCE'],
      ['image 77', 'ROW_INVALID'],
    ])
  })

  test('keeps what comes before a cut', async () => {
    const text = JSON.stringify({ annotations, images })
    const { records, errors } = await readCoco(text.slice(0, -20))
    expect(records.map((record) => textsOf(record))).toEqual([['of nine, with "quotes"']])
    expect(errors.map(({ code }) => code)).toEqual(['SOURCE_UNREADABLE', 'ROW_INVALID'])
  })
})

test('COCO writer writes what the reader reads, the same bytes twice', async () => {
  const source = await makeFolder({ 'x.gif': '' })
  const rows = [
    makeRow({ filePath: join(source, 'x.gif'), text: 'two\nlines "q"', image: { round: 3 } }),
    makeRow({ image: { uid: 'b' } }),
    makeRow({
      filePath: join(source, 'x.gif'),
      text: 'an alt-text',
      textKind: 'alt',
      image: { uid: 'c' },
    }),
    makeRow({
      filePath: join(source, 'x.gif'),
      text: '',
      textKind: 'none',
      image: { uid: 'd', alts: [] },
    }),
  ]
  const first = await writeAll(cocoWriter, rows)
  const second = await writeAll(cocoWriter, rows)
  const name = 'annotations/captions.json'
  const text = await readFile(join(first.root, name), 'utf8')
  expect(text).toBe(await readFile(join(second.root, name), 'utf8'))
  expect(first.outcomes).toEqual(['done', 'failed', 'done', 'done'])
  expect(await readdir(join(first.root, 'annotations'))).toEqual(['captions.json'])
  const written = JSON.parse(text) as { images: unknown[]; annotations: unknown[] }
  expect(written.images).toHaveLength(3)
  expect(written.annotations).toEqual([
    { id: 1, image_id: 1, caption: 'two\nlines "q"', role: 'caption', round: 3 },
    { id: 2, image_id: 2, caption: 'an alt-text', role: 'alt', round: 1 },
  ])
  const { records, errors } = await readAll(cocoReader, join(first.root, name))
  expect(errors).toEqual([])
  expect(records.map((record) => [record.locator, record.caption, textsOf(record)])).toEqual([
    ['images/one.gif', 'two\nlines "q"', ['an alt-text']],
    ['images/one-3.gif', null, ['an alt-text']],
    ['images/one-4.gif', null, []],
  ])
  expect(
    JSON.parse(await readFile(join((await writeAll(cocoWriter, [])).root, name), 'utf8')),
  ).toMatchObject({ images: [], annotations: [] })
})
