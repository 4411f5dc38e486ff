import { AppError } from '../../shared/errors.ts'
import type { ExportRow, WriteRequest } from './format.ts'
import { isErrno } from './source-file.ts'

/**
 * Puts the picture of a row in place. Answers false where the picture is gone or cannot be read, which concerns
 * this row alone; every other failure, such as a full disk, ends the export.
 */
export async function placeImage(
  request: WriteRequest,
  row: ExportRow,
  name: string,
): Promise<boolean> {
  if (row.filePath === null) return false
  try {
    await request.target.placeFile({
      from: row.filePath,
      name,
      copy: request.options.images === 'copy',
    })
    return true
  } catch (error) {
    if (concernsSource(error, row.filePath)) return false
    throw error
  }
}

export function reportMissing(request: WriteRequest, row: ExportRow): void {
  request.onError({
    item: row.image.fileName,
    code: 'IMAGE_FILE_MISSING',
    message:
      'The picture file is missing or broken, so the image was left out. Restore the file and export again.',
  })
}

/** Whether an error is about the picture that was to be read, and not about the place that is written to. */
export function concernsSource(error: unknown, from: string): boolean {
  if (error instanceof AppError) {
    return [
      'IMAGE_FILE_MISSING',
      'IMAGE_UNREADABLE',
      'IMAGE_TOO_LARGE',
      'SOURCE_NOT_FOUND',
      'SOURCE_UNREADABLE',
    ].includes(error.code)
  }
  return isErrno(error) && error.code === 'ENOENT' && 'path' in error && error.path === from
}
