import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openStagedTarget } from '../../src/main/features/export/staged-target.ts'
import type { ExportRow, FormatReader, FormatWriter } from '../../src/main/formats/format.ts'
import { getReader, getWriter } from '../../src/main/formats/registry.ts'

/** A small data set of one format that is known to be read. */
export interface Fixture {
  readonly name: string
  readonly reader: FormatReader
  /** What is given to the reader, relative to the folder; '' for the folder. */
  readonly entry: string
  readonly files: ReadonlyMap<string, Buffer>
}

const FORMATS = [
  { writer: 'jsonl', reader: 'jsonl', entry: 'data.jsonl' },
  { writer: 'csv', reader: 'csv', entry: 'data.csv' },
  { writer: 'tsv', reader: 'tsv', entry: 'data.tsv' },
  { writer: 'txt', reader: 'folder', entry: '' },
  { writer: 'imagefolder', reader: 'imagefolder', entry: '' },
  { writer: 'imagefolder-csv', reader: 'imagefolder', entry: '' },
  { writer: 'imagefolder-parquet', reader: 'imagefolder', entry: '' },
  { writer: 'hf-parquet', reader: 'parquet', entry: '' },
  { writer: 'webdataset', reader: 'webdataset', entry: '' },
  { writer: 'img2dataset', reader: 'img2dataset', entry: '' },
  { writer: 'coco', reader: 'coco', entry: 'annotations/captions.json' },
  { writer: 'kohya', reader: 'kohya', entry: 'images/meta.json' },
  { writer: 'kohya', reader: 'kohya-toml', entry: 'dataset.toml' },
  { writer: 'altogether', reader: 'altogether', entry: 'altogether.json' },
  { writer: 'altogether', reader: 'json', entry: 'altogether.json' },
  { writer: 'metaclip', reader: 'metaclip', entry: '' },
  { writer: 'docci', reader: 'docci', entry: 'docci_descriptions.jsonlines' },
  { writer: 'fiftyone-csv', reader: 'csv', entry: 'labels.csv' },
  { writer: 'realign', reader: 'realign', entry: '' },
] as const

const TEXTS = ['a red bus', 'comma, "quote"\nline', 'שלום 🦎', '{"x": [1, 2]}']
/** A JPEG of 3 by 2 pixels. */
const PICTURE = Buffer.from(
  [
    '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBD',
    'ARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAC',
    'AAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAA',
    'AAAABAb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCOACqH/9k=',
  ].join(''),
  'base64',
)

/** What Realign reads and does not write. */
const FOREIGN = [
  {
    reader: 'dci',
    entry: '',
    files: {
      'splits.json': JSON.stringify({ train: ['1.json'], valid: ['2.json'] }),
      'annotations/1.json': JSON.stringify({
        ...{ image: 'a.jpg', short_caption: 'A street.', extra_caption: 'A long street in rain.' },
        ...{ height: 10, width: 20, mask_keys: ['0'] },
        mask_data: {
          0: {
            label: 'car',
            caption: 'Red.',
            bounds: [
              [1, 2],
              [3, 4],
            ],
          },
        },
        summaries: { base: ['A street with a car.'] },
        negatives: {},
      }),
      'annotations/2.json': JSON.stringify({ image: 'b.jpg', short_caption: 'שלום 🦎' }),
      'photos/a.jpg': PICTURE,
      'photos/b.jpg': PICTURE,
    },
  },
  {
    reader: 'redcaps',
    entry: 'annotations/birds_2017.json',
    files: {
      'annotations/birds_2017.json': JSON.stringify({
        info: { url: 'https://x.test', version: '1', start_date: '1', end_date: '2' },
        annotations: ['a', 'b'].map((id) => ({
          ...{ image_id: id, subreddit: 'birds', url: 'https://x.test/a', caption: 'a bird' },
          ...{ raw_caption: 'A bird! 🐦', score: 3, author: 'x', created_utc: 1, permalink: '/r' },
        })),
      }),
      'images/birds/a.jpg': PICTURE,
      'images/birds/b.jpg': PICTURE,
    },
  },
  {
    reader: 'folder-table',
    entry: '',
    files: {
      'list.csv': 'file_name,text\na.jpg,"one, ""two"""\nb.jpg,שלום\n',
      'a.jpg': PICTURE,
      'b.jpg': PICTURE,
    },
  },
  {
    reader: 'jsonl',
    entry: 'rows.jsonl.gz',
    files: {
      'rows.jsonl.gz': gzipSync(
        TEXTS.map((text) => `${JSON.stringify({ url: 'https://x.test/a', text })}\n`).join(''),
      ),
    },
  },
] as const

/** One data set a format, mostly written below `folder` by Realign's own writers; their files are kept in memory. */
export async function makeFixtures(folder: string): Promise<readonly Fixture[]> {
  await mkdir(join(folder, 'source'), { recursive: true })
  const picture = join(folder, 'source', 'one.jpg')
  await writeFile(picture, PICTURE)
  const fixtures: Fixture[] = []
  for (const [index, { writer, reader, entry }] of FORMATS.entries()) {
    const out = join(folder, `${index}-${writer}`)
    await writeSet(getWriter(writer), out, picture)
    fixtures.push({
      name: `${reader} of ${writer}`,
      reader: getReader(reader),
      entry,
      files: await readFiles(out),
    })
  }
  for (const { reader, entry, files } of FOREIGN) {
    const bytes = Object.entries(files).map(
      ([name, content]) => [name, Buffer.from(content)] as const,
    )
    fixtures.push({ name: reader, reader: getReader(reader), entry, files: new Map(bytes) })
  }
  return fixtures
}

async function writeSet(writer: FormatWriter, out: string, picture: string): Promise<void> {
  const target = await openStagedTarget(out, 1)
  await writer.write({
    rows: makeRows(picture),
    target,
    options: { images: 'copy', spreadsheetSafe: false, isSeveral: false, shardImages: null },
    signal: new AbortController().signal,
    onRow: () => {},
    onError: ({ message }) => {
      throw new Error(message)
    },
    onWarning: () => {},
  })
  await target.publish()
}

async function* makeRows(filePath: string): AsyncGenerator<ExportRow> {
  for (const [index, text] of TEXTS.entries()) {
    await Promise.resolve()
    yield {
      ...{ filePath, url: `https://x.test/${index}`, text, textKind: 'caption', caption: text },
      ...{ texts: null, annotator: 'person-1', updatedAt: 0 },
      image: {
        ...{ uid: `image-${index}`, sha256: 'ab'.repeat(32), fileName: 'one.jpg' },
        ...{ locations: ['one.jpg'], width: 3, height: 2, format: 'jpeg', sizeBytes: 911 },
        ...{ perceptualHash: null, status: 'todo', round: 1, workRound: 1, cameFrom: null },
        ...{ tags: ['tag'], headRevision: null, revisions: [], reviews: [], proposals: [] },
        ...{ overrides: [], draft: null, problem: null },
        alts: [{ uid: `alt-${index}`, origin: 'alt', text: `alt ${text}`, createdAt: 0 }],
      },
    }
  }
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(folder.length + 1), await readFile(path))
  }
  return files
}
