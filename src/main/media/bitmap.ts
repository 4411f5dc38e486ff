import { decode } from '@cwasm/nsbmp'
import { endsEarlyError, tooManyPixelsError } from './decode-errors.ts'

/**
 * The decoder keeps all pixels in memory, and a WebAssembly memory ends at 4 GiB, so the limit is lower than
 * for formats that are decoded in lines.
 */
const MAX_BITMAP_PIXELS = 100_000_000

export interface BitmapSize {
  readonly width: number
  readonly height: number
}

/** Four bytes a pixel: red, green, blue, alpha. */
export interface BitmapPixels extends BitmapSize {
  readonly data: Buffer
}

/**
 * Reads the size from a BMP header, and refuses a picture that is too large or whose file is too short for its
 * uncompressed pixels, before anything is decoded. Throws AppError.
 */
export function readBitmapSize(bytes: Buffer): BitmapSize {
  if (bytes.length < 26) throw endsEarlyError('bmp')
  const headerBytes = bytes.readUInt32LE(14)
  const isShort = headerBytes === 12
  if (!isShort && bytes.length < 34) throw endsEarlyError('bmp')
  const width = Math.abs(isShort ? bytes.readUInt16LE(18) : bytes.readInt32LE(18))
  // A negative height means that the rows run from top to bottom.
  const height = Math.abs(isShort ? bytes.readUInt16LE(20) : bytes.readInt32LE(22))
  if (width * height > MAX_BITMAP_PIXELS) {
    throw tooManyPixelsError({ width, height, maxPixels: MAX_BITMAP_PIXELS })
  }
  const bitsPerPixel = isShort ? bytes.readUInt16LE(24) : bytes.readUInt16LE(28)
  const compression = isShort ? 0 : bytes.readUInt32LE(30)
  const isPacked = compression !== 0 && compression !== 3
  const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4
  const pixelOffset = bytes.readUInt32LE(10)
  if (!isPacked && pixelOffset + rowBytes * height > bytes.length) throw endsEarlyError('bmp')
  return { width, height }
}

/** Decodes with libnsbmp, because libvips as built for sharp reads no BMP. */
export function decodeBitmap(bytes: Buffer): BitmapPixels {
  const { width, height, data } = decode(bytes)
  return { width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) }
}
