import type { Metadata, Sharp, SharpOptions } from 'sharp'
import { AppError } from '../../shared/errors.ts'
import { countPngFrames, isAnimatedPng } from './animated-png.ts'
import { decodeBitmap, readBitmapSize } from './bitmap.ts'
import { sharp } from './configured-sharp.ts'
import {
  MAX_PIXELS,
  classifyDecodeError,
  emptyFileError,
  notAnImageError,
  tooManyPixelsError,
} from './decode-errors.ts'
import { DECODE_SLOTS, createSlots } from './decode-slots.ts'
import type { ImageFile } from './image-file.ts'
import type { ImageFormat } from './image-format.ts'
import { sniffFormat } from './sniff-format.ts'

/** librsvg reads the whole text at once; drawings are smaller, and bombs are larger. */
const MAX_SVG_BYTES = 16 * 1024 * 1024
/** An SVG is drawn at the size that is wanted, so its own size is only a ratio; this is what libvips can count. */
const MAX_SVG_SIDE = 1_000_000
/** A picture that takes longer is given up by libvips; what does not listen is ended by the client's watchdog. */
const DECODE_TIMEOUT_S = 60

const decodeSlots = createSlots(DECODE_SLOTS)

interface PictureFacts {
  /** As shown, after the EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly orientation: number
  readonly isAnimated: boolean
}

/** Both methods throw AppError with the reason when the file is no usable picture. */
export interface Picture {
  readonly format: ImageFormat
  /** From the header alone, without decoding pixels. */
  readFacts(): Promise<PictureFacts>
  /** 1 for a still picture. The pages of a TIFF are not frames. */
  countFrames(): Promise<number>
  /** A pipeline on the first frame, upright, that ends with what `finish` asks for. */
  decode<Result>(finish: (pipeline: Sharp) => Promise<Result>): Promise<Result>
}

interface NamedSource {
  readonly format: ImageFormat
  readonly source: Buffer | string
}

interface NamedBytes extends NamedSource {
  readonly source: Buffer
}

export interface PictureOptions {
  /** Takes the numbers in the file as they are, as models are trained, instead of what they look like on a screen. */
  readonly ignoresColourProfile?: boolean
}

/** Finds out by its content what a file is. Throws AppError for what is no picture. */
export function openPicture(
  file: ImageFile,
  { ignoresColourProfile = false }: PictureOptions = {},
): Picture {
  if (file.sizeBytes === 0) throw emptyFileError()
  const sniffed = sniffFormat(file.head)
  if (sniffed.kind !== 'image') throw notAnImageError(sniffed)
  const named = { format: sniffed.format, source: file.source }
  switch (sniffed.format) {
    case 'bmp':
      return openBitmap(inMemory(named))
    case 'svg':
      return openDrawing(inMemory(named))
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'gif':
    case 'avif':
    case 'tiff':
      return openRaster(named, {
        isApng: isAnimatedPng(file.head),
        pngFrames: countPngFrames(file.head),
        ignoresColourProfile,
      })
  }
}

function openRaster(
  file: NamedSource,
  how: {
    readonly isApng: boolean
    readonly pngFrames: number
    readonly ignoresColourProfile: boolean
  },
): Picture {
  async function readFacts(): Promise<PictureFacts> {
    const metadata = await readMetadata(file)
    const { width, height } = metadata.autoOrient
    if (width * height > MAX_PIXELS) {
      throw tooManyPixelsError({ width, height, maxPixels: MAX_PIXELS })
    }
    const isAnimated = how.isApng || framesOf(file.format, metadata) > 1
    return { width, height, orientation: metadata.orientation ?? 1, isAnimated }
  }
  const options = {
    failOn: 'error',
    limitInputPixels: MAX_PIXELS,
    sequentialRead: true,
    ignoreIcc: how.ignoresColourProfile,
  } as const
  return {
    format: file.format,
    readFacts,
    countFrames: async () =>
      file.format === 'png' ? how.pngFrames : framesOf(file.format, await readMetadata(file)),
    decode: async (finish) => {
      try {
        return await decode(file, finish, options)
      } catch (error) {
        // A header that is refused for its size says so better than the decoder does.
        await readFacts()
        throw error
      }
    },
  }
}

function framesOf(format: ImageFormat, metadata: Metadata): number {
  return format === 'tiff' ? 1 : (metadata.pages ?? 1)
}

function openDrawing(file: NamedBytes): Picture {
  if (file.source.length > MAX_SVG_BYTES) {
    const count = (value: number): string => value.toLocaleString('en-US')
    throw new AppError(
      'IMAGE_TOO_LARGE',
      `The SVG drawing has ${count(file.source.length)} bytes, but Realign reads at most ${count(MAX_SVG_BYTES)}. Simplify it or save it as PNG, then import the source again.`,
    )
  }
  return {
    format: 'svg',
    readFacts: async () => {
      const { width, height } = await readMetadata(file)
      if (Math.max(width, height) > MAX_SVG_SIDE) {
        throw tooManyPixelsError({ width, height, maxPixels: MAX_SVG_SIDE * MAX_SVG_SIDE })
      }
      return { width, height, orientation: 1, isAnimated: false }
    },
    countFrames: () => Promise.resolve(1),
    // libvips draws at the size that the pipeline asks for, so the size in the file costs nothing.
    decode: (finish) => decode(file, finish, { failOn: 'error', limitInputPixels: false }),
  }
}

function openBitmap(file: NamedBytes): Picture {
  return {
    format: 'bmp',
    readFacts: () =>
      classifying(file, () => ({
        ...readBitmapSize(file.source),
        orientation: 1,
        isAnimated: false,
      })),
    countFrames: () => Promise.resolve(1),
    decode: (finish) =>
      classifying(file, () =>
        decodeSlots.run(() => {
          readBitmapSize(file.source)
          const { data, width, height } = decodeBitmap(file.source)
          return finish(sharp(data, { raw: { width, height, channels: 4 } }))
        }),
      ),
  }
}

function readMetadata(file: NamedSource): Promise<Metadata> {
  return classifying(file, () =>
    sharp(file.source, { failOn: 'error', limitInputPixels: false }).metadata(),
  )
}

function decode<Result>(
  file: NamedSource,
  finish: (pipeline: Sharp) => Promise<Result>,
  options: SharpOptions,
): Promise<Result> {
  return classifying(file, () =>
    decodeSlots.run(() =>
      finish(sharp(file.source, options).timeout({ seconds: DECODE_TIMEOUT_S }).autoOrient()),
    ),
  )
}

async function classifying<Result>(
  file: NamedSource,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw classifyDecodeError(error, file)
  }
}

function inMemory(file: NamedSource): NamedBytes {
  if (typeof file.source !== 'string') return { format: file.format, source: file.source }
  throw new AppError(
    'IMAGE_TOO_LARGE',
    'The file is too large for its format: BMP and SVG files must fit into 64 MiB. Save it as PNG or JPEG, then import the source again.',
  )
}
