import sharp from 'sharp'

/** Straight-alpha RGBA, row by row, 8 bits a channel. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Part of a view box: x, y, width, height in its units. */
export type ViewBox = readonly [number, number, number, number]

/** Draws the part `view` of an SVG body at exactly the given size in pixels. */
export async function rasterise(request: {
  readonly body: string
  readonly view: ViewBox
  readonly width: number
  readonly height: number
}): Promise<Raster> {
  const { width, height, view, body } = request
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${width}" height="${height}" viewBox="${view.join(' ')}" preserveAspectRatio="none">${body}</svg>`
  const { data, info } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.width !== width || info.height !== height || info.channels !== 4) {
    throw new Error(
      `Expected ${width}x${height} RGBA, got ${info.width}x${info.height}x${info.channels}.`,
    )
  }
  return { width, height, pixels: data }
}
