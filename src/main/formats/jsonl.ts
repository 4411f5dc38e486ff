import { AppError } from '../../shared/errors.ts'
import { answerColumns } from './answer-columns.ts'
import { exportColumns, nameInSource } from './export-columns.ts'
import type { FormatReader, FormatWriter } from './format.ts'
import { nameWithoutGzip } from './gzip-file.ts'
import { isTooDeep, TOO_DEEP } from './json-depth.ts'
import { openLines } from './line-writer.ts'
import {
  hasExtension,
  isCutSource,
  kindOfPath,
  openTextFile,
  readHead,
  sourceError,
} from './source-file.ts'
import type { TableFile, TableRow, WantedColumns } from './table-source.ts'
import { createTableReader, SAMPLE_ROWS } from './table-source.ts'
import type { TextEncoding } from './text-encoding.ts'
import { DAMAGE_MARK, describeEncoding, readTextChunks } from './text-encoding.ts'
import type { TextLine } from './text-lines.ts'
import { readLines } from './text-lines.ts'

/** Characters in a line; a longer one is refused, because it is broken or holds pictures. */
export const MAX_LINE_LENGTH = 16 * 1024 * 1024

type JsonObject = Readonly<Record<string, unknown>>

export const jsonlReader: FormatReader = createTableReader({
  id: 'jsonl',
  label: 'JSON Lines',
  description:
    'One JSON object a line (.jsonl, .ndjson), with columns for the image and its texts.',
  sniff: sniffJsonl,
  open: openJsonl,
})

/** Learns the columns of a JSONL file from its first lines. */
export async function openJsonl(path: string, signal: AbortSignal): Promise<TableFile> {
  const encoding = await openTextFile(path)
  const sample = await readSample(path, encoding, signal)
  const columns = [...new Set(sample.objects.flatMap((object) => Object.keys(object)))]
  if (columns.length === 0 && sample.firstText.trimStart().startsWith('[')) {
    throw new AppError(
      'SOURCE_UNREADABLE',
      'The file is one JSON list, but one JSON object a line was expected. Write each element on a line of its own.',
    )
  }
  const warning = describeEncoding(encoding)
  return {
    columns,
    sample: sample.objects.map((object) => columns.map((name) => cellOf(object, name))),
    encoding: encoding.name,
    warnings: warning === null ? [] : [warning],
    rows: (wanted, rowSignal) => readRows({ path, encoding, wanted, signal: rowSignal }),
  }
}

/** Parses a line as an object; a text in place of it says what is wrong. */
export function parseLine(line: TextLine): JsonObject | string {
  if (line.text === null) {
    return `The line is longer than ${MAX_LINE_LENGTH / 1024 / 1024} million characters and was left out.`
  }
  if (line.text.includes(DAMAGE_MARK)) {
    return 'The line holds bytes that are not valid UTF-8. Save it as UTF-8 and import again.'
  }
  try {
    const value: unknown = JSON.parse(line.text)
    if (isTooDeep(value)) return `The line is ${TOO_DEEP} and was left out.`
    return isObject(value)
      ? value
      : `One JSON object a line was expected, but this line is ${nameOf(value)}.`
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return `The line is not valid JSON: ${reason.slice(0, 160)}`
  }
}

async function sniffJsonl(path: string): Promise<number> {
  if ((await kindOfPath(path)) !== 'file') return 0
  const name = nameWithoutGzip(path)
  if (hasExtension(name, ['jsonl', 'ndjson', 'jsonlines'])) return 0.9
  if (!hasExtension(name, ['json', 'txt', 'log', ''])) return 0
  const head = await readHead(path)
  const first = head.split('\n', 1)[0] ?? ''
  return head.includes('\n') && typeof parseLine({ number: 1, text: first }) !== 'string' ? 0.7 : 0
}

async function readSample(
  path: string,
  encoding: TextEncoding,
  signal: AbortSignal,
): Promise<{ readonly objects: readonly JsonObject[]; readonly firstText: string }> {
  const objects: JsonObject[] = []
  let firstText = ''
  let seen = 0
  try {
    for await (const lines of readFileLines(path, encoding, signal)) {
      for (const line of lines) {
        if (line.text !== null && line.text.trim() === '') continue
        firstText ||= line.text ?? ''
        const parsed = parseLine(line)
        if (typeof parsed !== 'string') objects.push(parsed)
        seen += 1
        if (seen >= SAMPLE_ROWS) return { objects, firstText }
      }
    }
  } catch (error) {
    if (objects.length === 0 || !isCutSource(error)) throw error
  }
  return { objects, firstText }
}

async function* readRows(options: {
  readonly path: string
  readonly encoding: TextEncoding
  readonly wanted: WantedColumns
  readonly signal: AbortSignal
}): AsyncGenerator<readonly TableRow[]> {
  const names = options.wanted.map(({ name }) => name)
  for await (const lines of readFileLines(options.path, options.encoding, options.signal)) {
    const rows: TableRow[] = []
    for (const line of lines) {
      if (line.text !== null && line.text.trim() === '') continue
      const parsed = parseLine(line)
      rows.push(
        typeof parsed === 'string'
          ? { kind: 'error', number: line.number, message: parsed }
          : {
              kind: 'cells',
              number: line.number,
              cells: names.map((name) => cellOf(parsed, name)),
            },
      )
    }
    yield rows
  }
}

/** Streams the lines of a text file, with errors that speak of the source. */
export async function* readFileLines(
  path: string,
  encoding: TextEncoding,
  signal: AbortSignal,
): AsyncGenerator<readonly TextLine[]> {
  try {
    yield* readLines(readTextChunks({ path, encoding, signal }), MAX_LINE_LENGTH)
  } catch (error) {
    throw sourceError(path, error)
  }
}

/** Own keys only: a column may be called `constructor`. */
function cellOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

export const jsonlWriter: FormatWriter = {
  id: 'jsonl',
  label: 'JSON Lines',
  group: 'exchange',
  summary: 'All that is known, line by line',
  description:
    'One JSON object an image: alt-texts, caption, who wrote it, reasons, answers, proposals. No pictures.',
  hasImages: false,
  holdsSeveral: true,
  isSharded: false,
  async write(request) {
    const lines = await openLines(request.target, 'data.jsonl')
    for await (const row of request.rows) {
      request.signal.throwIfAborted()
      const columns = exportColumns(row, nameInSource(row.image))
      const line = JSON.stringify({ ...columns, ...answerColumns(row.image) })
      const written = lines.write(`${line}\n`)
      if (written !== undefined) await written
      request.onRow('done')
    }
    await lines.close()
  },
}
