import { AppError } from '../../shared/errors.ts'

/** SQLite's failures as the app's codes. Anything else is a bug and passes through unchanged. */
export function classifyDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return error
  const code = error.code
  if (code === 'SQLITE_FULL') {
    return new AppError(
      'DISK_FULL',
      'The disk that holds the project is full, so the change was not saved. Free some space and try again.',
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new AppError(
      'DATABASE_CORRUPT',
      'The project file is damaged and cannot be read as a Realign project. Open its last backup copy, or restore the file from your own backup.',
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_PERM') {
    return new AppError(
      'DATABASE_READ_ONLY',
      'The project file or its folder cannot be written. Check that the folder exists and that you may write there.',
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return new AppError(
      'DATABASE_BUSY',
      'Another program is holding the project file. Wait a moment and try again.',
      { cause: error },
    )
  }
  return error
}
