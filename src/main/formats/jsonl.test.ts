import { existsSync } from 'node:fs'
import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { jsonlReader, jsonlWriter, MAX_LINE_LENGTH } from './jsonl.ts'
import { DAMAGE_MARK } from './text-encoding.ts'

const signal = new AbortController().signal
const photos = join(import.meta.dirname, '../../../../shared/data/photos/photos.jsonl')

async function readLinesOf(lines: readonly (string | object)[], map = {}) {
  const text = lines
    .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
    .join('\n')
  const root = await makeFolder({ 'data.jsonl': text })
  return { root, ...(await readAll(jsonlReader, join(root, 'data.jsonl'), map)) }
}

describe('JSONL reader', () => {
  test('maps columns by their names', async () => {
    const { root, records, errors } = await readLinesOf([
      {
        file_name: 'images/a.jpg',
        alt: ['one', 'two', null, ''],
        title: 'T',
        url: 'https://x.test/a.jpg',
        tags: 'red, blue ',
        id: 7,
        width: 3,
      },
      { file_name: 'b.jpg', caption: 'kept  as it is ', alt: null, width: 4 },
    ])
    expect(errors).toEqual([])
    expect(records).toEqual([
      {
        locator: 'images/a.jpg',
        filePath: join(root, 'images/a.jpg'),
        url: 'https://x.test/a.jpg',
        altTexts: [
          { origin: 'alt', text: 'one' },
          { origin: 'alt', text: 'two' },
          { origin: 'title', text: 'T' },
        ],
        caption: null,
        proposals: [],
        tags: ['red', 'blue'],
        row: 1,
        exchange: null,
      },
      {
        locator: 'b.jpg',
        filePath: join(root, 'b.jpg'),
        url: null,
        altTexts: [{ origin: 'imported-caption', text: 'kept  as it is ' }],
        caption: null,
        proposals: [],
        tags: [],
        row: 2,
        exchange: null,
      },
    ])
  })

  test('looks at the values where no name fits', async () => {
    const { records } = await readLinesOf([
      { where: 'x/1.png', words: 'a dog on a long beach', n: 1 },
      { where: 'x/2.png', words: 'two cats', n: 2 },
    ])
    expect(records.map((record) => [record.locator, ...textsOf(record)])).toEqual([
      ['x/1.png', 'a dog on a long beach'],
      ['x/2.png', 'two cats'],
    ])
  })

  test('takes an explicit map, finds the image by itself, and refuses columns that are not there', async () => {
    const lines = [{ file_name: 'a.jpg', caption: 'the caption', note: 'the alt' }]
    const { records } = await readLinesOf(lines, { note: 'alt', caption: 'caption' })
    expect(records[0]).toMatchObject({
      locator: 'a.jpg',
      caption: 'the caption',
      altTexts: [{ text: 'the alt' }],
    })
    await expect(readLinesOf(lines, { capton: 'alt' })).rejects.toMatchObject({
      code: 'MAPPING_INVALID',
      message: expect.stringContaining('"file_name", "caption", "note"') as string,
    })
    await expect(readLinesOf(lines, { caption: 'image', note: 'image' })).rejects.toMatchObject({
      code: 'MAPPING_INVALID',
    })
  })

  test('names rows without a file by id, address or number', async () => {
    const { records, errors } = await readLinesOf([
      { id: 'k1', url: 'https://x.test/1', text: 'a' },
      { url: 'https://x.test/2', text: 'b' },
      { image: 'https://x.test/3.jpg', text: 'c' },
      { text: 'd' },
    ])
    expect(records.map(({ locator, filePath, url }) => [locator, filePath, url])).toEqual([
      ['row:k1', null, 'https://x.test/1'],
      ['url:https://x.test/2', null, 'https://x.test/2'],
      ['url:https://x.test/3.jpg', null, 'https://x.test/3.jpg'],
    ])
    expect(errors).toMatchObject([{ item: 'row 4', code: 'ROW_INVALID' }])

    const unnamed = await readLinesOf([{ text: 'only words here' }, { text: 'and here' }])
    expect(unnamed.records.map(({ locator }) => locator)).toEqual(['row:1', 'row:2'])
    expect(unnamed.warnings).toEqual([expect.stringMatching(/No column names the images/)])
  })

  test('costs a broken line one error with its number', async () => {
    const { records, errors } = await readLinesOf([
      { file_name: 'a.jpg', alt: 'x' },
      '',
      '{"file_name": "b.jpg", "alt": "cut',
      '[1, 2]',
      '"text"',
      { file_name: 'c.jpg', alt: { nested: 1 } },
      { file_name: 'd.jpg', alt: ['ok', 5] },
      { file_name: 'e.jpg', alt: 'y' },
    ])
    expect(records.map(({ locator, row }) => [locator, row])).toEqual([
      ['a.jpg', 1],
      ['e.jpg', 8],
    ])
    expect(errors.map(({ item }) => item)).toEqual(['row 3', 'row 4', 'row 5', 'row 6', 'row 7'])
    expect(errors[0]?.message).toMatch(/not valid JSON/)
    expect(errors[1]?.message).toMatch(/this line is a list/)
    expect(errors[3]?.message).toMatch(/"alt".*text.*\{"nested":1\}/)
  })

  test('refuses a line beyond the limit and reads on', async () => {
    const long = `{"file_name":"long.jpg","alt":"${'x'.repeat(MAX_LINE_LENGTH)}"}`
    const { records, errors } = await readLinesOf([
      { file_name: 'a.jpg' },
      long,
      { file_name: 'b.jpg' },
    ])
    expect(records.map(({ locator, row }) => [locator, row])).toEqual([
      ['a.jpg', 1],
      ['b.jpg', 3],
    ])
    expect(errors).toMatchObject([
      { item: 'row 2', message: expect.stringMatching(/longer than 16/) as string },
    ])
  })

  test('keeps paths inside the folder, with either separator', async () => {
    const { root, records, errors } = await readLinesOf([
      { file_name: String.raw`images\sub\a.jpg` },
      { file_name: './b/../c.jpg' },
      { file_name: '../outside.jpg' },
      { file_name: 'x/../../outside.jpg' },
      { file_name: '/etc/passwd' },
      { file_name: String.raw`C:\Users\a.jpg` },
      { file_name: 'bad\0name.jpg' },
    ])
    expect(records.map(({ locator }) => locator)).toEqual(['images/sub/a.jpg', 'c.jpg'])
    expect(records[0]?.filePath).toBe(join(root, 'images/sub/a.jpg'))
    expect(errors.map(({ item, code }) => [item, code])).toEqual([
      ['row 3', 'PATH_OUTSIDE_SOURCE'],
      ['row 4', 'PATH_OUTSIDE_SOURCE'],
      ['row 5', 'PATH_OUTSIDE_SOURCE'],
      ['row 6', 'PATH_OUTSIDE_SOURCE'],
      ['row 7', 'ROW_INVALID'],
    ])
  })

  test('takes an absolute path that lies inside the folder', async () => {
    const root = await makeFolder()
    await writeFile(join(root, 'data.jsonl'), JSON.stringify({ file_name: join(root, 'in/a.jpg') }))
    const { records } = await readAll(jsonlReader, join(root, 'data.jsonl'))
    expect(records[0]?.locator).toBe('in/a.jpg')
  })

  test.skipIf(process.platform === 'win32')(
    'refuses links that leave the folder, at any place of a path',
    async () => {
      const outside = await makeFolder({ 'a.jpg': '' })
      const rows = [
        'in/link.jpg',
        'in/real.jpg',
        'in/within.jpg',
        'out/a.jpg',
        'out/new/b.jpg',
        'absent/c.jpg',
      ]
      const root = await makeFolder({
        'data.jsonl': rows.map((name) => JSON.stringify({ file_name: name })).join('\n'),
        'in/real.jpg': '',
      })
      await symlink(join(outside, 'a.jpg'), join(root, 'in/link.jpg'))
      await symlink(join(root, 'in/real.jpg'), join(root, 'in/within.jpg'))
      await symlink(outside, join(root, 'out'))
      const { records, errors } = await readAll(jsonlReader, join(root, 'data.jsonl'))
      expect(records.map(({ locator }) => locator)).toEqual([
        'in/real.jpg',
        'in/within.jpg',
        'absent/c.jpg',
      ])
      expect(errors.map(({ item, code }) => [item, code])).toEqual([
        ['row 1', 'PATH_OUTSIDE_SOURCE'],
        ['row 4', 'PATH_OUTSIDE_SOURCE'],
        ['row 5', 'PATH_OUTSIDE_SOURCE'],
      ])
    },
  )

  test('knows columns that are called like parts of every object', async () => {
    const { records } = await readLinesOf([
      { file_name: 'a.jpg', text: 'x', constructor: 'c' },
      '{"file_name":"b.jpg"}',
    ])
    expect(records.map(textsOf)).toEqual([['x'], []])
  })

  const german = JSON.stringify({
    file_name: 'größe.jpg',
    alt: 'Größere Häuser über der schönen Straße',
  })
  test.each([
    ['UTF-8', Buffer.from(german), 0],
    ['UTF-8', Buffer.from(`\ufeff${german}`), 0],
    ['UTF-16LE', Buffer.from(`\ufeff${german}`, 'utf16le'), 1],
    ['UTF-16BE', iconv.encode(german, 'utf-16be', { addBOM: true }), 1],
    ['windows-1252', iconv.encode(german, 'windows-1252'), 1],
  ])('reads %s and shows it', async (name, bytes, warnings) => {
    const root = await makeFolder({ 'data.jsonl': bytes })
    const path = join(root, 'data.jsonl')
    const preview = await jsonlReader.preview({ path, map: {}, limit: 3, signal })
    expect(preview.encoding).toBe(name)
    expect(preview.columns).toEqual(['file_name', 'alt'])
    expect(preview.records[0]).toMatchObject({
      locator: 'größe.jpg',
      altTexts: [{ text: 'Größere Häuser über der schönen Straße' }],
    })
    expect(preview.warnings).toHaveLength(warnings)
  })

  test('reports a line that is not UTF-8 among lines that are', async () => {
    const root = await makeFolder({
      'data.jsonl': Buffer.concat([
        Buffer.from('{"file_name":"a.jpg","alt":"größer"}\n'),
        Buffer.from('{"file_name":"b.jpg","alt":"gr\xf6\xdfer"}\n', 'latin1'),
        Buffer.from('{"file_name":"c.jpg","alt":"schöner über Köln 🎉"}\n'),
      ]),
    })
    const { records, errors } = await readAll(jsonlReader, join(root, 'data.jsonl'))
    expect(records.map(({ locator }) => locator)).toEqual(['a.jpg', 'c.jpg'])
    expect(errors).toMatchObject([
      { item: 'row 2', message: expect.stringMatching(/UTF-8/) as string },
    ])
  })

  test('shows rows as text, whatever they hold', async () => {
    const root = await makeFolder({
      'data.jsonl': '{"a":"x","b":[1,2],"c":null}\n{"a":"y","d":true}',
    })
    const preview = await jsonlReader.preview({
      path: join(root, 'data.jsonl'),
      map: {},
      limit: 5,
      signal,
    })
    expect(preview.columns).toEqual(['a', 'b', 'c', 'd'])
    expect(preview.rows).toEqual([
      ['x', '[1,2]', '', ''],
      ['y', '', '', 'true'],
    ])
  })

  test('tells a JSON list from JSON Lines', async () => {
    await expect(readLinesOf(['[', '{"a": 1}', ']'])).resolves.toMatchObject({ errors: [{}, {}] })
    await expect(readLinesOf(['[{"a": 1}]'])).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' })
  })

  test('warns of an empty file', async () => {
    const { records, warnings } = await readLinesOf([''])
    expect(records).toEqual([])
    expect(warnings).toEqual([expect.stringMatching(/no rows/)])
  })

  test.skipIf(!existsSync(photos))(
    'reads 108 photos with five captions each (needs the shared photos)',
    async () => {
      const { records, errors, warnings } = await readAll(jsonlReader, photos)
      expect(records).toHaveLength(108)
      expect(errors).toEqual([])
      expect(warnings).toEqual([])
      expect(records.every(({ altTexts }) => altTexts.length === 5)).toBe(true)
      expect(records.every(({ filePath }) => filePath !== null && existsSync(filePath))).toBe(true)
      expect(records[0]?.altTexts[0]).toEqual({
        origin: 'imported-caption',
        text: 'a family is sitting down at a table to have cake',
      })
    },
  )
})

describe('JSONL writer', () => {
  test('writes the same keys in every line and reads back the same texts', async () => {
    const rows = [
      makeRow({
        image: { alts: [{ uid: 'x', origin: 'title', text: 'größer', createdAt: 0 }], tags: ['t'] },
      }),
      makeRow({
        textKind: 'none',
        text: '',
        annotator: '',
        image: {
          uid: 'image-2',
          locations: ['url:https://x.test'],
          alts: [],
          width: null,
          height: null,
          sha256: null,
        },
      }),
      makeRow({
        textKind: 'alt',
        text: 'an alt-text',
        image: { uid: 'image-3', locations: ['b/two.gif'] },
      }),
    ]
    const { root, outcomes } = await writeAll(jsonlWriter, rows)
    expect(outcomes).toEqual(['done', 'done', 'done'])
    const { records, errors } = await readAll(jsonlReader, join(root, 'data.jsonl'))
    expect(errors).toEqual([])
    expect(records.map(({ locator, caption, tags }) => [locator, caption, tags])).toEqual([
      ['folder/one.gif', 'a caption', ['t']],
      ['one.gif', null, []],
      ['b/two.gif', null, []],
    ])
    expect(records.map(textsOf)).toEqual([['größer'], [], ['an alt-text']])
    const lines = (await readFile(join(root, 'data.jsonl'), 'utf8')).trimEnd().split('\n')
    const keys = lines.map((line) => Object.keys(JSON.parse(line) as object).join())
    expect(new Set(keys).size).toBe(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      text: 'a caption',
      updated_at: '2025-01-02T03:04:05.678Z',
    })
  })

  test('round-trips any text', { timeout: 60_000 }, async () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '"',
        '\n',
        '\r\n',
        ',',
        '\t',
        '\ud800',
        '\udfff',
        '🎉',
        'שלום',
        '\u2028',
        '\ufeff',
      ),
    )
    const text = fc
      .array(unit, { minLength: 1, maxLength: 8 })
      // The reader's mark for damaged bytes is the one character that no text has.
      .map((parts) => parts.join('').replaceAll(DAMAGE_MARK, ''))
      .filter((joined) => joined !== '')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }),
        async (pairs) => {
          const rows = pairs.map(([caption, alt]) =>
            makeRow({
              text: caption,
              image: { alts: [{ uid: 'x', origin: 'alt', text: alt, createdAt: 0 }] },
            }),
          )
          const { root } = await writeAll(jsonlWriter, rows)
          const { records } = await readAll(jsonlReader, join(root, 'data.jsonl'))
          expect(records.map((record) => [record.caption, ...textsOf(record)])).toEqual(pairs)
        },
      ),
      { numRuns: 60 },
    )
  })
})
