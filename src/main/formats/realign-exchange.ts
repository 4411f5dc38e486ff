import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { ExchangeCounts } from './exchange-line.ts'
import {
  decodeExchangeHeader,
  decodeExchangeLine,
  encodeExchangeHeader,
  encodeExchangeLine,
  EXCHANGE_VERSION,
  findHeaderVersion,
} from './exchange-line.ts'
import { createExportNames } from './export-names.ts'
import type {
  ExchangeImage,
  ExchangeProject,
  FormatReader,
  FormatWriter,
  SourceEvent,
  SourceRecord,
  SourceRequest,
} from './format.ts'
import { parseLine, readFileLines } from './jsonl.ts'
import { openLines } from './line-writer.ts'
import { placeImage } from './place-image.ts'
import { kindOfPath, openTextFile } from './source-file.ts'
import type { SourcePaths } from './source-paths.ts'
import { createSourcePaths } from './source-paths.ts'
import { previewFolder } from './table-source.ts'
import { rowError } from './table-record.ts'

const LINES_NAME = 'realign.jsonl'
const HEADER_NAME = 'realign.json'
const IMAGE_FOLDER = 'images'
const MAX_HEADER_BYTES = 16 * 1024 * 1024

export const realignReader: FormatReader = {
  id: 'realign',
  label: 'Realign exchange form',
  description:
    'What Realign exports without loss: realign.jsonl with alt-texts, revisions and drafts of every image.',
  async sniff(path) {
    const kind = await kindOfPath(path)
    if (kind === 'folder') return (await kindOfPath(join(path, LINES_NAME))) === 'file' ? 1 : 0
    return kind === 'file' && [LINES_NAME, HEADER_NAME].includes(basename(path)) ? 1 : 0
  },
  preview: (request) => previewFolder(request, readExchange),
  read: readExchange,
  async readProject(path) {
    const header = await readHeader(await folderOf(path))
    return header?.project ?? null
  },
}

export const realignWriter: FormatWriter = {
  id: 'realign',
  label: 'Realign exchange form',
  group: 'exchange',
  summary: 'Everything, without loss',
  description:
    'Everything that the project knows of each image, without loss: for backup and for another Realign.',
  hasImages: true,
  holdsSeveral: false,
  isSharded: false,
  namesPeople: true,
  async write(request) {
    const nameFile = createExportNames()
    const counts = { images: 0, alts: 0, revisions: 0 }
    let missing = 0
    const lines = await openLines(request.target, LINES_NAME)
    for await (const row of request.rows) {
      request.signal.throwIfAborted()
      const file = `${IMAGE_FOLDER}/${nameFile(row.image)}`
      const isPlaced = request.options.images !== 'none' && (await placeImage(request, row, file))
      if (!isPlaced && request.options.images !== 'none') missing += 1
      await lines.write(`${encodeExchangeLine(row.image, isPlaced ? file : null)}\n`)
      counts.images += 1
      counts.alts += row.image.alts.length
      counts.revisions += row.image.revisions.length
      request.onRow('done')
    }
    await lines.close()
    const header = await request.target.openText(HEADER_NAME)
    await header.write(encodeExchangeHeader(request.project, counts))
    await header.close()
    if (missing > 0) {
      request.onWarning(
        `${missing} images have no readable picture file; they were written with their texts alone.`,
      )
    }
  },
}

async function* readExchange(request: SourceRequest): AsyncGenerator<SourceEvent> {
  const folder = await folderOf(request.path)
  const header = await readHeader(folder)
  if (header === null) {
    yield {
      kind: 'warning',
      message: `There is no ${HEADER_NAME} beside ${LINES_NAME}, so nothing is known of the project as a whole.`,
    }
  }
  const path = join(folder, LINES_NAME)
  const encoding = await openTextFile(path)
  const paths = createSourcePaths({ root: folder, base: folder })
  let images = 0
  for await (const lines of readFileLines(path, encoding, request.signal)) {
    for (const line of lines) {
      if (line.text !== null && line.text.trim() === '') continue
      images += 1
      const parsed = parseLine(line)
      const decoded = typeof parsed === 'string' ? parsed : decodeExchangeLine(parsed)
      if (typeof decoded === 'string') yield rowError(line.number, decoded)
      else yield await toEvent({ ...decoded, row: line.number, paths })
    }
  }
  if (header !== null && header.counts.images !== images) {
    const message = `${HEADER_NAME} counts ${header.counts.images} images, but ${LINES_NAME} has ${images} lines. The export may have been cut short.`
    yield { kind: 'warning', message }
  }
}

async function toEvent(options: {
  readonly image: ExchangeImage
  readonly file: string | null
  readonly row: number
  readonly paths: SourcePaths
}): Promise<SourceEvent> {
  const { image, file, row } = options
  const place = file === null ? null : await options.paths.resolve(file)
  if (place !== null && place.kind !== 'inside') {
    const code = place.kind === 'outside' ? 'PATH_OUTSIDE_SOURCE' : 'ROW_INVALID'
    return {
      kind: 'error',
      item: `row ${row}`,
      code,
      message: `${place.reason}. The row was left out.`,
    }
  }
  const address = image.locations.find((locator) => locator.startsWith('url:'))
  const record: SourceRecord = {
    locator: place?.locator ?? `row:${image.uid}`,
    filePath: place?.filePath ?? null,
    url: address?.slice('url:'.length) ?? null,
    altTexts: image.alts.map(({ origin, text }) => ({ origin, text })),
    // The head revision says it, with its author; a caption here would make a second one by the import.
    caption: null,
    proposals: [],
    tags: image.tags,
    row,
    exchange: image,
  }
  return { kind: 'record', record }
}

async function folderOf(path: string): Promise<string> {
  return (await kindOfPath(path)) === 'folder' ? path : dirname(path)
}

/** @throws AppError for a header that is damaged or of a newer version; null where there is none. */
async function readHeader(
  folder: string,
): Promise<{ readonly project: ExchangeProject | null; readonly counts: ExchangeCounts } | null> {
  const path = join(folder, HEADER_NAME)
  if ((await kindOfPath(path)) !== 'file') return null
  const { size } = await stat(path)
  const value: unknown = size > MAX_HEADER_BYTES ? null : parseJson(await readFile(path, 'utf8'))
  const version = findHeaderVersion(value)
  if (version !== null && version > EXCHANGE_VERSION) {
    throw new AppError(
      'DATABASE_FROM_FUTURE',
      `The export has version ${version} of the exchange form, but this Realign reads up to ${EXCHANGE_VERSION}. Update Realign and import again.`,
    )
  }
  const header = decodeExchangeHeader(value)
  if (typeof header !== 'string') return header
  throw new AppError('SOURCE_UNREADABLE', `${HEADER_NAME} cannot be used. ${header}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
