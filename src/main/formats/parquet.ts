import { basename } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { toPictureAddress } from '../base/picture-address.ts'
import { EmbeddedPicture } from './embedded-picture.ts'
import type { FormatReader } from './format.ts'
import { openParquetFile } from './parquet-client.ts'
import {
  isParquetHead,
  reasonOf,
  type ParquetColumn,
  type ParquetFile,
  type ParquetPart,
} from './parquet-file.ts'
import { walkFolders } from './folder-walk.ts'
import { hasExtension, kindOfPath, readBytes } from './source-file.ts'
import { createTableReader, SAMPLE_ROWS, type TableFile, type TableRow } from './table-source.ts'

const PEEKED_ROWS = 20
const PICTURE_HEADS = ['ffd8ff', '89504e47', '47494638', '52494646', '49492a00', '4d4d002a']

/** One file of a table that may have several. */
interface TablePart {
  readonly path: string
  /** Relative to the source, with forward slashes. */
  readonly locator: string
  readonly file: ParquetFile
  readonly pictures: readonly ParquetColumn[]
}

export const parquetReader: FormatReader = createTableReader({
  id: 'parquet',
  label: 'Parquet table',
  description:
    'Parquet files, such as those of Hugging Face with pictures in them, or lists of links. Pictures stay in the files.',
  sniff: sniffParquet,
  open: openParquet,
  countRows: countParquetRows,
})

async function sniffParquet(path: string): Promise<number> {
  if ((await kindOfPath(path)) === 'file') {
    return isParquetHead(await readBytes(path, 4)) ? 0.9 : 0
  }
  const [first] = await listFiles(path, AbortSignal.timeout(5_000)).catch(() => [])
  return first === undefined ? 0 : 0.6
}

async function countParquetRows(path: string, signal: AbortSignal): Promise<number | null> {
  let rows = 0
  for (const { path: file } of await listFiles(path, signal)) {
    rows += (await openParquetFile(file)).rowCount
  }
  return rows
}

/** The files of a table: itself, or all in a folder and below, sorted by name. */
async function listFiles(
  path: string,
  signal: AbortSignal,
): Promise<readonly { readonly path: string; readonly locator: string }[]> {
  if ((await kindOfPath(path)) !== 'folder') return [{ path, locator: basename(path) }]
  const files: { path: string; locator: string }[] = []
  for await (const event of walkFolders(path, signal)) {
    if (event.kind !== 'folder') continue
    const prefix = event.locator === '' ? '' : `${event.locator}/`
    for (const name of event.files) {
      if (hasExtension(name, ['parquet'])) {
        files.push({ path: `${event.path}/${name}`, locator: prefix + name })
      }
    }
  }
  return files
}

/** Opens a Parquet file, or a folder of files with the same columns, as one table. */
export async function openParquet(path: string, signal: AbortSignal): Promise<TableFile> {
  const [first, ...others] = await listFiles(path, signal)
  if (first === undefined) {
    throw new AppError(
      'SOURCE_UNREADABLE',
      'Neither the folder nor a folder in it holds a .parquet file. Choose another format.',
    )
  }
  const table = await openPart(first)
  const columns = table.file.columns.map(({ name }) => name)
  const [head] = table.file.parts
  const sampled =
    head === undefined
      ? []
      : await readPart(table, columns, {
          firstRow: head.firstRow,
          endRow: Math.min(head.endRow, head.firstRow + SAMPLE_ROWS),
        })
  return {
    columns,
    sample: sampled.flatMap((row) => (row.kind === 'cells' ? [row.cells] : [])),
    encoding: 'UTF-8',
    warnings: [],
    rows: (wanted, rowSignal) =>
      readParts({
        files: [first, ...others],
        names: wanted.map(({ name }) => name),
        signal: rowSignal,
      }),
  }
}

async function openPart(place: {
  readonly path: string
  readonly locator: string
}): Promise<TablePart> {
  const file = await openParquetFile(place.path)
  return { ...place, file, pictures: await findPictureColumns(file) }
}

/** Columns of bytes whose first value starts as a picture does; structs of Hugging Face are taken by their shape. */
async function findPictureColumns(file: ParquetFile): Promise<readonly ParquetColumn[]> {
  const found: ParquetColumn[] = []
  for (const column of file.columns) {
    if (column.kind === 'picture-struct') found.push(column)
    if (column.kind !== 'bytes') continue
    const [part] = file.parts
    if (part === undefined) continue
    const few = {
      firstRow: part.firstRow,
      endRow: Math.min(part.endRow, part.firstRow + PEEKED_ROWS),
    }
    const rows = await file.read([column.name], few).catch(() => [])
    const isPicture = rows.some((row) => {
      const value = row[column.name]
      const head =
        value instanceof Uint8Array ? Buffer.from(value.subarray(0, 4)).toString('hex') : ''
      return PICTURE_HEADS.some((magic) => head.startsWith(magic))
    })
    if (isPicture) found.push(column)
  }
  return found
}

async function* readParts(options: {
  readonly files: readonly { readonly path: string; readonly locator: string }[]
  readonly names: readonly string[]
  readonly signal: AbortSignal
}): AsyncGenerator<readonly TableRow[]> {
  let before = 0
  for (const place of options.files) {
    options.signal.throwIfAborted()
    const opened = await openPart(place).catch((error: unknown) => reasonOf(error))
    if (typeof opened === 'string') {
      yield [
        {
          kind: 'error',
          number: before,
          item: place.locator,
          code: 'SOURCE_UNREADABLE',
          message: opened,
        },
      ]
      continue
    }
    for (const part of opened.file.parts) {
      options.signal.throwIfAborted()
      yield await readPart(opened, options.names, part, before)
    }
    before += opened.file.rowCount
  }
}

async function readPart(
  table: TablePart,
  names: readonly string[],
  part: ParquetPart,
  before = 0,
): Promise<readonly TableRow[]> {
  const { file, pictures, locator } = table
  const present = names.filter((name) => file.columns.some((column) => column.name === name))
  const ofBytes = pictures.filter(({ kind }) => kind === 'bytes').map(({ name }) => name)
  try {
    const plain = present.filter((name) => !ofBytes.includes(name))
    const rows = plain.length === 0 ? [] : await file.read(plain, part)
    const missing = await findMissing(table, present, part)
    return Array.from({ length: part.endRow - part.firstRow }, (_, index): TableRow => {
      const row = part.firstRow + index
      const values = rows[index] ?? {}
      const cells = names.map((name) => {
        const column = pictures.find((picture) => picture.name === name)
        if (column === undefined) return values[name]
        return pictureCell({
          table,
          column,
          row,
          value: values[name],
          isMissing: missing.has(`${name}\0${row}`),
        })
      })
      return { kind: 'cells', number: before + row + 1, cells }
    })
  } catch (error) {
    const message = `Rows ${part.firstRow + 1} to ${part.endRow} cannot be read: ${reasonOf(error)}.`
    const code = 'SOURCE_UNREADABLE'
    return [{ kind: 'error', number: before + part.firstRow + 1, item: locator, code, message }]
  }
}

function hasGap({ gaps }: ParquetFile, column: string, part: ParquetPart): boolean {
  return gaps.some(
    (gap) => gap.column === column && gap.firstRow < part.endRow && gap.endRow > part.firstRow,
  )
}

/** Rows without a picture, as `column NUL row`; pictures are read for that only where the file does not count them. */
async function findMissing(
  table: TablePart,
  names: readonly string[],
  part: ParquetPart,
): Promise<ReadonlySet<string>> {
  const missing = new Set<string>()
  for (const { name, kind } of table.pictures) {
    if (!names.includes(name) || !hasGap(table.file, name, part)) continue
    const rows = await table.file.read([name], part, true)
    for (const [index, row] of rows.entries()) {
      const value = row[name]
      const bytes = kind === 'bytes' ? value : isStruct(value) ? value['bytes'] : null
      if (bytes === null || bytes === undefined) missing.add(`${name}\0${part.firstRow + index}`)
    }
  }
  return missing
}

function pictureCell(options: {
  readonly table: TablePart
  readonly column: ParquetColumn
  readonly row: number
  readonly value: unknown
  readonly isMissing: boolean
}): EmbeddedPicture | string {
  const { table, column, row, value, isMissing } = options
  const path = isStruct(value) && typeof value['path'] === 'string' ? value['path'] : null
  // Without bytes the path names a file beside the table.
  if (isMissing && path !== null && path !== '') return path
  const name = path?.split(/[\\/]/).at(-1) ?? ''
  const place = `${table.locator}/${row}`
  const locator = name === '' ? place : `${place}/${name}`
  if (isMissing) return new EmbeddedPicture(locator, null, NO_PICTURE)
  const inner = column.kind === 'bytes' ? [column.name] : [column.name, 'bytes']
  const address = toPictureAddress({ path: table.path, part: { kind: 'cell', row, column: inner } })
  return new EmbeddedPicture(locator, address)
}

const NO_PICTURE = {
  code: 'IMAGE_FILE_MISSING',
  message:
    'The row of the Parquet file has no picture in it. Add it to the file and import it again.',
} as const

function isStruct(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
