import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { dotEach } from './dots.ts'

/** How vectors of one sort lie: their mean and their covariance. */
interface Moment {
  readonly mean: Float32Array
  /** Row by row. */
  readonly covariance: Float32Array
}

/** What a pack tells about its space: how pictures lie in it, and texts of each type that mean nothing in particular. */
export interface Moments {
  readonly image: Moment
  readonly text: ReadonlyMap<string, Moment>
}

const moment = z.object({ count: z.number(), mean: z.base64(), covariance: z.base64() })
const file = z.object({
  dimension: z.int().positive(),
  image: moment,
  text: z.record(z.string(), moment),
})

/** Reads a pack's moments (docs/formats/pack.md). Throws PACK_INVALID. */
export async function readMoments(path: string, dimension: number): Promise<Moments> {
  try {
    const read = file.parse(JSON.parse(await readFile(path, 'utf8')))
    if (read.dimension !== dimension) throw new Error(`They have ${read.dimension} numbers.`)
    return {
      image: toMoment(read.image, dimension),
      text: new Map(
        Object.entries(read.text).map(([kind, each]) => [kind, toMoment(each, dimension)]),
      ),
    }
  } catch (error) {
    throw new AppError(
      'PACK_INVALID',
      `The moments of this model pack cannot be read: means and covariances of vectors of ${dimension} numbers were expected. Verify the pack, or install it again.`,
      { cause: error },
    )
  }
}

/** The mean that dot products with a vector have, and their standard deviation. */
export interface Spread {
  readonly mean: number
  readonly deviation: number
}

/** How dot products of vectors that lie so with this one spread: `v.m` and `sqrt(v' C v)`. */
export function spreadOf(vector: Float32Array, { mean, covariance }: Moment): Spread {
  const rows = dotEach(covariance, vector, new Float64Array(vector.length))
  let middle = 0
  let variance = 0
  for (let row = 0; row < rows.length; row += 1) {
    const value = vector[row] ?? 0
    middle += value * (mean[row] ?? 0)
    variance += value * (rows[row] ?? 0)
  }
  return { mean: middle, deviation: Math.sqrt(Math.max(variance, 1e-12)) }
}

/**
 * How far a cosine lies above what this phrase has with pictures in general and this picture with phrases in general,
 * in standard deviations, halved between the two.
 */
export function momentScore(cosine: number, overPictures: Spread, overPhrases: Spread): number {
  const left = (cosine - overPictures.mean) / overPictures.deviation
  const right = (cosine - overPhrases.mean) / overPhrases.deviation
  return (left + right) / 2
}

function toMoment(stored: z.infer<typeof moment>, dimension: number): Moment {
  const mean = toNumbers(stored.mean)
  const covariance = toNumbers(stored.covariance)
  if (mean.length !== dimension || covariance.length !== dimension * dimension) {
    throw new Error('A mean or covariance has another size.')
  }
  return { mean, covariance }
}

function toNumbers(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64')
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) =>
    bytes.readFloatLE(index * 4),
  )
}
