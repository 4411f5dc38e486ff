import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readPictureBytes } from '../../src/main/media/image-file.ts'
import type {
  ExchangeImage,
  ExportRow,
  ExportTarget,
  FormatReader,
  FormatWriter,
  SourceEvent,
  SourceRecord,
  WriteOptions,
  WriteRequest,
} from '../../src/main/formats/format.ts'

const PIXEL_GIF = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')

/** Makes a folder with these files, which goes away with the test. Picture names get one-pixel pictures for ''. */
export async function makeFolder(
  files: Readonly<Record<string, string | Buffer>> = {},
): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'realign-formats-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(
      join(root, name),
      content === '' && /\.\w{3,4}$/.test(name) ? PIXEL_GIF : content,
    )
  }
  return root
}

export interface ReadResult {
  readonly records: readonly SourceRecord[]
  readonly errors: readonly (SourceEvent & { kind: 'error' })[]
  readonly warnings: readonly string[]
}

export async function readAll(
  reader: FormatReader,
  path: string,
  map: Parameters<FormatReader['read']>[0]['map'] = {},
): Promise<ReadResult> {
  const records: SourceRecord[] = []
  const errors: (SourceEvent & { kind: 'error' })[] = []
  const warnings: string[] = []
  for await (const event of reader.read({ path, map, signal: new AbortController().signal })) {
    if (event.kind === 'record') records.push(event.record)
    else if (event.kind === 'error') errors.push(event)
    else warnings.push(event.message)
  }
  return { records, errors, warnings }
}

export function textsOf(record: SourceRecord | undefined): readonly string[] {
  return record?.altTexts.map(({ text }) => text) ?? []
}

export interface WriteResult {
  readonly root: string
  readonly outcomes: readonly ('done' | 'skipped' | 'failed')[]
  readonly errors: readonly Parameters<WriteRequest['onError']>[0][]
  readonly warnings: readonly string[]
}

/** Writes rows into a new folder, in the order given. */
export async function writeAll(
  writer: FormatWriter,
  rows: readonly ExportRow[],
  options: Partial<WriteOptions> & Pick<WriteRequest, 'project'> = {},
): Promise<WriteResult> {
  const root = await makeFolder()
  const outcomes: ('done' | 'skipped' | 'failed')[] = []
  const errors: Parameters<WriteRequest['onError']>[0][] = []
  const warnings: string[] = []
  const { project, ...chosen } = options
  await writer.write({
    rows: stream(rows),
    target: createFolderTarget(root),
    options: {
      ...{ images: 'link-or-copy', spreadsheetSafe: false, isSeveral: false, shardImages: null },
      ...chosen,
    },
    ...(project === undefined ? {} : { project }),
    signal: new AbortController().signal,
    onRow: (outcome) => outcomes.push(outcome),
    onError: (error) => {
      errors.push(error)
      outcomes.push('failed')
    },
    onWarning: (message) => warnings.push(message),
  })
  return { root, outcomes, errors, warnings }
}

function createFolderTarget(root: string): ExportTarget {
  return {
    async openText(name) {
      await mkdir(dirname(join(root, name)), { recursive: true })
      const parts: string[] = []
      return {
        write: (text) => {
          parts.push(text)
          return Promise.resolve()
        },
        close: () => writeFile(join(root, name), parts.join('')),
      }
    },
    async openBytes(name) {
      await mkdir(dirname(join(root, name)), { recursive: true })
      const parts: Uint8Array[] = []
      return {
        write: (bytes) => {
          parts.push(Uint8Array.from(bytes))
          return Promise.resolve()
        },
        close: () => writeFile(join(root, name), Buffer.concat(parts)),
      }
    },
    rename: (from, to) => rename(join(root, from), join(root, to)),
    async concatenate(parts, name) {
      const contents = await Promise.all(parts.map((part) => readFile(join(root, part))))
      await writeFile(join(root, name), Buffer.concat(contents))
      for (const part of parts) await rm(join(root, part))
    },
    readPicture: readPictureBytes,
    async placeFile({ from, name }) {
      await mkdir(dirname(join(root, name)), { recursive: true })
      await copyFile(from, join(root, name))
    },
  }
}

/** A row with a caption unless told otherwise. */
export function makeRow(
  fields: Partial<Omit<ExportRow, 'image'>> & { readonly image?: Partial<ExchangeImage> },
): ExportRow {
  const { image, ...rest } = fields
  return {
    filePath: null,
    url: null,
    text: 'a caption',
    textKind: 'caption',
    caption: (rest.textKind ?? 'caption') === 'caption' ? (rest.text ?? 'a caption') : null,
    texts: null,
    annotator: 'person-1',
    updatedAt: Date.UTC(2025, 0, 2, 3, 4, 5, 678),
    ...rest,
    image: {
      uid: 'image-1',
      sha256: 'ab'.repeat(32),
      fileName: 'one.gif',
      locations: ['folder/one.gif'],
      width: 1,
      height: 1,
      format: 'gif',
      sizeBytes: 26,
      perceptualHash: null,
      status: 'todo',
      round: 1,
      workRound: 1,
      cameFrom: null,
      tags: [],
      alts: [{ uid: 'alt-1', origin: 'alt', text: 'an alt-text', createdAt: 1_700_000_000_123 }],
      headRevision: null,
      revisions: [],
      reviews: [],
      proposals: [],
      overrides: [],
      draft: null,
      problem: null,
      ...image,
    },
  }
}

async function* stream<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  for (const value of values) {
    await Promise.resolve()
    yield value
  }
}
