import { parse } from 'csv-parse/sync'
import { AppError } from '../../shared/errors.ts'
import { isOwnHeader, looksLikeData } from './column-sniff.ts'
import type { CsvDialect, CsvRecord } from './csv-records.ts'
import { readCsvRecords } from './csv-records.ts'
import { isCutSource, openTextFile, readHead, sourceError } from './source-file.ts'
import type { TableFile, TableRow, WantedColumns } from './table-source.ts'
import { SAMPLE_ROWS } from './table-source.ts'
import type { TextEncoding } from './text-encoding.ts'
import { DAMAGE_MARK, describeEncoding, readTextChunks } from './text-encoding.ts'
import { unescapeTsv } from './tsv-escape.ts'

interface DelimitedFile {
  readonly path: string
  readonly encoding: TextEncoding
  readonly dialect: CsvDialect
}

/** What the first record of a table is, and what follows from it. */
interface Header {
  readonly columns: readonly string[]
  readonly isPresent: boolean
  readonly isEscaped: boolean
  readonly warnings: readonly string[]
}

// Spreadsheets write semicolons where the comma is the decimal sign.
const CSV_DELIMITERS = [',', ';', '\t', '|'] as const

export function openCsv(path: string, signal: AbortSignal): Promise<TableFile> {
  return openDelimited({ path, signal, chooseDialect: chooseCsvDialect })
}

export function openTsv(path: string, signal: AbortSignal): Promise<TableFile> {
  return openDelimited({ path, signal, chooseDialect: chooseTsvDialect })
}

/** How many columns the first rows have in common under a delimiter; 0 where they differ or have one. */
export function countCommonColumns(head: string, delimiter: string): number {
  const rows = parseHead(head, { delimiter, isQuoted: true, recordDelimiters: lineEnds(head) })
  const columns = rows[0]?.length ?? 0
  if (columns < 2) return 0
  const fitting = rows.filter((row) => row.length === columns).length
  return fitting >= rows.length * 0.7 ? columns : 0
}

async function openDelimited(options: {
  readonly path: string
  readonly signal: AbortSignal
  readonly chooseDialect: (head: string) => CsvDialect
}): Promise<TableFile> {
  const { path, signal } = options
  const encoding = await openTextFile(path)
  const dialect = options.chooseDialect(await readDecodedHead(path, encoding, signal))
  const file: DelimitedFile = { path, encoding, dialect }
  const records = await readSample(file, signal)
  const header = readHeader(records, dialect)
  const sample = (header.isPresent ? records.slice(1) : records).filter(
    (cells) => cells.length === header.columns.length,
  )
  const encodingWarning = describeEncoding(encoding)
  return {
    columns: header.columns,
    sample: header.isEscaped ? sample.map((cells) => cells.map(unescapeTsv)) : sample,
    encoding: encoding.name,
    warnings: [...(encodingWarning === null ? [] : [encodingWarning]), ...header.warnings],
    rows: (wanted, rowSignal) => readRows({ file, header, wanted, signal: rowSignal }),
  }
}

function chooseCsvDialect(head: string): CsvDialect {
  let best: { readonly delimiter: string; readonly columns: number } = {
    delimiter: ',',
    columns: 0,
  }
  for (const delimiter of CSV_DELIMITERS) {
    const columns = countCommonColumns(head, delimiter)
    // The comma comes first, and another sign has to give more columns: prose is full of commas and semicolons.
    if (columns > best.columns) best = { delimiter, columns }
  }
  return { delimiter: best.delimiter, isQuoted: true, recordDelimiters: lineEnds(head) }
}

/** A tab separated table is taken as quoted only where quoted cells are seen and nearly all of them are well formed. */
function chooseTsvDialect(head: string): CsvDialect {
  const isOwn = isOwnHeader((head.split(/\r?\n/, 1)[0] ?? '').split('\t'))
  const opened = head.match(/(?:^|[\t\n])"/g)?.length ?? 0
  const closed = head.match(/(?:^|[\t\n])"(?:[^"]|"")*"(?=\t|\r?\n|$)/g)?.length ?? 0
  const isQuoted = !isOwn && closed > 0 && closed >= opened * 0.9
  return { delimiter: '\t', isQuoted, recordDelimiters: lineEnds(head) }
}

/** Old Macs ended lines by a carriage return alone; everywhere else one inside a row is text. */
function lineEnds(head: string): readonly string[] {
  return head.includes('\r') && !head.includes('\n') ? ['\r'] : ['\n', '\r\n']
}

function parseHead(head: string, dialect: CsvDialect): readonly (readonly string[])[] {
  return parse(head, {
    delimiter: dialect.delimiter,
    record_delimiter: [...dialect.recordDelimiters],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    to: 20,
  })
}

async function readDecodedHead(
  path: string,
  encoding: TextEncoding,
  signal: AbortSignal,
): Promise<string> {
  if (encoding.name === 'UTF-8') return readHead(path)
  for await (const chunk of readTextChunks({ path, encoding, signal })) return chunk.slice(0, 8192)
  return ''
}

async function readSample(
  file: DelimitedFile,
  signal: AbortSignal,
): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = []
  try {
    for await (const records of readFileRecords(file, signal)) {
      for (const record of records) if (record.kind === 'cells') rows.push(record.cells)
      if (rows.length > SAMPLE_ROWS) return rows.slice(0, SAMPLE_ROWS + 1)
    }
  } catch (error) {
    if (rows.length === 0 || !isCutSource(error)) throw error
  }
  return rows
}

function readHeader(records: readonly (readonly string[])[], dialect: CsvDialect): Header {
  const first = records[0] ?? []
  if (first.length > 0 && looksLikeData(first)) {
    const columns = first.map((_, index) => `column_${index + 1}`)
    const warning = `The first row holds data and no column names, so the columns were named ${columns[0] ?? ''} to ${columns.at(-1) ?? ''}.`
    return { columns, isPresent: false, isEscaped: false, warnings: [warning] }
  }
  const { columns, warnings } = nameColumns(first)
  const isEscaped = dialect.delimiter === '\t' && !dialect.isQuoted && isOwnHeader(columns)
  return { columns, isPresent: true, isEscaped, warnings }
}

/** Gives every column a name of its own. */
function nameColumns(cells: readonly string[]): {
  readonly columns: readonly string[]
  readonly warnings: readonly string[]
} {
  const columns: string[] = []
  const warnings: string[] = []
  for (const [index, cell] of cells.entries()) {
    const wanted = cell.trim() === '' ? `column_${index + 1}` : cell
    let name = wanted
    for (let number = 2; columns.includes(name); number += 1) name = `${wanted}_${number}`
    if (name !== cell)
      warnings.push(
        `Column ${index + 1} ${cell.trim() === '' ? 'has no name' : `is a second "${cell}"`}; it is called "${name}" here.`,
      )
    columns.push(name)
  }
  return { columns, warnings }
}

async function* readRows(options: {
  readonly file: DelimitedFile
  readonly header: Header
  readonly wanted: WantedColumns
  readonly signal: AbortSignal
}): AsyncGenerator<readonly TableRow[]> {
  const { header } = options
  const indexes = options.wanted.map(({ index }) => index)
  let isHeaderAhead = header.isPresent
  for await (const records of readFileRecords(options.file, options.signal)) {
    const rows: TableRow[] = []
    for (const record of records) {
      if (isHeaderAhead && record.kind === 'cells') isHeaderAhead = false
      else rows.push(toRow(record, header, indexes))
    }
    if (rows.length > 0) yield rows
  }
}

function toRow(record: CsvRecord, header: Header, indexes: readonly number[]): TableRow {
  const number = record.line
  if (record.kind === 'broken') return { kind: 'error', number, message: record.message }
  const { cells } = record
  if (cells.length !== header.columns.length) {
    const message = `The row has ${cells.length} cells, but ${header.columns.length} columns were expected. Look for a missing or unquoted separator.`
    return { kind: 'error', number, message }
  }
  if (cells.some((cell) => cell.includes(DAMAGE_MARK))) {
    const message =
      'The row holds bytes that are not valid in its encoding. Save the file as UTF-8 and import again.'
    return { kind: 'error', number, message }
  }
  const wanted = indexes.map((index) => cells[index] ?? '')
  return { kind: 'cells', number, cells: header.isEscaped ? wanted.map(unescapeTsv) : wanted }
}

async function* readFileRecords(
  file: DelimitedFile,
  signal: AbortSignal,
): AsyncGenerator<readonly CsvRecord[]> {
  try {
    yield* readCsvRecords(readTextChunks({ ...file, signal }), file.dialect)
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new AppError('SOURCE_UNREADABLE', `The table cannot be read: ${error.message}`, {
        cause: error,
      })
    }
    throw sourceError(file.path, error)
  }
}
