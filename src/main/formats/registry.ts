import { basename } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { altogetherReader, metaclipReader } from './altogether.ts'
import {
  altogetherRound3Writer,
  altogetherWriter,
  metaclipNestedWriter,
  metaclipWriter,
} from './altogether-writer.ts'
import { cocoReader, cocoWriter } from './coco.ts'
import { csvReader, csvWriter } from './csv.ts'
import { dciReader } from './dci.ts'
import { docciReader, docciWriter } from './docci.ts'
import { fiftyoneCsvWriter, fiftyoneWriter } from './fiftyone.ts'
import { folderReader } from './folder.ts'
import { folderTableReader } from './folder-table.ts'
import type { FormatReader, FormatWriter } from './format.ts'
import {
  imagefolderCsvWriter,
  imagefolderParquetWriter,
  imagefolderWriter,
} from './imagefolder-writer.ts'
import { imagefolderReader } from './imagefolder.ts'
import { huggingfaceParquetWriter } from './huggingface-parquet.ts'
import { img2datasetReader } from './img2dataset.ts'
import { img2datasetWriter } from './img2dataset-writer.ts'
import { jsonReader } from './json.ts'
import { jsonlReader, jsonlWriter } from './jsonl.ts'
import { kohyaTomlReader } from './kohya-toml.ts'
import { kohyaReader, kohyaWriter } from './kohya.ts'
import { labelStudioWriter } from './label-studio.ts'
import { parquetReader } from './parquet.ts'
import { realignReader, realignWriter } from './realign-exchange.ts'
import { redcapsReader } from './redcaps.ts'
import { sidecarTextWriter } from './sidecar-text.ts'
import { hasExtension, kindOfPath } from './source-file.ts'
import { tsvReader, tsvWriter } from './tsv.ts'
import { webdatasetReader, webdatasetWriter } from './webdataset.ts'

export const READERS: readonly FormatReader[] = [
  folderReader,
  imagefolderReader,
  folderTableReader,
  jsonlReader,
  csvReader,
  tsvReader,
  parquetReader,
  webdatasetReader,
  img2datasetReader,
  jsonReader,
  cocoReader,
  kohyaReader,
  kohyaTomlReader,
  altogetherReader,
  metaclipReader,
  redcapsReader,
  docciReader,
  dciReader,
  realignReader,
]

/** In the order in which people are shown them, group by group. */
export const WRITERS: readonly FormatWriter[] = [
  imagefolderWriter,
  imagefolderCsvWriter,
  imagefolderParquetWriter,
  huggingfaceParquetWriter,
  webdatasetWriter,
  img2datasetWriter,
  docciWriter,
  sidecarTextWriter,
  kohyaWriter,
  altogetherWriter,
  altogetherRound3Writer,
  metaclipWriter,
  metaclipNestedWriter,
  cocoWriter,
  labelStudioWriter,
  fiftyoneWriter,
  fiftyoneCsvWriter,
  jsonlWriter,
  csvWriter,
  tsvWriter,
  realignWriter,
]

/** @throws AppError SOURCE_FORMAT_UNKNOWN, which lists the formats that can be read. */
export function getReader(id: string): FormatReader {
  return find(READERS, id, 'read')
}

/** @throws AppError SOURCE_FORMAT_UNKNOWN, which lists the formats that can be written. */
export function getWriter(id: string): FormatWriter {
  return find(WRITERS, id, 'written')
}

/**
 * Finds the reader that fits a path best, or takes the one that `formatId` names; `score` is 0 (does not look
 * like it) to 1 (certain).
 * @throws AppError SOURCE_NOT_FOUND where nothing is at the path, SOURCE_FORMAT_UNKNOWN where no reader fits.
 */
export async function sniffSource(
  path: string,
  formatId?: string,
): Promise<{ readonly reader: FormatReader; readonly score: number }> {
  const kind = await kindOfPath(path)
  if (kind === 'absent') {
    throw new AppError(
      'SOURCE_NOT_FOUND',
      `There is nothing called "${basename(path)}" at that place. Check the path.`,
    )
  }
  if (formatId !== undefined) {
    const reader = getReader(formatId)
    return { reader, score: await reader.sniff(path) }
  }
  const scored = await Promise.all(
    READERS.map(async (reader) => ({ reader, score: await reader.sniff(path) })),
  )
  const best = scored.reduce((left, right) => (right.score > left.score ? right : left))
  if (best.score > 0) return best
  throw new AppError(
    'SOURCE_FORMAT_UNKNOWN',
    `${adviseFor(path)} Known formats: ${listFormats(READERS)}.`,
    { data: { formats: READERS.map(({ id }) => id) } },
  )
}

function adviseFor(path: string): string {
  const name = basename(path)
  if (hasExtension(path, ['zip', 'gz', 'tgz', 'bz2', 'xz', '7z'])) {
    return `"${name}" is of a kind that cannot be read: of packed files only .csv.gz, .tsv.gz and .jsonl.gz are. Unpack it.`
  }
  if (hasExtension(path, ['json'])) {
    return `"${name}" is a JSON document, but a list of objects was expected in it. Write it so, or one object a line (JSONL).`
  }
  return `"${name}" looks like no format that Realign reads. Choose the format yourself, or convert the file.`
}

function find<Format extends { readonly id: string; readonly label: string }>(
  formats: readonly Format[],
  id: string,
  verb: string,
): Format {
  const found = formats.find((format) => format.id === id)
  if (found !== undefined) return found
  throw new AppError(
    'SOURCE_FORMAT_UNKNOWN',
    `There is no format "${id}". Formats that can be ${verb}: ${listFormats(formats)}.`,
    { data: { formats: formats.map((format) => format.id) } },
  )
}

function listFormats(formats: readonly { readonly id: string; readonly label: string }[]): string {
  return formats.map(({ id, label }) => `${id} (${label})`).join(', ')
}
