import sharp from 'sharp'
import type { Sharp } from 'sharp'

/** 8 bits a channel, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Straight-alpha RGBA. */
export type Raster = Pixels

/** Part of a view box: x, y, width, height in its units. */
export type ViewBox = readonly [number, number, number, number]

interface Request {
  readonly body: string
  readonly view: ViewBox
  readonly width: number
  readonly height: number
}

function svgOf({ width, height, view, body }: Request): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
      `width="${width}" height="${height}" viewBox="${view.join(' ')}" preserveAspectRatio="none">${body}</svg>`,
  )
}

async function toPixels(image: Sharp, request: Request, channels: 3 | 4): Promise<Pixels> {
  const { width, height } = request
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  if (info.width !== width || info.height !== height || info.channels !== channels) {
    throw new Error(
      `Expected ${width}x${height} pixels of ${channels} channels, got ${info.width}x${info.height} of ${info.channels}.`,
    )
  }
  return { width, height, pixels: data }
}

/** Draws the part `view` of an SVG body at exactly the given size in pixels. */
export function rasterise(request: Request): Promise<Raster> {
  return toPixels(sharp(svgOf(request)).ensureAlpha(), request, 4)
}

/** The same for a drawing that covers everything: RGB, mirrored left to right if asked. */
export function rasteriseOpaque(
  request: Request & { readonly mirrored: boolean },
): Promise<Pixels> {
  const image = sharp(svgOf(request)).removeAlpha()
  return toPixels(request.mirrored ? image.flop() : image, request, 3)
}
