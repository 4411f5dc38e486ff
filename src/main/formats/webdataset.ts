import { EmbeddedPicture } from './embedded-picture.ts'
import type { FormatReader, FormatWriter, WriteRequest } from './format.ts'
import { exportColumns } from './export-columns.ts'
import { isTooDeep, TOO_DEEP } from './json-depth.ts'
import { bare, pictureExtension, warnOfKinds, withPictures } from './picture-bytes.ts'
import { reportMissing } from './place-image.ts'
import { hasExtension, kindOfPath } from './source-file.ts'
import { splitName } from './split-name.ts'
import { createTableReader, SAMPLE_ROWS, type TableFile, type TableRow } from './table-source.ts'
import {
  findPictureMember,
  type SampleEvent,
  type TarSample,
  type TarShard,
} from './tar-samples.ts'
import { listShards, peekSamples, readAllSamples } from './tar-shards.ts'
import { openTar, type TarWriter } from './tar-writer.ts'

const TEXT_FIELD = /^(?:txt|text|caption|cap|alt|title|prompt|url|transcript|tags|id)$/
const PICTURE_COLUMN = 'image'
const ROWS_A_BATCH = 64
/** The habit of img2dataset; the library's own writer closes an archive at 3 GB. */
const MAX_SAMPLES = 10_000
const MAX_SHARD_BYTES = 1024 ** 3

export const webdatasetReader: FormatReader = createTableReader({
  id: 'webdataset',
  label: 'WebDataset tar',
  description:
    'Tar archives of pictures with .txt, .json and other files of the same name. Pictures stay in the archives.',
  sniff: sniffWebdataset,
  open: openWebdataset,
})

async function sniffWebdataset(path: string): Promise<number> {
  if ((await kindOfPath(path)) === 'file') return hasExtension(path, ['tar']) ? 0.8 : 0
  for await (const event of listShards(path, AbortSignal.timeout(5_000))) {
    if (event.kind === 'shard') return 0.8
  }
  return 0
}

export async function openWebdataset(path: string, signal: AbortSignal): Promise<TableFile> {
  const peeked = await peekSamples(path, SAMPLE_ROWS, describeSample)
  const rows = peeked.filter((row) => typeof row !== 'string')
  signal.throwIfAborted()
  const columns = [...new Set([PICTURE_COLUMN, ...rows.flatMap((row) => Object.keys(row))])]
  return {
    columns,
    sample: rows.map((row) => columns.map((name) => row[name])),
    encoding: 'UTF-8',
    warnings: [],
    rows: (wanted, rowSignal) => {
      const samples = readAllSamples({ path, signal: rowSignal })
      return sampleRows(
        samples,
        wanted.map(({ name }) => name),
      )
    },
  }
}

async function* sampleRows(
  events: AsyncIterable<SampleEvent>,
  names: readonly string[],
): AsyncGenerator<readonly TableRow[]> {
  let number = 0
  let rows: TableRow[] = []
  for await (const event of events) {
    if (event.kind === 'sample') number += 1
    rows.push(await toRow(event, number, names))
    if (rows.length < ROWS_A_BATCH) continue
    yield rows
    rows = []
  }
  yield rows
}

async function toRow(
  event: SampleEvent,
  number: number,
  names: readonly string[],
): Promise<TableRow> {
  if (event.kind !== 'sample') return event.kind === 'error' ? { number, ...event } : event
  const { sample, shard } = event
  const row = await describeSample(sample, shard)
  return typeof row === 'string'
    ? {
        kind: 'error',
        number,
        item: `${shard.locator}/${sample.key}`,
        message: `${row}. The sample was left out.`,
      }
    : { kind: 'cells', number, cells: names.map((name) => row[name]) }
}

/** The fields of a sample by name, those in its JSON among them; a text in their place says what is wrong. */
async function describeSample(
  sample: TarSample,
  shard: TarShard,
): Promise<Readonly<Record<string, unknown>> | string> {
  const picture = findPictureMember(sample)
  const row = new Map<string, unknown>()
  row.set(
    PICTURE_COLUMN,
    picture === undefined
      ? new EmbeddedPicture(`${shard.locator}/${sample.key}`, null, NO_PICTURE)
      : new EmbeddedPicture(`${shard.locator}/${picture.name}`, shard.addressOf(picture)),
  )
  for (const member of sample.members) {
    const isJson = member.field === 'json'
    if (!isJson && !TEXT_FIELD.test(member.field)) continue
    const read = await shard.readText(member)
    if (typeof read === 'string') return read
    if (!isJson) {
      row.set(member.field, read.text)
      continue
    }
    const parsed = parseObject(read.text)
    if (typeof parsed === 'string') return `"${member.name}" ${parsed}`
    for (const [key, value] of Object.entries(parsed)) {
      row.set(row.has(key) ? `json.${key}` : key, value)
    }
  }
  return Object.fromEntries(row)
}

const NO_PICTURE = {
  code: 'IMAGE_FILE_MISSING',
  message:
    'The archive has texts under this name, but no picture. Add it to the archive and import it again.',
} as const

function parseObject(text: string): Readonly<Record<string, unknown>> | string {
  try {
    const value: unknown = JSON.parse(text)
    if (isTooDeep(value)) return `is ${TOO_DEEP}`
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : 'holds JSON that is no object'
  } catch {
    return 'is not valid JSON'
  }
}

export const webdatasetWriter: FormatWriter = {
  id: 'webdataset',
  label: 'WebDataset tar',
  group: 'data-set',
  summary: 'Tar archives of samples',
  description:
    'Tar archives of up to 10,000 samples: the picture, its text as .txt, and all columns as .json.',
  hasImages: true,
  holdsSeveral: true,
  isSharded: true,
  namesSplits: true,
  write: writeWebdataset,
}

async function writeWebdataset(request: WriteRequest): Promise<void> {
  const kinds = new Set<string>()
  const split = splitName(request.options)
  const hasPictures = request.options.images !== 'none'
  const maxSamples = request.options.shardImages ?? MAX_SAMPLES
  let tar: TarWriter | null = null
  let shards = 0
  let inShard = 0
  let index = 0
  for await (const { row, picture } of hasPictures ? withPictures(request) : bare(request.rows)) {
    request.signal.throwIfAborted()
    if (hasPictures && picture === null) {
      reportMissing(request, row)
      continue
    }
    if (tar !== null && (inShard >= maxSamples || tar.sizeBytes >= MAX_SHARD_BYTES)) {
      await tar.close()
      tar = null
    }
    if (tar === null) {
      // The loaders know the split by the first word of the name.
      tar = await openTar(request.target, `${split}-${String(shards).padStart(6, '0')}.tar`)
      shards += 1
      inShard = 0
    }
    const key = String(index).padStart(9, '0')
    if (picture !== null) {
      const extension = pictureExtension(row)
      kinds.add(extension)
      await tar.add(`${key}.${extension}`, picture)
    }
    // The same fields for every sample, always: loaders learn the columns from the first few.
    await tar.add(
      `${key}.json`,
      Buffer.from(JSON.stringify(exportColumns(row, row.image.fileName))),
    )
    await tar.add(`${key}.txt`, Buffer.from(row.text.toWellFormed()))
    index += 1
    inShard += 1
    request.onRow('done')
  }
  await tar?.close()
  warnOfKinds(request, kinds)
  if (!hasPictures) request.onWarning('No pictures were written, so the samples have texts alone.')
}
