import { AppError } from '../../shared/errors.ts'
import { readImageFile, statImageFile } from '../media/image-file.ts'
import { openPicture, type Picture } from '../media/picture.ts'
import { resample } from './resample.ts'
import { toImageTensor, visibleContent, type VisiblePixels } from './tasks/image-tensor.ts'
import { placeRegion, regionOf, type Size } from './tasks/placement.ts'
import type { PreparedView, View } from './tasks/task.ts'

/** A page is white, and so is what shows through a picture. */
const PAGE = '#ffffff'

/**
 * A picture this many times larger than what is wanted of it is first made smaller by the decoder, to `PRE_SHRUNK` times;
 * the difference is far below what a camera's noise makes, and reading all pixels of a large photo is slow.
 */
const MAX_REDUCTION = 10
const PRE_SHRUNK = 4

export interface PictureRequest {
  readonly path: string
  /**
   * The content hash that the file must have, or null where it does not matter: what is computed must never be stored
   * under another picture's name.
   */
  readonly hash: string | null
}

export interface PreparedFile extends Size {
  readonly views: readonly PreparedView[]
}

/** Reads a file and makes the tensors that are wanted of it. Throws AppError with the reason. */
export async function preparePicture(
  request: PictureRequest & { readonly views: readonly View[] },
): Promise<PreparedFile> {
  const { picture, size } = await open(request)
  const decoded = await decode(picture, decodedSize(size, request.views))
  return { ...size, views: request.views.map((view) => prepareView(view, size, decoded)) }
}

/** All pixels of a picture: upright, RGB as in the file, transparency on white. Throws AppError with the reason. */
export async function readPixels(request: PictureRequest): Promise<VisiblePixels> {
  const { picture } = await open(request)
  return decode(picture, null)
}

async function open(
  request: PictureRequest,
): Promise<{ readonly picture: Picture; readonly size: Size }> {
  const { path, hash } = request
  const file = await readImageFile(path, await statImageFile(path))
  if (hash !== null && file.sha256 !== hash) {
    throw new AppError(
      'IMAGE_UNREADABLE',
      'The file has changed since it was imported, so it may show another picture. Import the source again to take the new file in.',
      { data: { reason: 'changed' } },
    )
  }
  const picture = openPicture(file, { ignoresColourProfile: true })
  const { width, height } = await picture.readFacts()
  return { picture, size: { width, height } }
}

/** Null for the full size. */
function decodedSize(size: Size, views: readonly View[]): Size | null {
  const reductions = views.map((view) => {
    const region = regionOf(view.part, size)
    const { content } = placeRegion(view.input, region)
    return Math.min(region.width / content.width, region.height / content.height)
  })
  const least = Math.min(...reductions)
  if (!Number.isFinite(least) || least <= MAX_REDUCTION) return null
  const ratio = PRE_SHRUNK / least
  return { width: Math.ceil(size.width * ratio), height: Math.ceil(size.height * ratio) }
}

function prepareView(view: View, size: Size, decoded: VisiblePixels): PreparedView {
  const region = regionOf(view.part, size)
  const placement = placeRegion(view.input, region)
  const pixels = resample(decoded, {
    region: regionOf(view.part, decoded),
    content: placement.content,
    visible: visibleContent(placement),
    kernel: view.input.resize.kernel,
  })
  return { region, placement, tensor: toImageTensor(pixels, view.input, placement) }
}

async function decode(picture: Picture, size: Size | null): Promise<VisiblePixels> {
  const { data, info } = await picture.decode((pipeline) => {
    const flat = pipeline.flatten({ background: PAGE })
    const sized = size === null ? flat : flat.resize({ ...size, fit: 'fill' })
    return sized.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  })
  return toRgb(data, info)
}

/** Grey pictures come with one channel, whatever colour space is asked for. */
function toRgb(
  data: Buffer,
  info: { readonly width: number; readonly height: number; readonly channels: number },
): VisiblePixels {
  const { width, height, channels } = info
  if (channels === 3) return { data, width, height }
  const rgb = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const from = pixel * channels
    for (let channel = 0; channel < 3; channel += 1) {
      rgb[pixel * 3 + channel] = data[from + (channels < 3 ? 0 : channel)] ?? 0
    }
  }
  return { data: rgb, width, height }
}
