import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { csvReader, csvWriter } from './csv.ts'
import type { FormatReader, FormatWriter } from './format.ts'
import { tsvReader, tsvWriter } from './tsv.ts'

const signal = new AbortController().signal

async function readText(reader: FormatReader, text: string | Buffer, map = {}) {
  const root = await makeFolder({ 'table.csv': text })
  return readAll(reader, join(root, 'table.csv'), map)
}

describe('CSV reader', () => {
  test('reads quoted cells with commas, quotes and line ends', async () => {
    const { records, errors } = await readText(
      csvReader,
      'file_name,alt,width\r\na.jpg,"red, ""big"" bus\r\nin the rain",3\r\n\r\nb.jpg,  plain \u{1f389} ,4\r\n',
    )
    expect(errors).toEqual([])
    expect(records.map((record) => [record.locator, record.row, ...textsOf(record)])).toEqual([
      ['a.jpg', 2, 'red, "big" bus\r\nin the rain'],
      ['b.jpg', 5, '  plain 🎉 '],
    ])
  })

  test('costs each ragged row one error with its line', async () => {
    const { records, errors } = await readText(
      csvReader,
      'file_name,alt\na.jpg,"one\ntwo"\nb.jpg\nc.jpg,x,y\nd.jpg,ok\n',
    )
    expect(records.map(({ locator }) => locator)).toEqual(['a.jpg', 'd.jpg'])
    expect(errors.map(({ item, code }) => [item, code])).toEqual([
      ['row 4', 'ROW_INVALID'],
      ['row 5', 'ROW_INVALID'],
    ])
    expect(errors[1]?.message).toMatch(/3 cells, but 2 columns/)
  })

  test('loses one line to a quotation mark that is never closed', async () => {
    const rest = Array.from({ length: 500 }, (_, index) => `${index}.jpg,text ${index}`).join('\n')
    const { records, errors } = await readText(
      csvReader,
      `file_name,alt\na.jpg,fine\nb.jpg,"open\n${rest}\n`,
    )
    expect(records).toHaveLength(501)
    expect(records[1]).toMatchObject({ locator: '0.jpg', row: 4 })
    expect(errors).toMatchObject([
      { item: 'row 3', message: expect.stringMatching(/never closed/) as string },
    ])
  })

  test('keeps quotation marks in the wrong place as text', async () => {
    const { records } = await readText(
      csvReader,
      'file_name,alt\na.jpg,"a "nice" cat"\nb.jpg,6" pipe\n',
    )
    expect(records.map(textsOf)).toEqual([['"a "nice" cat"'], ['6" pipe']])
  })

  test('reads the same in pieces of any size', async () => {
    const { readCsvRecords } = await import('./csv-records.ts')
    const dialect = { delimiter: ',', isQuoted: true, recordDelimiters: ['\n', '\r\n'] }
    const readPieces = async (text: string, size: number): Promise<unknown[]> => {
      async function* pieces(): AsyncGenerator<string> {
        await Promise.resolve()
        for (let start = 0; start < text.length; start += size)
          yield text.slice(start, start + size)
      }
      const records: unknown[] = []
      for await (const batch of readCsvRecords(pieces(), dialect)) records.push(...batch)
      return records
    }
    const part = fc.constantFrom('a', '"', ',', '\n', '\r\n', '""', ',"', '",', '🎉', 'é', ' ')
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (parts, size) => {
          const text = parts.join('')
          expect(await readPieces(text, size)).toEqual(await readPieces(text, 1000))
        },
      ),
      { numRuns: 150 },
    )
  })

  test('finds semicolons, and names columns that have no name or a taken one', async () => {
    const root = await makeFolder({ 'table.csv': 'file_name;alt;;alt\na.jpg;one, two;x;three\n' })
    const preview = await csvReader.preview({
      path: join(root, 'table.csv'),
      map: {},
      limit: 5,
      signal,
    })
    expect(preview.columns).toEqual(['file_name', 'alt', 'column_3', 'alt_2'])
    expect(preview.rows).toEqual([['a.jpg', 'one, two', 'x', 'three']])
    expect(preview.warnings).toHaveLength(2)
  })

  test('reads one row per caption as records of one image', async () => {
    const { records } = await readText(
      csvReader,
      'image,caption\na.jpg,first one\na.jpg,second one\n',
    )
    expect(records.map((record) => [record.locator, ...textsOf(record)])).toEqual([
      ['a.jpg', 'first one'],
      ['a.jpg', 'second one'],
    ])
  })

  test.each([
    ['UTF-8', Buffer.from('\ufefffile_name,alt\ngröße.jpg,Häuser über der schönen Straße\n')],
    [
      'windows-1252',
      iconv.encode('file_name,alt\ngröße.jpg,Häuser über der schönen Straße\n', 'windows-1252'),
    ],
    [
      'UTF-16LE',
      Buffer.from('\ufefffile_name,alt\ngröße.jpg,Häuser über der schönen Straße\n', 'utf16le'),
    ],
  ])('reads %s', async (name, bytes) => {
    const root = await makeFolder({ 'table.csv': bytes })
    const preview = await csvReader.preview({
      path: join(root, 'table.csv'),
      map: {},
      limit: 5,
      signal,
    })
    expect(preview.encoding).toBe(name)
    expect(preview.columns).toEqual(['file_name', 'alt'])
    expect(preview.records[0]).toMatchObject({ locator: 'größe.jpg' })
    expect(textsOf(preview.records[0])).toEqual(['Häuser über der schönen Straße'])
  })

  test('reports a row that is not UTF-8 among rows that are', async () => {
    const text = Buffer.concat([
      Buffer.from('file_name,alt\na.jpg,größer\nb.jpg,'),
      Buffer.from([0xe9, 0x0a]),
      Buffer.from('c.jpg,schöner 🎉\n'),
    ])
    const { records, errors } = await readText(csvReader, text)
    expect(records.map(({ locator }) => locator)).toEqual(['a.jpg', 'c.jpg'])
    expect(errors).toMatchObject([{ item: 'row 3', code: 'ROW_INVALID' }])
  })

  test('names the columns there are when the map has another', async () => {
    await expect(
      readText(csvReader, 'file_name,alt\na.jpg,x\n', { captoin: 'alt' }),
    ).rejects.toMatchObject({
      code: 'MAPPING_INVALID',
      message: expect.stringMatching(/"captoin".*"file_name", "alt"/) as string,
    })
  })
})

describe('TSV reader', () => {
  test('reads link tables without a header in either order of columns', async () => {
    const cc3m = await readText(
      tsvReader,
      'a very typical bus station\thttp://x.test/1.jpg\n"quoted" start\thttp://x.test/2.jpg\n',
    )
    expect(cc3m.records.map((record) => [record.locator, ...textsOf(record)])).toEqual([
      ['url:http://x.test/1.jpg', 'a very typical bus station'],
      ['url:http://x.test/2.jpg', '"quoted" start'],
    ])
    expect(cc3m.records[0]?.row).toBe(1)
    expect(cc3m.warnings).toEqual([expect.stringMatching(/column_1 to column_2/)])
    const cc12m = await readText(tsvReader, 'http://x.test/1.jpg\ttwo dogs on a beach\n')
    expect(cc12m.records[0]).toMatchObject({
      url: 'http://x.test/1.jpg',
      altTexts: [{ text: 'two dogs on a beach' }],
    })
  })

  test('leaves backslashes of other programs alone', async () => {
    const { records } = await readText(
      tsvReader,
      'file_name\talt\na.jpg\tC:\\temp\\new and "this\n',
    )
    expect(textsOf(records[0])).toEqual(['C:\\temp\\new and "this'])
  })

  test('reads quoted cells where a program wrote them', async () => {
    const { records } = await readText(
      tsvReader,
      'file_name\talt\na.jpg\t"two\nlines ""here"""\nb.jpg\tplain\n',
    )
    expect(records.map(textsOf)).toEqual([['two\nlines "here"'], ['plain']])
  })
})

describe.each<[string, FormatReader, FormatWriter]>([
  ['csv', csvReader, csvWriter],
  ['tsv', tsvReader, tsvWriter],
])('%s writer', (kind, reader, writer) => {
  const name = `data.${kind}`

  test('round-trips any text', { timeout: 60_000 }, async () => {
    const special = [
      '"',
      '\n',
      '\r\n',
      '\r',
      ',',
      '\t',
      '\\',
      '\\n',
      ';',
      '=1',
      '🎉',
      'שלום',
      '[',
      '["x"]',
      '\u2028',
      '\ufeff',
      ' ',
    ]
    const unit = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...special))
    const text = fc
      .array(unit, { minLength: 1, maxLength: 8 })
      .map((parts) => parts.join(''))
      .filter((joined) => joined !== '')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (sets, byteOrderMark) => {
          const rows = sets.map(([caption, ...alts]) =>
            makeRow({
              text: caption,
              image: {
                alts: alts.map((alt) => ({ uid: 'x', origin: 'alt', text: alt, createdAt: 0 })),
              },
            }),
          )
          const { root } = await writeAll(writer, rows, { byteOrderMark })
          const { records, errors } = await readAll(reader, join(root, name))
          expect(errors).toEqual([])
          expect(records.map((record) => [record.caption, ...textsOf(record)])).toEqual(sets)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('says where a text cannot be written in UTF-8, and keeps all alt-texts as JSON', async () => {
    const alts = [{ uid: 'x', origin: 'alt', text: 'half \ud83c', createdAt: 0 }] as const
    const { root, warnings } = await writeAll(writer, [makeRow({ image: { alts } })])
    expect(warnings).toEqual([expect.stringMatching(/1 images.*half a character/)])
    const { records } = await readAll(reader, join(root, name))
    expect(textsOf(records[0])).toEqual(['half \ud83c'])
  })

  test('gives the same bytes twice, without a byte-order mark', async () => {
    const rows = [makeRow({}), makeRow({ image: { uid: 'b' } })]
    const first = await readFile(join((await writeAll(writer, rows)).root, name))
    const second = await readFile(join((await writeAll(writer, rows)).root, name))
    expect(first.equals(second)).toBe(true)
    expect(first.subarray(0, 8).toString()).toBe('image_id')
  })

  test('starts with a byte-order mark where one is wished, which our reader leaves out', async () => {
    const rows = [makeRow({ text: 'Bär', image: { uid: 'b' } })]
    const plain = await readFile(join((await writeAll(writer, rows)).root, name))
    const { root } = await writeAll(writer, rows, { byteOrderMark: true })
    const marked = await readFile(join(root, name))
    expect(marked).toEqual(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), plain]))
    const { columns } = await reader.preview({
      ...{ path: join(root, name), map: {}, limit: 1, signal },
    })
    expect(columns[0]).toBe('image_id')
  })
})

test('CSV guards cells that a spreadsheet would run, only when asked', async () => {
  const rows = [makeRow({ text: '=HYPERLINK("x")' })]
  const plain = await readFile(join((await writeAll(csvWriter, rows)).root, 'data.csv'), 'utf8')
  const safe = await readFile(
    join((await writeAll(csvWriter, rows, { spreadsheetSafe: true })).root, 'data.csv'),
    'utf8',
  )
  expect(plain).toContain(',"=HYPERLINK(""x"")",')
  expect(safe).toContain(`,"'=HYPERLINK(""x"")",`)
})
