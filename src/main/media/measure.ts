import type { ImageQuality } from '../../shared/domain/image-quality.ts'
import { sharp } from './configured-sharp.ts'
import { openPicture } from './picture.ts'
import { measurePixels, type Pixels } from './pixel-measures.ts'
import { readUnchanged } from './read-unchanged.ts'
import { writeAtomically } from './render.ts'
import type { MeasureArgs } from './requests.ts'
import { WEBP_EFFORT } from './webp-settings.ts'

/**
 * All pictures are measured at one size, because sharpness and the like depend on it. Smaller ones stay as they are: an
 * enlarged picture is a blurred one.
 */
const LONGER_SIDE = 512

/** Measures a picture's first frame and, where it is wanted, makes its thumbnail of the same pixels. Throws AppError. */
export async function measurePicture(args: MeasureArgs): Promise<ImageQuality> {
  const picture = openPicture(await readUnchanged(args))
  const { data, info } = await picture.decode((pipeline) =>
    pipeline
      .resize(LONGER_SIDE, LONGER_SIDE, {
        fit: 'inside',
        withoutEnlargement: picture.format !== 'svg',
      })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true }),
  )
  const { width, height, channels } = info
  if (args.thumbnail !== null) {
    const { target, maxPx, quality } = args.thumbnail
    const webp = await sharp(data, { raw: { width, height, channels } })
      .resize(maxPx, maxPx, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality, effort: WEBP_EFFORT })
      .toBuffer()
    await writeAtomically(target, webp)
  }
  const pixels: Pixels = { data, width, height, channels }
  return { ...measurePixels(pixels), frames: await picture.countFrames() }
}
