import { readAhead } from '../base/read-ahead.ts'
import type { ExportRow, WriteRequest } from './format.ts'
import { concernsSource } from './place-image.ts'

/** The ending that programs look for; a picture's own name may have any. */
const EXTENSIONS: Readonly<Record<string, string>> = { jpeg: 'jpg', tiff: 'tif' }

/** So many rows, or so many bytes of their pictures, are read at once. */
const ROWS_A_BATCH = 64
const BYTES_A_BATCH = 8 * 1024 * 1024

interface PicturedRow {
  readonly row: ExportRow
  readonly picture: Uint8Array | null
}

/** The rows alone, for an export without pictures. */
export async function* bare(rows: AsyncIterable<ExportRow>): AsyncGenerator<PicturedRow> {
  for await (const row of rows) yield { row, picture: null }
}

/** The rows with the bytes of their pictures, null where `readPictureOf` finds none; a batch is read ahead. */
export async function* withPictures(request: WriteRequest): AsyncGenerator<PicturedRow> {
  const batches = batchesOf(request.rows)
  const loaded = mapInOrder(batches, async (rows) => ({
    rows,
    pictures: await readTogether(request, rows),
  }))
  for await (const { rows, pictures } of readAhead(loaded)) {
    for (const [index, row] of rows.entries()) {
      yield { row, picture: pictures[index] ?? (await readPictureOf(request, row)) }
    }
  }
}

async function* batchesOf(rows: AsyncIterable<ExportRow>): AsyncGenerator<readonly ExportRow[]> {
  let batch: ExportRow[] = []
  let sizeBytes = 0
  for await (const row of rows) {
    batch.push(row)
    sizeBytes += row.image.sizeBytes ?? 0
    if (batch.length < ROWS_A_BATCH && sizeBytes < BYTES_A_BATCH) continue
    yield batch
    batch = []
    sizeBytes = 0
  }
  if (batch.length > 0) yield batch
}

async function* mapInOrder<Item, Mapped>(
  items: AsyncIterable<Item>,
  map: (item: Item) => Promise<Mapped>,
): AsyncGenerator<Mapped> {
  for await (const item of items) yield await map(item)
}

async function readTogether(
  { target }: WriteRequest,
  rows: readonly ExportRow[],
): Promise<readonly (Uint8Array | null | undefined)[]> {
  const addresses = rows.flatMap(({ filePath }) => filePath ?? [])
  if (target.readPictures === undefined || addresses.length === 0) return []
  const pictures = (await target.readPictures(addresses)).values()
  return rows.map(({ filePath }) => (filePath === null ? null : pictures.next().value))
}

/** The bytes of a row's picture; null where it is gone or cannot be read, which concerns this row alone. */
export async function readPictureOf(
  request: WriteRequest,
  row: ExportRow,
): Promise<Uint8Array | null> {
  if (row.filePath === null) return null
  try {
    return await request.target.readPicture(row.filePath)
  } catch (error) {
    if (concernsSource(error, row.filePath)) return null
    throw error
  }
}

/** By the picture's content, without the dot. */
export function pictureExtension(row: ExportRow): string {
  const format = row.image.format ?? 'bin'
  return EXTENSIONS[format] ?? format
}

export function warnOfKinds(request: WriteRequest, kinds: ReadonlySet<string>): void {
  if (kinds.size <= 1) return
  request.onWarning(
    `The pictures are of several kinds (${[...kinds].sort().join(', ')}). Some loaders want one kind for a whole data set.`,
  )
}
