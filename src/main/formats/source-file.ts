import { open, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { readStretch } from '../base/file-slices.ts'
import { isBadPack, readFirstBytes } from './gzip-file.ts'
import type { TextEncoding } from './text-encoding.ts'
import { detectFileEncoding } from './text-encoding.ts'

const HEAD_BYTES = 8192

/** What stands at a path; `absent` also where it may not be looked at. */
export async function kindOfPath(path: string): Promise<'file' | 'folder' | 'absent'> {
  const found = await stat(path).catch(() => null)
  if (found === null) return 'absent'
  return found.isDirectory() ? 'folder' : 'file'
}

/** First bytes of a file, none for what cannot be read. */
export async function readBytes(path: string, count: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return new Uint8Array()
  try {
    return await readStretch(file, 0, count)
  } catch {
    return new Uint8Array()
  } finally {
    await file.close()
  }
}

/** First kilobytes of a file as text, for a look at its kind; '' for what cannot be read or is not text. */
export async function readHead(path: string): Promise<string> {
  const bytes = await readFirstBytes(path, HEAD_BYTES)
  const isWide =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (isWide) return (bytes[0] === 0xff ? bytes : swapped(bytes)).toString('utf16le').slice(1)
  return bytes.includes(0) ? '' : bytes.toString('utf8').replace(/^\ufeff/, '')
}

/** Finds a file's encoding, with errors that say what is wrong with the file itself. */
export async function openTextFile(path: string): Promise<TextEncoding> {
  try {
    return await detectFileEncoding(path)
  } catch (error) {
    throw sourceError(path, error)
  }
}

/** Says why a file or folder could not be read, without naming where on the disk it lies. */
export function sourceError(path: string, error: unknown): unknown {
  if (!isErrno(error)) return error
  const name = basename(path)
  if (isBadPack(error)) {
    return new AppError(
      'SOURCE_UNREADABLE',
      `"${name}" is damaged or cut short: it cannot be unpacked to its end. Fetch it again; rows before the damage were taken.`,
      { cause: error },
    )
  }
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError(
        'SOURCE_NOT_FOUND',
        `There is no "${name}" at that place. Check the path.`,
        { cause: error },
      )
    case 'EACCES':
    case 'EPERM':
      return new AppError(
        'SOURCE_UNREADABLE',
        `"${name}" may not be read. Give yourself the right to read it.`,
        { cause: error },
      )
    case 'EISDIR':
      return new AppError('SOURCE_UNREADABLE', `"${name}" is a folder, but a file was expected.`, {
        cause: error,
      })
    case 'ELOOP':
      return new AppError('SOURCE_UNREADABLE', `"${name}" is a link that leads to itself.`, {
        cause: error,
      })
    case 'EIO':
      return new AppError('SOURCE_UNREADABLE', `The disk failed while "${name}" was read.`, {
        cause: error,
      })
    default:
      return error
  }
}

/** What `sourceError` makes of a packed file that is damaged or cut: the rows before that are good. */
export function isCutSource(error: unknown): error is AppError {
  return error instanceof AppError && isBadPack(error.cause)
}

/** Whether a file's ending, without the dot and in lower case, is one of these. */
export function hasExtension(path: string, extensions: readonly string[]): boolean {
  return extensions.includes(extname(path).slice(1).toLowerCase())
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16()
}

export function isErrno(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
