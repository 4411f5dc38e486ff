import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, readAll, textsOf } from '../../../test/support/formats.ts'
import { jsonReader } from './json.ts'

async function readDocument(document: unknown) {
  const text = typeof document === 'string' ? document : JSON.stringify(document, null, 2)
  const root = await makeFolder({ 'x.json': text })
  return readAll(jsonReader, join(root, 'x.json'))
}

test.each([
  [
    'a list',
    [
      { file_name: 'a.jpg', alt: 'one' },
      { file_name: 'b.jpg', alt: ['two', 'three'] },
    ],
  ],
  [
    'a list in a member',
    {
      version: { a: 1 },
      data: [
        { file_name: 'a.jpg', alt: 'one' },
        { file_name: 'b.jpg', alt: ['two', 'three'] },
      ],
    },
  ],
])('reads the records of %s', async (_, document) => {
  const { records, errors } = await readDocument(document)
  expect(errors).toEqual([])
  expect(records.map((record) => [record.locator, textsOf(record)])).toEqual([
    ['a.jpg', ['one']],
    ['b.jpg', ['two', 'three']],
  ])
})

test('reads the two lists of SBU side by side', async () => {
  const { records, errors, warnings } = await readDocument({
    image_urls: ['https://x.test/1', 'https://x.test/2', 'https://x.test/3'],
    captions: ['one', 'two'],
  })
  expect(records.map((record) => [record.url, textsOf(record)])).toEqual([
    ['https://x.test/1', ['one']],
    ['https://x.test/2', ['two']],
  ])
  expect(errors).toMatchObject([
    { item: 'row 3', message: expect.stringMatching(/same length/) as string },
  ])
  expect(warnings).toEqual([])
  const longer = await readDocument({ captions: ['one', 'two'], image_urls: ['https://x.test/1'] })
  expect(longer.warnings).toEqual([expect.stringMatching(/more texts than addresses/)])
})

test('costs a damaged record itself, and says where a document is cut', async () => {
  const { records, errors } = await readDocument(
    '[{"file_name":"a.jpg","alt":"one"},{"alt" 1},3,{"file_name":"b.jpg"},{"fi',
  )
  expect(records.map(({ locator }) => locator)).toEqual(['a.jpg', 'b.jpg'])
  expect(errors.map(({ item, code }) => [item, code])).toEqual([
    ['row 2', 'ROW_INVALID'],
    ['row 3', 'ROW_INVALID'],
    ['the file', 'SOURCE_UNREADABLE'],
  ])
  await expect(readDocument({ a: 1 })).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' })
})
