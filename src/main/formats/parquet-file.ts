import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { isUtf8 } from 'node:buffer'
import {
  parquetMetadataAsync,
  parquetReadObjects,
  type AsyncBuffer,
  type FileMetaData,
  type SchemaElement,
} from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { AppError } from '../../shared/errors.ts'
import { createFileSlices } from '../base/file-slices.ts'
import { sourceError } from './source-file.ts'

/** A top-level column. Pictures are bytes alone, or a struct of `bytes` and `path` as Hugging Face writes them. */
export interface ParquetColumn {
  readonly name: string
  readonly kind: 'plain' | 'bytes' | 'picture-struct'
}

/** A stretch of rows, small enough to be decoded at once. */
export interface ParquetPart {
  /** From 0. */
  readonly firstRow: number
  readonly endRow: number
}

export interface ParquetFile {
  readonly columns: readonly ParquetColumn[]
  readonly rowCount: number
  readonly parts: readonly ParquetPart[]
  /** Stretches of columns of bytes in which the file's statistics do not rule out rows without any. */
  readonly gaps: readonly (ParquetPart & { readonly column: string })[]
  /**
   * Values of columns in the rows of a part. Of a picture struct the path alone, unless `withBytes`. Throws a plain
   * error for data that cannot be decoded.
   */
  readonly read: (
    columns: readonly string[],
    part: ParquetPart,
    withBytes?: boolean,
  ) => Promise<readonly Readonly<Record<string, unknown>>[]>
}

type RowGroup = FileMetaData['row_groups'][number]

const MAGIC = 'PAR1'
/** Decoded texts of this many bytes become several times as much memory. */
const MAX_PART_BYTES = 256 * 1024 * 1024
const ROWS_A_PART = 5_000
const MAX_GROUP_ROWS = 50_000_000n

/**
 * Learns a file's columns and rows from its end. Throws AppError SOURCE_UNREADABLE for one that is none. Decodes in
 * this very thread, which a damaged file may keep busy for ever: `parquet-client.ts` does not.
 */
export async function openParquetHere(path: string): Promise<ParquetFile> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw sourceError(path, error)
  })
  const file = createFileSlices(path, size)
  const metadata = await readMetadata(path, file)
  assertCounts(path, metadata)
  const columns = describeColumns(metadata.schema)
  const texts = withoutPictureBytes(metadata, columns)
  const groups = listGroups(metadata)
  return {
    columns,
    rowCount: groups.at(-1)?.endRow ?? 0,
    parts: groups.flatMap(splitGroup),
    gaps: columns
      .filter(({ kind }) => kind !== 'plain')
      .flatMap(({ name: column }) =>
        groups
          .filter(({ group }) => !countsNoNulls(group, column))
          .map(({ firstRow, endRow }) => ({ column, firstRow, endRow })),
      ),
    async read(names, part, withBytes = false) {
      const wanted = [...names]
      const group = groups.find(({ endRow }) => part.firstRow < endRow)
      assertReadable(group?.group, wanted, withBytes)
      const rows = await parquetReadObjects({
        ...{ file, compressors, columns: wanted, utf8: false, geoparquet: false },
        metadata: withBytes ? metadata : texts,
        rowStart: part.firstRow,
        rowEnd: part.endRow,
        useOffsetIndex: true,
      })
      return rows.map((row) =>
        Object.fromEntries(wanted.map((name) => [name, toJsonValue(row[name])])),
      )
    },
  }
}

/** The first bytes of every Parquet file, and its last. */
export function isParquetHead(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === MAGIC
}

async function readMetadata(path: string, file: AsyncBuffer): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(file)
  } catch (error) {
    const known = sourceError(path, error)
    if (known instanceof AppError) throw known
    throw new AppError(
      'SOURCE_UNREADABLE',
      `"${basename(path)}" is no Parquet file, or its end is damaged (${reasonOf(error)}). Fetch or copy it again.`,
      { cause: error },
    )
  }
}

/** Everything that follows counts up to these numbers, so that wrong ones would never end. */
function assertCounts(path: string, metadata: FileMetaData): void {
  const counts = metadata.row_groups.map((group) => group.num_rows)
  const isSound =
    counts.every((count) => count >= 0n && count <= MAX_GROUP_ROWS) &&
    counts.reduce((sum, count) => sum + count, 0n) === metadata.num_rows &&
    metadata.row_groups.every((group) =>
      group.columns.every((chunk) => (chunk.meta_data?.num_values ?? 0n) >= group.num_rows),
    )
  if (isSound) return
  throw new AppError(
    'SOURCE_UNREADABLE',
    `The end of "${basename(path)}" is damaged: its counts of rows contradict one another. Fetch or copy it again.`,
  )
}

/** A few words of a decoder's error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 160) : 'no details'
}

function describeColumns(schema: readonly SchemaElement[]): readonly ParquetColumn[] {
  const columns: ParquetColumn[] = []
  for (let at = 1; at < schema.length;) {
    const element = schema[at]
    if (element === undefined) break
    const end = endOf(schema, at)
    const children = schema.slice(at + 1, end)
    columns.push({ name: element.name, kind: kindOf(element, children) })
    at = end
  }
  return columns
}

/** Where the subtree of an element ends in the flat list. */
function endOf(schema: readonly SchemaElement[], at: number): number {
  let end = at + 1
  for (let child = 0; child < (schema[at]?.num_children ?? 0) && end < schema.length; child += 1) {
    end = endOf(schema, end)
  }
  return end
}

function kindOf(element: SchemaElement, children: readonly SchemaElement[]): ParquetColumn['kind'] {
  if (isBinary(element)) return 'bytes'
  const bytes = children.find(({ name }) => name === 'bytes')
  const isPicture =
    children.length <= 2 &&
    bytes !== undefined &&
    isBinary(bytes) &&
    children.every(({ name }) => name === 'bytes' || name === 'path')
  return isPicture ? 'picture-struct' : 'plain'
}

function isBinary(element: SchemaElement): boolean {
  return (
    element.type === 'BYTE_ARRAY' &&
    element.converted_type === undefined &&
    element.logical_type === undefined
  )
}

/** The same file as if picture structs had no bytes, so that reading their paths does not read all pictures. */
function withoutPictureBytes(
  metadata: FileMetaData,
  columns: readonly ParquetColumn[],
): FileMetaData {
  const structs = new Set(
    columns.filter(({ kind }) => kind === 'picture-struct').map(({ name }) => name),
  )
  if (structs.size === 0) return metadata
  const schema: SchemaElement[] = metadata.schema.slice(0, 1)
  for (let at = 1; at < metadata.schema.length;) {
    const end = endOf(metadata.schema, at)
    const [element, ...children] = metadata.schema.slice(at, end)
    if (element !== undefined) {
      const kept = structs.has(element.name)
        ? children.filter(({ name }) => name !== 'bytes')
        : children
      const isWhole = kept.length === children.length
      // A struct whose bytes are all there is has nothing else to be read.
      if (isWhole) schema.push(element, ...kept)
      else if (kept.length > 0) schema.push({ ...element, num_children: kept.length }, ...kept)
    }
    at = end
  }
  const top = schema.slice(1)
  let count = 0
  for (let at = 0; at < top.length; at = endOf(top, at)) count += 1
  const [root] = schema
  return {
    ...metadata,
    schema: root === undefined ? [] : [{ ...root, num_children: count }, ...top],
    row_groups: metadata.row_groups.map((group) => ({
      ...group,
      columns: group.columns.filter(({ meta_data }) => {
        const [name, child] = meta_data?.path_in_schema ?? []
        return !(child === 'bytes' && name !== undefined && structs.has(name))
      }),
    })),
  }
}

interface PlacedGroup extends ParquetPart {
  readonly group: RowGroup
}

function listGroups(metadata: FileMetaData): readonly PlacedGroup[] {
  let firstRow = 0
  return metadata.row_groups.map((group) => {
    const placed = { group, firstRow, endRow: firstRow + Number(group.num_rows) }
    firstRow = placed.endRow
    return placed
  })
}

/** Pages can be read alone where the file has an index of them; else a group is decoded as a whole. */
function splitGroup({ group, firstRow, endRow }: PlacedGroup): readonly ParquetPart[] {
  const isPaged = group.columns.every((column) => column.offset_index_offset !== undefined)
  if (!isPaged) return [{ firstRow, endRow }]
  const parts: ParquetPart[] = []
  for (let start = firstRow; start < endRow; start += ROWS_A_PART) {
    parts.push({ firstRow: start, endRow: Math.min(endRow, start + ROWS_A_PART) })
  }
  return parts
}

function countsNoNulls(group: RowGroup, column: string): boolean {
  const bytes = group.columns.find(({ meta_data }) => {
    const path = meta_data?.path_in_schema ?? []
    return path[0] === column && (path.length === 1 || path.at(-1) === 'bytes')
  })
  return bytes?.meta_data?.statistics?.null_count === 0n
}

function assertReadable(
  group: RowGroup | undefined,
  wanted: readonly string[],
  withBytes: boolean,
): void {
  const bytes = (group?.columns ?? [])
    .filter(({ meta_data, offset_index_offset }) => {
      const path = meta_data?.path_in_schema ?? []
      const isRead = wanted.includes(path[0] ?? '') && (withBytes || path[1] !== 'bytes')
      return isRead && offset_index_offset === undefined
    })
    .reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0)
  if (bytes <= MAX_PART_BYTES * (withBytes ? 4 : 1)) return
  throw new Error(
    `its row group has ${Math.round(bytes / 1024 / 1024)} MiB without an index of pages, too much to be read at once; write the file anew with smaller row groups`,
  )
}

/** What other tables have: numbers, texts and lists. Bytes that are text are text; other bytes are left out. */
function toJsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : String(value)
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) {
    return isUtf8(value) && !value.includes(0) ? Buffer.from(value).toString('utf8') : value
  }
  if (Array.isArray(value)) return value.map(toJsonValue)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, toJsonValue(inner)]),
    )
  }
  return value
}
