import type { ImageId } from '../../shared/domain/ids.ts'
import { AppError, isErrorCode } from '../../shared/errors.ts'
import type { Log } from '../base/log.ts'
import { fromPictureAddress } from '../base/picture-address.ts'
import {
  type MediaClient,
  PREVIEW_SIZES,
  type PictureRequest,
  type PreviewSize,
  type ThumbnailSize,
} from '../media/client.ts'
import { isImageFormat, type ImageFormat } from '../media/image-format.ts'
import { errorResponse } from './error-response.ts'
import type { Route } from './handler.ts'
import { statImageFile, type FileStats } from '../media/image-file.ts'
import { MEDIA_HEADERS, sendFile, type SentFile } from './send-file.ts'

export interface FoundImage {
  /** Address of the original (`base/picture-address.ts`); null when it lies nowhere. */
  readonly path: string | null
  /** Content hash, or '' while the file has none. */
  readonly hash: string
  readonly format: string | null
  readonly width: number | null
  readonly height: number | null
  readonly problem: { readonly code: string; readonly message: string } | null
  /** Of the file when it was imported; null where it is not known. */
  readonly stats: FileStats | null
}

export interface MediaRouteOptions {
  readonly findImage: (id: ImageId) => Promise<FoundImage | null>
  readonly media: Pick<MediaClient, 'thumbnail' | 'preview' | 'original'>
  /** Of the open project; throws AppError when there is none. */
  readonly cacheFolder: () => string
  readonly log: Log
}

/** An image whose file is worth a try. */
interface ReadyImage extends FoundImage {
  readonly path: string
  readonly format: ImageFormat
}

const KINDS = ['thumbnail', 'preview', 'image'] as const

interface MediaAddress {
  readonly kind: (typeof KINDS)[number]
  readonly id: ImageId
  readonly version: string | null
  readonly size: string | null
}

/** What browsers show by themselves; null means that a picture made by us is sent instead. SVG could run scripts. */
const BROWSER_TYPES: Readonly<Record<ImageFormat, string | null>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  tiff: null,
  bmp: null,
  svg: null,
}

/** `/media/thumbnail|preview|image/<id>?v=<hash>&size=<px>`: pictures by id, never by path. */
export function createMediaRoute(options: MediaRouteOptions): Route {
  return async (request) => {
    try {
      requireReading(request)
      const address = readAddress(new URL(request.url))
      const image = requireFile(await options.findImage(address.id))
      return await sendFile(request, await pickFile(options, address, image))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      options.log.debug('A picture was not sent.', { code: error.code })
      return refuse(error)
    }
  }
}

function requireReading(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  throw new AppError(
    'METHOD_NOT_ALLOWED',
    `Pictures are only read, with GET or HEAD, not ${request.method}.`,
  )
}

function readAddress(url: URL): MediaAddress {
  const [, , kindName, idText = '', ...rest] = url.pathname.split('/')
  const kind = KINDS.find((name) => name === kindName)
  if (kind === undefined || rest.length > 0) {
    throw new AppError(
      'NOT_FOUND',
      'Expected /media/thumbnail/<id>, /media/preview/<id> or /media/image/<id>.',
    )
  }
  if (!/^[1-9]\d{0,14}$/.test(idText)) throw noSuchImage()
  return {
    kind,
    id: Number(idText) as ImageId,
    version: url.searchParams.get('v'),
    size: url.searchParams.get('size'),
  }
}

function requireFile(image: FoundImage | null): ReadyImage {
  if (image === null) throw noSuchImage()
  const { problem, path, format } = image
  // A missing file may have come back since, for instance with its disk; other reasons stay until the next import.
  if (problem !== null && (problem.code !== 'IMAGE_FILE_MISSING' || image.hash === '')) {
    const code = isErrorCode(problem.code) ? problem.code : 'IMAGE_UNREADABLE'
    throw new AppError(code, problem.message)
  }
  if (path === null || image.hash === '' || !isImageFormat(format)) {
    throw new AppError(
      'IMAGE_FILE_MISSING',
      'This image has no file that could be shown. Import its source again once the file is there.',
    )
  }
  return { ...image, path, format }
}

async function pickFile(
  options: MediaRouteOptions,
  address: MediaAddress,
  image: ReadyImage,
): Promise<SentFile> {
  const original = await findOriginal(address, image)
  switch (address.kind) {
    case 'thumbnail':
      return makeThumbnail(options, address, image)
    case 'preview': {
      const maxPx = readPreviewSize(address.size)
      return original !== null && isShownAsIs(image, maxPx)
        ? original
        : makePreview(options, { address, image, maxPx })
    }
    case 'image':
      return (
        original ??
        (await takeOut(options, address, image)) ??
        makePreview(options, { address, image, maxPx: 1600 })
      )
  }
}

/**
 * The file itself, unless no browser shows it, or it was touched since the import: then it may be another picture,
 * and only the way over the preview compares the content before it is shown beside the texts.
 */
async function findOriginal(address: MediaAddress, image: ReadyImage): Promise<SentFile | null> {
  const contentType = BROWSER_TYPES[image.format]
  if (contentType === null || isCell(image.path)) return null
  if (image.stats !== null) {
    const now = await statImageFile(image.path)
    if (now.sizeBytes !== image.stats.sizeBytes || now.mtimeMs !== image.stats.mtimeMs) return null
  }
  return { path: image.path, contentType, etag: `"${image.hash}"`, ...cachingOf(address, image) }
}

/** A picture in a table is decoded with its neighbours by the media process, which puts it into the cache. */
async function takeOut(
  options: MediaRouteOptions,
  address: MediaAddress,
  image: ReadyImage,
): Promise<SentFile | null> {
  const contentType = BROWSER_TYPES[image.format]
  if (contentType === null || !isCell(image.path)) return null
  const { path } = await options.media.original(pictureRequest(options, image))
  return { path, contentType, etag: `"${image.hash}"`, ...cachingOf(address, image) }
}

function isCell(path: string): boolean {
  return fromPictureAddress(path).part?.kind === 'cell'
}

/** A GIF may move, and a preview stands still. */
function isShownAsIs({ format, width, height }: ReadyImage, maxPx: number): boolean {
  return format !== 'gif' && Math.max(width ?? Infinity, height ?? Infinity) <= maxPx
}

async function makeThumbnail(
  options: MediaRouteOptions,
  address: MediaAddress,
  image: ReadyImage,
): Promise<SentFile> {
  const sizePx = readThumbnailSize(address.size)
  const { path } = await options.media.thumbnail({ ...pictureRequest(options, image), sizePx })
  return {
    path,
    contentType: 'image/webp',
    etag: `"${image.hash}-t${sizePx}"`,
    ...cachingOf(address, image),
  }
}

async function makePreview(
  options: MediaRouteOptions,
  wanted: {
    readonly address: MediaAddress
    readonly image: ReadyImage
    readonly maxPx: PreviewSize
  },
): Promise<SentFile> {
  const { address, image, maxPx } = wanted
  const { path } = await options.media.preview({ ...pictureRequest(options, image), maxPx })
  return {
    path,
    contentType: 'image/webp',
    etag: `"${image.hash}-p${maxPx}"`,
    ...cachingOf(address, image),
  }
}

function pictureRequest(options: MediaRouteOptions, image: ReadyImage): PictureRequest {
  return {
    hash: image.hash,
    path: image.path,
    cacheFolder: options.cacheFolder(),
    lane: 'interactive',
  }
}

function cachingOf(address: MediaAddress, image: ReadyImage): { readonly isImmutable: boolean } {
  return { isImmutable: address.version === image.hash }
}

function readThumbnailSize(size: string | null): ThumbnailSize {
  if (size === null || size === '256') return 256
  if (size === '512') return 512
  throw new AppError('INPUT_INVALID', 'The size of a thumbnail is 256 or 512.')
}

function readPreviewSize(size: string | null): PreviewSize {
  if (size === null) return 1600
  const wanted = /^\d{1,5}$/.test(size) ? Number(size) : 0
  if (wanted === 0) {
    throw new AppError('INPUT_INVALID', 'The size of a preview is a number of pixels, 1 to 1600.')
  }
  return PREVIEW_SIZES.find((px) => px >= wanted) ?? 1600
}

function noSuchImage(): AppError {
  return new AppError(
    'IMAGE_NOT_FOUND',
    'There is no image with this id in the open project. Reload the listing.',
  )
}

function refuse(error: AppError): Response {
  const { sizeBytes } = error.data
  return errorResponse(error.code, error.message, {
    data: error.data,
    headers: {
      ...MEDIA_HEADERS,
      ...(error.code === 'METHOD_NOT_ALLOWED' ? { allow: 'GET, HEAD' } : {}),
      ...(error.code === 'RANGE_INVALID'
        ? { 'content-range': `bytes */${String(sizeBytes)}` }
        : {}),
    },
  })
}
