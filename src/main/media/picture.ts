import type { Metadata, Sharp, SharpOptions } from 'sharp'
import { AppError } from '../../shared/errors.ts'
import { decodeBitmap, readBitmapSize } from './bitmap.ts'
import { sharp } from './configured-sharp.ts'
import {
  MAX_PIXELS,
  classifyDecodeError,
  emptyFileError,
  notAnImageError,
  tooManyPixelsError,
} from './decode-errors.ts'
import type { ImageFile } from './image-file.ts'
import type { ImageFormat } from './image-format.ts'
import { isAnimatedPng } from './animated-png.ts'
import { sniffFormat } from './sniff-format.ts'

/** librsvg reads the whole text at once; drawings are smaller, and bombs are larger. */
const MAX_SVG_BYTES = 16 * 1024 * 1024
/** An SVG is drawn at the size that is wanted, so its own size is only a ratio; this is what libvips can count. */
const MAX_SVG_SIDE = 1_000_000
/** A picture that takes longer is given up by libvips; what does not listen is ended by the client's watchdog. */
const DECODE_TIMEOUT_S = 60

export interface Picture {
  readonly format: ImageFormat
  /** As shown, after the EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly orientation: number
  readonly isAnimated: boolean
  /** A pipeline on the first frame, upright, that ends with what `finish` asks for. Throws AppError. */
  decode<Result>(finish: (pipeline: Sharp) => Promise<Result>): Promise<Result>
}

/** Finds out what a file shows, by its content, without decoding its pixels. Throws AppError with the reason if it is no picture. */
export async function openPicture(file: ImageFile): Promise<Picture> {
  if (file.sizeBytes === 0) throw emptyFileError()
  const sniffed = sniffFormat(file.head)
  if (sniffed.kind !== 'image') throw notAnImageError(sniffed)
  const { format } = sniffed
  const named = { format, source: file.source }
  try {
    if (format === 'bmp') return openBitmap(inMemory(named))
    if (format === 'svg') return await openDrawing(inMemory(named))
    return await openRaster(named, isAnimatedPng(file.head))
  } catch (error) {
    throw classifyDecodeError(error, named)
  }
}

interface NamedSource {
  readonly format: ImageFormat
  readonly source: Buffer | string
}

async function openRaster(file: NamedSource, isApng: boolean): Promise<Picture> {
  const metadata = await sharp(file.source, { failOn: 'error', limitInputPixels: false }).metadata()
  const { width, height } = metadata.autoOrient
  if (width * height > MAX_PIXELS)
    throw tooManyPixelsError({ width, height, maxPixels: MAX_PIXELS })
  return {
    format: file.format,
    width,
    height,
    orientation: metadata.orientation ?? 1,
    isAnimated: isApng || isAnimated(file.format, metadata),
    decode: (finish) =>
      decode(file, finish, { failOn: 'error', limitInputPixels: MAX_PIXELS, sequentialRead: true }),
  }
}

/** The pages of a TIFF are not frames. */
function isAnimated(format: ImageFormat, metadata: Metadata): boolean {
  return format !== 'tiff' && (metadata.pages ?? 1) > 1
}

async function openDrawing(file: NamedSource & { readonly source: Buffer }): Promise<Picture> {
  if (file.source.length > MAX_SVG_BYTES) {
    throw new AppError(
      'IMAGE_TOO_LARGE',
      `The SVG drawing has ${file.source.length.toLocaleString('en-US')} bytes, but Realign reads at most ${MAX_SVG_BYTES.toLocaleString('en-US')}. Simplify it or save it as PNG, then import the source again.`,
    )
  }
  const { width, height } = await sharp(file.source, { limitInputPixels: false }).metadata()
  if (Math.max(width, height) > MAX_SVG_SIDE) {
    throw tooManyPixelsError({ width, height, maxPixels: MAX_SVG_SIDE * MAX_SVG_SIDE })
  }
  return {
    format: 'svg',
    width,
    height,
    orientation: 1,
    isAnimated: false,
    // libvips draws at the size that the pipeline asks for, so the size in the file costs nothing.
    decode: (finish) => decode(file, finish, { failOn: 'error', limitInputPixels: false }),
  }
}

function openBitmap(file: NamedSource & { readonly source: Buffer }): Picture {
  const { width, height } = readBitmapSize(file.source)
  return {
    format: 'bmp',
    width,
    height,
    orientation: 1,
    isAnimated: false,
    decode: async (finish) => {
      try {
        const { data } = decodeBitmap(file.source)
        return await finish(sharp(data, { raw: { width, height, channels: 4 } }))
      } catch (error) {
        throw classifyDecodeError(error, file)
      }
    },
  }
}

async function decode<Result>(
  file: NamedSource,
  finish: (pipeline: Sharp) => Promise<Result>,
  options: SharpOptions,
): Promise<Result> {
  try {
    const pipeline = sharp(file.source, options).timeout({ seconds: DECODE_TIMEOUT_S })
    return await finish(pipeline.autoOrient())
  } catch (error) {
    throw classifyDecodeError(error, file)
  }
}

function inMemory(file: NamedSource): NamedSource & { readonly source: Buffer } {
  if (typeof file.source !== 'string') return { format: file.format, source: file.source }
  throw new AppError(
    'IMAGE_TOO_LARGE',
    'The file is too large for its format: BMP and SVG files must fit into 64 MiB. Save it as PNG or JPEG, then import the source again.',
  )
}
