import { AppError } from '../../shared/errors.ts'
import { FORMAT_LABELS, type ImageFormat } from './image-format.ts'
import type { Sniffed } from './sniff-format.ts'

const EXPECTED = 'JPEG, PNG, WebP, GIF, AVIF, TIFF, BMP or SVG'

/** The pixel limit that libvips itself uses for JPEG and WebP sides, squared: 16383 x 16383. */
export const MAX_PIXELS = 268_402_689

export function emptyFileError(): AppError {
  return new AppError(
    'IMAGE_UNREADABLE',
    `The file is empty: an image (${EXPECTED}) was expected, but there are 0 bytes. Fetch or copy it again, then import the source again.`,
  )
}

export function notAnImageError(sniffed: Exclude<Sniffed, { kind: 'image' }>): AppError {
  const came =
    sniffed.kind === 'other'
      ? `it looks like ${sniffed.label}`
      : 'its content is of no kind that Realign knows'
  return new AppError(
    'IMAGE_UNREADABLE',
    `The file is not an image that Realign reads: ${EXPECTED} was expected, but ${came}. Replace it by the picture, then import the source again.`,
  )
}

export function tooManyPixelsError(size: {
  readonly width: number
  readonly height: number
  readonly maxPixels: number
}): AppError {
  const count = (value: number): string => value.toLocaleString('en-US')
  return new AppError(
    'IMAGE_TOO_LARGE',
    `The image has ${count(size.width * size.height)} pixels (${size.width} x ${size.height}), but Realign reads at most ${count(size.maxPixels)}. Scale it down, then import the source again.`,
    { data: { width: size.width, height: size.height, maxPixels: size.maxPixels } },
  )
}

export function endsEarlyError(format: ImageFormat, cause?: unknown): AppError {
  return new AppError(
    'IMAGE_UNREADABLE',
    `The file ends early: its ${FORMAT_LABELS[format]} data stops before the picture is complete. Fetch or copy it again, then import the source again.`,
    { cause },
  )
}

/** Turns what a decoder threw into a reason that a person can act on. */
export function classifyDecodeError(
  error: unknown,
  file: { readonly format: ImageFormat; readonly source: Buffer | string },
): unknown {
  if (error instanceof AppError) return error
  if (!(error instanceof Error)) return error
  if (endsEarly(file, error.message)) return endsEarlyError(file.format, error)
  const label = FORMAT_LABELS[file.format]
  return new AppError(
    'IMAGE_UNREADABLE',
    `The file starts as ${label}, but its data is damaged and cannot be decoded (${describe(error.message, file.source)}). Fetch or copy it again, or save it anew with an image editor, then import the source again.`,
    { cause: error },
  )
}

/** Decoders say it in words of their own, or only that they failed; then the structure of the file tells. */
function endsEarly(
  file: { readonly format: ImageFormat; readonly source: Buffer | string },
  message: string,
): boolean {
  if (/premature end|unexpected end|file size too small|cannot read full/i.test(message))
    return true
  return typeof file.source !== 'string' && isCut(file.format, file.source)
}

function isCut(format: ImageFormat, bytes: Buffer): boolean {
  switch (format) {
    case 'png':
      return !bytes.includes('IEND', Math.max(8, bytes.length - 4096), 'latin1')
    case 'webp':
      return bytes.length < 12 || bytes.readUInt32LE(4) + 8 > bytes.length
    case 'tiff':
      return isTiffCut(bytes)
    case 'svg':
      return !/<\/(?:[\w.-]+:)?svg\s*>|<(?:[\w.-]+:)?svg[^<>]*\/>/.test(bytes.toString('latin1'))
    case 'jpeg':
      return bytes.lastIndexOf('\xff\xd9', undefined, 'latin1') === -1
    case 'gif':
    case 'avif':
    case 'bmp':
      return false
  }
}

/** Tells whether the directory of the first picture, or the data that it points to, lies beyond the end. */
function isTiffCut(bytes: Buffer): boolean {
  const isLittle = bytes[0] === 0x49
  const u16 = (at: number): number => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const u32 = (at: number): number => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  if (bytes.length < 8) return true
  if (u16(2) !== 42) return false
  const directory = u32(4)
  if (directory + 2 > bytes.length) return true
  const end = directory + 2 + u16(directory) * 12
  if (end > bytes.length) return true
  for (let at = directory + 2; at < end; at += 12) {
    const size = (TIFF_TYPE_BYTES[u16(at + 2)] ?? 1) * u32(at + 4)
    if (size > 4 && u32(at + 8) + size > bytes.length) return true
  }
  return false
}

// Bytes of one value of each TIFF field type (TIFF 6.0, section 2), by type number.
const TIFF_TYPE_BYTES: readonly number[] = [1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

/** The decoder's first words, short, and never with the path that some of them carry. */
function describe(message: string, source: Buffer | string): string {
  const withoutPath = typeof source === 'string' ? message.replaceAll(source, 'the file') : message
  const line = withoutPath
    .replace(/^Input (?:buffer|file) has corrupt header:\s*/, '')
    .split('\n')
    .find((part) => part.trim() !== '')
  return line === undefined ? 'no details' : line.trim().replace(/\.$/, '').slice(0, 160)
}
