import { stat } from 'node:fs/promises'
import { parquetMetadataAsync, parquetReadObjects, type FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { AppError } from '../../shared/errors.ts'
import { createFileSlices } from '../base/file-slices.ts'
import type { PicturePart } from '../base/picture-address.ts'

type Cell = PicturePart & { readonly kind: 'cell' }

/** Rows of one column, decoded together. */
interface Window {
  readonly key: string
  readonly firstRow: number
  readonly endRow: number
  readonly values: Promise<readonly unknown[]>
}

/** A column of one row group is decoded at once where the file has no index of pages, and this much fits into memory. */
const MAX_GROUP_BYTES = 1024 * 1024 * 1024
/** Enough for neighbours that are asked for at the same time over the border of two row groups. */
const MAX_WINDOWS = 2
const MAX_FILES = 8

const files = new Map<string, Promise<FileMetaData>>()
let windows: readonly Window[] = []

/** The bytes in a cell. Rows are mostly asked for one after the other, so what was decoded last is kept. */
export async function readParquetCell(path: string, cell: Cell): Promise<Buffer<ArrayBuffer>> {
  try {
    return toBytes(await readValue(path, cell), cell)
  } catch (error) {
    if (error instanceof AppError || (error instanceof Error && 'code' in error)) throw error
    throw new AppError(
      'IMAGE_UNREADABLE',
      `The Parquet file that holds the image cannot be read there (${error instanceof Error ? error.message.slice(0, 160) : 'no details'}). Fetch or copy it again, then import the source again.`,
      { cause: error },
    )
  }
}

async function readValue(path: string, cell: Cell): Promise<unknown> {
  const { size, mtimeMs } = await stat(path)
  const key = JSON.stringify([path, size, mtimeMs, cell.column[0]])
  const known = windows.find(
    (window) => window.key === key && cell.row >= window.firstRow && cell.row < window.endRow,
  )
  const window = known ?? (await openWindow({ path, size, key, cell }))
  return (await window.values)[cell.row - window.firstRow]
}

async function openWindow(request: {
  readonly path: string
  readonly size: number
  readonly key: string
  readonly cell: Cell
}): Promise<Window> {
  const { path, size, key, cell } = request
  const file = createFileSlices(path, size)
  const metadata = await describeFile(key, () => parquetMetadataAsync(file))
  const { firstRow, endRow, group } = findGroup(metadata, cell.row)
  const chunks = group.columns.filter(
    (chunk) => chunk.meta_data?.path_in_schema[0] === cell.column[0],
  )
  const isPaged = chunks.every((chunk) => chunk.offset_index_offset !== undefined)
  const groupBytes = chunks.reduce(
    (sum, chunk) => sum + Number(chunk.meta_data?.total_uncompressed_size ?? 0),
    0,
  )
  if (!isPaged && groupBytes > MAX_GROUP_BYTES) throw groupTooLargeError(groupBytes)
  const [rowStart, rowEnd] = isPaged ? [cell.row, cell.row + 1] : [firstRow, endRow]
  const values = parquetReadObjects({
    ...{ file, metadata, compressors, rowStart, rowEnd },
    columns: [cell.column[0] ?? ''],
    useOffsetIndex: isPaged,
    utf8: false,
    geoparquet: false,
  }).then((rows) => rows.map((row) => (row as Record<string, unknown>)[cell.column[0] ?? '']))
  const window = { key, firstRow: rowStart, endRow: rowEnd, values }
  // A single row is not worth keeping in place of a whole group.
  if (!isPaged) windows = [window, ...windows.slice(0, MAX_WINDOWS - 1)]
  values.catch(() => {
    windows = windows.filter((other) => other !== window)
  })
  return window
}

async function describeFile(key: string, read: () => Promise<FileMetaData>): Promise<FileMetaData> {
  const known = files.get(key)
  if (known !== undefined) return known
  const reading = read()
  files.set(key, reading)
  const oldest = files.keys().next().value
  if (files.size > MAX_FILES && oldest !== undefined) files.delete(oldest)
  reading.catch(() => files.delete(key))
  return reading
}

function findGroup(
  metadata: FileMetaData,
  row: number,
): {
  readonly firstRow: number
  readonly endRow: number
  readonly group: FileMetaData['row_groups'][number]
} {
  let firstRow = 0
  for (const group of metadata.row_groups) {
    const endRow = firstRow + Number(group.num_rows)
    if (row < endRow) return { firstRow, endRow, group }
    firstRow = endRow
  }
  throw new AppError(
    'IMAGE_FILE_MISSING',
    `The Parquet file has ${firstRow} rows, but the image was in row ${row + 1}. The file has changed; import the source again.`,
  )
}

function toBytes(value: unknown, cell: Cell): Buffer<ArrayBuffer> {
  let inner = value
  for (const name of cell.column.slice(1)) {
    inner = typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined
  }
  if (inner instanceof Uint8Array) {
    // A copy: what is handed on must not keep a whole row group in memory.
    return Buffer.from(inner)
  }
  throw new AppError(
    'IMAGE_FILE_MISSING',
    `Row ${cell.row + 1} of the Parquet file has no bytes in its column "${cell.column.join('.')}".`,
  )
}

function groupTooLargeError(bytes: number): AppError {
  return new AppError(
    'IMAGE_TOO_LARGE',
    `The image is in a row group of ${Math.round(bytes / 1024 / 1024)} MiB without an index of pages, and at most ${MAX_GROUP_BYTES / 1024 / 1024} MiB are read at once. Write the file anew with smaller row groups, then import the source again.`,
  )
}
