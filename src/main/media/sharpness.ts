import { openPicture } from './picture.ts'
import { readUnchanged } from './read-unchanged.ts'
import type { SharpnessArgs } from './requests.ts'

/** Copies of one picture are compared at one size, so that a blurred enlargement does not win by its pixels. */
const LONGER_SIDE = 512

/**
 * How sharp a picture is: the variance of its Laplacian, on brightness from 0 to 255 (J. L. Pech-Pacheco and others,
 * "Diatom autofocusing in brightfield microscopy", 2000). To be compared between pictures of one thing only.
 */
export async function measureSharpness(args: SharpnessArgs): Promise<number> {
  const picture = openPicture(await readUnchanged(args))
  const { data, info } = await picture.decode((pipeline) =>
    pipeline
      .flatten({ background: '#ffffff' })
      .resize(LONGER_SIDE, LONGER_SIDE, { fit: 'inside' })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true }),
  )
  return varianceOfLaplacian(data, info)
}

/** Of one channel, row by row; 0 where there are no inner pixels. */
export function varianceOfLaplacian(
  grey: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): number {
  let sum = 0
  let squares = 0
  let count = 0
  const at = (x: number, y: number): number => grey[y * width + x] ?? 0
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const value = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y)
      sum += value
      squares += value * value
      count += 1
    }
  }
  if (count === 0) return 0
  const mean = sum / count
  return squares / count - mean * mean
}
