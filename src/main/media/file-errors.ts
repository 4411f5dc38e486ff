import { AppError } from '../../shared/errors.ts'

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/** Names why a picture file could not be read, without its path; anything unknown is returned as it came. */
export function classifyReadError(error: unknown): unknown {
  const code = codeOf(error)
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError(
        'IMAGE_FILE_MISSING',
        'There is no file at the place where the image should be. Put the file there or correct its path, then import the source again.',
        { cause: error },
      )
    case 'EACCES':
    case 'EPERM':
      return new AppError(
        'IMAGE_UNREADABLE',
        `The file is there but may not be read (${code}). Give your account the right to read it, then import the source again.`,
        { cause: error },
      )
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new AppError(
        'IMAGE_UNREADABLE',
        `The file cannot be reached by its path (${code}). Shorten the path or remove the circular link, then import the source again.`,
        { cause: error },
      )
    case 'EIO':
    case 'ESTALE':
    case 'EBUSY':
    case 'ETIMEDOUT':
      return new AppError(
        'IMAGE_UNREADABLE',
        `The disk failed while the file was read (${code}). Check the disk or its connection, then import the source again.`,
        { cause: error },
      )
    default:
      return error
  }
}

/** Names why a file could not be written to the cache. */
export function classifyWriteError(error: unknown): unknown {
  const code = codeOf(error)
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError(
        'DISK_FULL',
        'The disk that holds the project is full, so the small picture could not be stored. Free some space, then try again.',
        { cause: error },
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new AppError(
        'TARGET_UNWRITABLE',
        `The cache folder of the project cannot be written (${code}). Give your account the right to write there, then try again.`,
        { cause: error },
      )
    default:
      return error
  }
}
