import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, readAll, textsOf } from '../../../test/support/formats.ts'
import { folderTableReader } from './folder-table.ts'

const line = (row: object): string => `${JSON.stringify(row)}\n`
const TABLE = line({ file_name: 'images/a.png', captions: ['one', 'two'] })

describe('a folder with a table', () => {
  test('gives the texts of the table, and says which pictures it does not name', async () => {
    const root = await makeFolder({
      'photos.jsonl': TABLE + '{broken\n' + line({ file_name: '../b.png', captions: ['out'] }),
      'images/a.png': '',
      'images/b.png': '',
    })
    expect(await folderTableReader.sniff(root)).toBeGreaterThan(0.3)
    const { records, errors, warnings } = await readAll(folderTableReader, root)
    expect(records.map((record) => [record.locator, ...textsOf(record)])).toEqual([
      ['images/a.png', 'one', 'two'],
    ])
    expect(records[0]?.filePath).toBe(join(root, 'images/a.png'))
    expect(errors.map(({ code }) => code)).toEqual(['ROW_INVALID', 'PATH_OUTSIDE_SOURCE'])
    expect(warnings).toEqual([expect.stringMatching(/^1 image files .* in no row/)])
  })

  test.each([
    ['no picture of it is there', { 'photos.jsonl': TABLE }],
    ['it has no text', { 'photos.csv': 'file_name,width\na.png,3\n', 'a.png': '' }],
    ['two tables could be meant', { 'a.jsonl': TABLE, 'b.jsonl': TABLE, 'images/a.png': '' }],
    [
      'the pictures have texts beside them',
      { 'a.jsonl': TABLE, 'images/a.png': '', 'images/a.txt': 'x' },
    ],
    ['it is not readable', { 'a.jsonl': '[1,\n', 'a.png': '' }],
  ])('is not seen where %s', async (_, files) => {
    expect(await folderTableReader.sniff(await makeFolder(files))).toBe(0)
  })

  test('says what was expected where it is asked for and not there', async () => {
    const root = await makeFolder({ 'a.png': '' })
    await expect(readAll(folderTableReader, root)).rejects.toMatchObject({
      code: 'SOURCE_FORMAT_UNKNOWN',
      message: expect.stringMatching(/Expected one table .* found none/) as string,
    })
  })
})
