import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, readAll, textsOf } from '../../../test/support/formats.ts'
import { csvReader } from './csv.ts'
import { jsonlReader } from './jsonl.ts'
import { sniffSource } from './registry.ts'
import { tsvReader } from './tsv.ts'

const WIT_COLUMNS = [
  ...['language', 'page_url', 'image_url', 'page_title', 'caption_reference_description'],
  ...['caption_attribution_description', 'caption_alt_text_description', 'mime_type'],
  ...['context_page_description', 'is_main_image'],
]
const WIT_ROWS = [
  ...[['en', 'https://w.test/A', 'https://i.test/a.jpg', 'A page', 'A "quoted" reference', '']],
  ...[['de', 'https://w.test/B', 'https://i.test/b.jpg', 'B', '', 'English: über B, Ünï 🦎']],
].map((row, index) => [...row, index === 0 ? 'an alt-text' : '', 'image/jpeg', 'long text', 'true'])

function makeWit(): string {
  return [WIT_COLUMNS, ...WIT_ROWS].map((cells) => `${cells.join('\t')}\n`).join('')
}

test('WIT comes packed, with up to three texts a row and their origins', async () => {
  const root = await makeFolder({ 'wit_v1.train-00000-of-00010.tsv.gz': gzipSync(makeWit()) })
  const path = join(root, 'wit_v1.train-00000-of-00010.tsv.gz')
  const { reader, score } = await sniffSource(path)
  expect([reader.id, score]).toEqual(['tsv', 0.9])
  const { records, errors } = await readAll(tsvReader, path)
  expect(errors).toEqual([])
  expect(records.map(({ url, altTexts }) => [url, altTexts])).toEqual([
    [
      'https://i.test/a.jpg',
      [
        { origin: 'web-caption', text: 'A "quoted" reference' },
        { origin: 'alt', text: 'an alt-text' },
      ],
    ],
    ['https://i.test/b.jpg', [{ origin: 'web-caption', text: 'English: über B, Ünï 🦎' }]],
  ])
})

test('CSV and JSON Lines come packed too, in several pieces and in another encoding', async () => {
  const half = (text: string) => gzipSync(Buffer.from(text, 'latin1'))
  const root = await makeFolder({
    'x.csv.gz': Buffer.concat([
      half('file_name,alt\na.jpg,Br\xfccke am Abend und See\n'),
      half('b.jpg,two\n'),
    ]),
    'x.jsonl.gz': gzipSync('{"file_name":"a.jpg","alt":"one"}\n'),
  })
  const csv = await readAll(csvReader, join(root, 'x.csv.gz'))
  expect(csv.records.flatMap(textsOf)).toEqual(['Brücke am Abend und See', 'two'])
  const jsonl = await readAll(jsonlReader, join(root, 'x.jsonl.gz'))
  expect(jsonl.records.flatMap(textsOf)).toEqual(['one'])
})

test.each([
  ['jsonl', jsonlReader, (index: number) => `{"file_name":"${index}.jpg","alt":"text ${index}"}\n`],
  ['csv', csvReader, (index: number) => `${index}.jpg,"text ${index}"\n`],
  ['tsv', tsvReader, (index: number) => `${index}.jpg\ttext ${index}\n`],
] as const)(
  'of a packed %s that is cut or damaged, the rows before that are kept and it is one error',
  async (kind, reader, rowOf) => {
    const header = { jsonl: '', csv: 'file_name,alt\n', tsv: 'file_name\talt\n' }[kind]
    const rows = Array.from({ length: 4_000 }, (_, index) => rowOf(index))
    const whole = gzipSync(header + rows.join(''))
    const middle = Math.floor(whole.length / 2)
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, middle, middle + 40)
    const sources = {
      half: whole.subarray(0, middle),
      // Nothing but the checksum is missing.
      end: whole.subarray(0, -4),
      damaged,
    }
    for (const [name, bytes] of Object.entries(sources)) {
      const root = await makeFolder({ [`${name}.${kind}.gz`]: bytes })
      const path = join(root, `${name}.${kind}.gz`)
      const { records, errors } = await readAll(reader, path)
      const last = errors.at(-1)
      expect(last, name).toMatchObject({ item: 'the file', code: 'SOURCE_UNREADABLE' })
      expect(last?.message).not.toContain(root)
      // A damaged stretch may unpack to something, a cut one to nothing.
      if (name !== 'damaged') expect(errors).toHaveLength(1)
      // Of CSV the last row before the end waits for what follows it.
      expect(records.length, name).toBeGreaterThan(name === 'end' ? rows.length - 2 : 1_000)
      const good = name === 'damaged' ? records.slice(0, 1_000) : records
      expect(good.flatMap(textsOf)).toEqual(good.map((_, index) => `text ${index}`))
      const preview = await reader.preview({
        ...{ path, map: {}, limit: 3 },
        signal: new AbortController().signal,
      })
      expect(preview.records).toHaveLength(3)
    }
  },
)

test('a packed file that ends before its first row, or is none, says so, and no path', async () => {
  const whole = gzipSync(makeWit().repeat(200))
  const root = await makeFolder({ 'cut.tsv.gz': whole.subarray(0, 14), 'none.tsv.gz': 'a\tb\n' })
  for (const name of ['cut.tsv.gz', 'none.tsv.gz']) {
    await expect(readAll(tsvReader, join(root, name))).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.not.stringContaining(root) as string,
    })
  }
})
