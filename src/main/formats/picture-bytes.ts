import type { ExportRow, WriteRequest } from './format.ts'
import { concernsSource } from './place-image.ts'

/** The ending that programs look for; a picture's own name may have any. */
const EXTENSIONS: Readonly<Record<string, string>> = { jpeg: 'jpg', tiff: 'tif' }

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
