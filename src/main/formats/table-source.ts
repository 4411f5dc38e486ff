import { dirname } from 'node:path'
import type { ColumnMap } from '../../shared/domain/column-roles.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import { settleColumnMap } from './column-sniff.ts'
import type { FormatReader, SourceEvent, SourcePreview, SourceRequest } from './format.ts'
import { EmbeddedPicture } from './embedded-picture.ts'
import { isCutSource, kindOfPath } from './source-file.ts'
import { createSourcePaths } from './source-paths.ts'
import { createRecordMaker, mappedColumns } from './table-record.ts'

/** One row of a table: the wanted cells, or what is wrong with it. `number` is its line or row, from 1. */
export type TableRow =
  | { readonly kind: 'cells'; readonly number: number; readonly cells: readonly unknown[] }
  | {
      readonly kind: 'error'
      readonly number: number
      readonly message: string
      /** What is wrong where it is no row: a file of an archive, for instance. */
      readonly item?: string
      readonly code?: ErrorCode
    }
  | { readonly kind: 'warning'; readonly message: string }

/** The columns whose cells are wanted, by name and by place. */
export type WantedColumns = readonly { readonly name: string; readonly index: number }[]

/** A table file whose columns are known. */
export interface TableFile {
  readonly columns: readonly string[]
  /** The first rows that could be read, each with a cell for every column. */
  readonly sample: readonly (readonly unknown[])[]
  readonly encoding: string
  readonly warnings: readonly string[]
  /** What columns mean where the format itself says it. */
  readonly roles?: ColumnMap
  /** The folder that image names are relative to, where it is another than the one that the file is in. */
  readonly base?: string
  /** Streams all rows in batches, with the cells of the wanted columns in their order. */
  rows(wanted: WantedColumns, signal: AbortSignal): AsyncIterable<readonly TableRow[]>
}

export type OpenTable = (path: string, signal: AbortSignal) => Promise<TableFile>

/** How many rows are looked at to learn the columns and what they mean. */
export const SAMPLE_ROWS = 200

/** Makes a reader of a kind of table whose image names are relative to the folder that it is or lies in. */
export function createTableReader(options: {
  readonly id: string
  readonly label: string
  readonly description: string
  readonly sniff: (path: string) => Promise<number>
  readonly open: OpenTable
  readonly countRows?: NonNullable<FormatReader['countRows']>
  readonly rootOf?: NonNullable<FormatReader['rootOf']>
}): FormatReader {
  const { id, label, description, sniff, open, countRows, rootOf = folderOf } = options
  return {
    id,
    label,
    description,
    sniff,
    ...(countRows === undefined ? {} : { countRows }),
    ...(options.rootOf === undefined ? {} : { rootOf }),
    async preview({ path, map, limit, signal }) {
      const table = await open(path, signal)
      const settled = settleRoles(table, map)
      const root = await rootOf(path)
      const base = table.base ?? root
      const records = readTable({ table, map: settled, root, base, signal })
      return previewTable({ table, map: settled, records, limit })
    },
    async *read({ path, map, signal }) {
      const table = await open(path, signal)
      const settled = settleRoles(table, map)
      const root = await rootOf(path)
      yield* readTable({ table, map: settled, root, base: table.base ?? root, signal })
    },
  }
}

function settleRoles({ columns, sample, roles }: TableFile, explicit: ColumnMap): ColumnMap {
  const isOpen = Object.keys(explicit).length === 0
  return isOpen && roles !== undefined
    ? roles
    : settleColumnMap({ columns, rows: sample }, explicit)
}

async function folderOf(path: string): Promise<string> {
  return (await kindOfPath(path)) === 'folder' ? path : dirname(path)
}

/** Streams a table's rows as records, after the warnings about the table as a whole. */
export async function* readTable(options: {
  readonly table: TableFile
  readonly map: ColumnMap
  readonly root: string
  /** The folder that image names are relative to. */
  readonly base: string
  readonly signal: AbortSignal
}): AsyncGenerator<SourceEvent> {
  const { table, map } = options
  for (const message of [...table.warnings, ...warningsOfMap(table, map)])
    yield { kind: 'warning', message }
  const columns = mappedColumns(table.columns, map)
  const makeRecord = createRecordMaker({ columns, paths: createSourcePaths(options) })
  try {
    for await (const batch of table.rows(columns, options.signal)) {
      for (const row of batch) {
        if (row.kind !== 'cells') {
          yield row.kind === 'warning' ? row : errorOf(row)
          continue
        }
        const event = makeRecord(row.number, row.cells)
        yield event instanceof Promise ? await event : event
      }
    }
  } catch (error) {
    // The rows before the damage are good; the damage is one row.
    if (!isCutSource(error)) throw error
    yield { kind: 'error', item: 'the file', code: error.code, message: error.message }
  }
}

function errorOf(row: TableRow & { kind: 'error' }): SourceEvent {
  const { item = `row ${row.number}`, code = 'ROW_INVALID', message } = row
  return { kind: 'error', item, code, message }
}

/** Takes the first records of a stream, with everything said before them. */
async function collectPreview(
  events: AsyncIterable<SourceEvent>,
  limit: number,
): Promise<Pick<SourcePreview, 'records' | 'warnings'>> {
  const records: SourcePreview['records'][number][] = []
  const warnings: string[] = []
  for await (const event of events) {
    if (event.kind === 'record') records.push(event.record)
    else if (event.kind === 'warning') warnings.push(event.message)
    else if (warnings.length < limit) warnings.push(`${event.item}: ${event.message}`)
    if (records.length >= limit) break
  }
  return { records, warnings }
}

export async function previewTable(options: {
  readonly table: TableFile
  readonly map: ColumnMap
  readonly records: AsyncIterable<SourceEvent>
  readonly limit: number
}): Promise<SourcePreview> {
  const { table, map, limit } = options
  const { records, warnings } = await collectPreview(options.records, limit)
  const rows = table.sample.slice(0, limit).map((cells) => cells.map(cellText))
  return { columns: table.columns, map, rows, records, encoding: table.encoding, warnings }
}

/** A reader of a whole folder shows no columns. */
export async function previewFolder(
  request: SourceRequest & { readonly limit: number },
  read: (request: SourceRequest) => AsyncIterable<SourceEvent>,
): Promise<SourcePreview> {
  const { records, warnings } = await collectPreview(read(request), request.limit)
  return { columns: [], map: {}, rows: [], records, encoding: 'UTF-8', warnings }
}

function warningsOfMap(table: TableFile, map: ColumnMap): readonly string[] {
  const roles = new Set<string>(Object.values(map))
  if (table.columns.length === 0) return ['The file has no rows that can be read.']
  const warnings: string[] = []
  if (!roles.has('image') && !roles.has('url')) {
    warnings.push(
      roles.has('id')
        ? 'No column names an image file or an address, so all images will be listed as missing. Map a column as "image" if there is one.'
        : 'No column names the images, so rows are known by their number alone and all images will be listed as missing. Map a column as "image", "url" or "id".',
    )
  }
  if (!['alt', 'title', 'web-caption', 'caption', 'proposal'].some((role) => roles.has(role))) {
    warnings.push('No column was taken for the text. Map a column as "alt" if there is one.')
  }
  return warnings
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (value instanceof EmbeddedPicture) return value.locator
  return typeof value === 'string' ? value : JSON.stringify(value)
}
