import type { ImageQuality } from '../../shared/domain/image-quality.ts'
import { varianceOfLaplacian } from './sharpness.ts'

/** 8 bits a channel, row by row: grey, grey and alpha, RGB, or RGB and alpha. */
export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
}

const LEVELS = 256
/** Up to here luma is nearly black, and from its mirror image on nearly white: a twentieth of the range. */
const NEAR_END = 12
/** So far from the median colour, in each channel, a pixel still has nearly that colour. */
const NEAR_COLOUR = 16

/**
 * What the pixels say of a picture. Transparent places count as a white page, as they do in training. Luma is that of
 * Rec. 601; entropy is Shannon's (1948) of the luma's histogram; sharpness is the variance of the Laplacian (J. L.
 * Pech-Pacheco and others, "Diatom autofocusing in brightfield microscopy", 2000), of the picture as it is given.
 */
export function measurePixels(pixels: Pixels): Omit<ImageQuality, 'frames'> {
  const rgb = toRgb(pixels)
  const luma = toLuma(rgb)
  const histogram = countLevels(luma, 0, 1)
  const { mean, deviation } = describe(histogram, luma.length)
  return {
    brightness: (100 * mean) / (LEVELS - 1),
    contrast: (100 * deviation) / (LEVELS - 1),
    black: shareOf(histogram, 0, NEAR_END),
    white: shareOf(histogram, LEVELS - 1 - NEAR_END, LEVELS - 1),
    sharpness: varianceOfLaplacian(luma, pixels),
    entropy: entropyOf(histogram, luma.length),
    colour: measureColour(rgb),
    plain: measurePlainness(rgb),
  }
}

function toRgb({ data, width, height, channels }: Pixels): Uint8Array {
  if (channels === 3) return data
  const count = width * height
  const rgb = new Uint8Array(count * 3)
  const hasAlpha = channels === 2 || channels === 4
  const isGrey = channels < 3
  for (let pixel = 0; pixel < count; pixel += 1) {
    const at = pixel * channels
    const alpha = hasAlpha ? (data[at + channels - 1] ?? 0) / 255 : 1
    for (let channel = 0; channel < 3; channel += 1) {
      const value = data[at + (isGrey ? 0 : channel)] ?? 0
      rgb[pixel * 3 + channel] = Math.round(value * alpha + 255 * (1 - alpha))
    }
  }
  return rgb
}

function toLuma(rgb: Uint8Array): Uint8Array {
  const luma = new Uint8Array(rgb.length / 3)
  for (let pixel = 0, at = 0; pixel < luma.length; pixel += 1, at += 3) {
    luma[pixel] = Math.round(
      0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0),
    )
  }
  return luma
}

function countLevels(values: Uint8Array, from: number, stride: number): Uint32Array {
  const counts = new Uint32Array(LEVELS)
  for (let at = from; at < values.length; at += stride) {
    const level = values[at] ?? 0
    counts[level] = (counts[level] ?? 0) + 1
  }
  return counts
}

function describe(
  histogram: Uint32Array,
  total: number,
): { readonly mean: number; readonly deviation: number } {
  let sum = 0
  let squares = 0
  for (const [level, count] of histogram.entries()) {
    sum += level * count
    squares += level * level * count
  }
  const mean = sum / total
  return { mean, deviation: Math.sqrt(Math.max(0, squares / total - mean * mean)) }
}

/** In percent, both ends included. */
function shareOf(histogram: Uint32Array, from: number, to: number): number {
  let inside = 0
  let total = 0
  for (const [level, count] of histogram.entries()) {
    total += count
    if (level >= from && level <= to) inside += count
  }
  return (100 * inside) / total
}

function entropyOf(histogram: Uint32Array, total: number): number {
  let bits = 0
  for (const count of histogram) {
    if (count > 0) bits -= (count / total) * Math.log2(count / total)
  }
  return bits
}

/**
 * D. Hasler and S. Suesstrunk, "Measuring colourfulness in natural images" (2003), equation 3: 0 for grey pictures,
 * above 80 for very colourful ones.
 */
function measureColour(rgb: Uint8Array): number {
  let redGreen = 0
  let redGreenSquares = 0
  let yellowBlue = 0
  let yellowBlueSquares = 0
  for (let at = 0; at < rgb.length; at += 3) {
    const red = rgb[at] ?? 0
    const green = rgb[at + 1] ?? 0
    const rg = red - green
    const yb = (red + green) / 2 - (rgb[at + 2] ?? 0)
    redGreen += rg
    redGreenSquares += rg * rg
    yellowBlue += yb
    yellowBlueSquares += yb * yb
  }
  const count = rgb.length / 3
  const meanRg = redGreen / count
  const meanYb = yellowBlue / count
  const variance =
    redGreenSquares / count - meanRg * meanRg + (yellowBlueSquares / count - meanYb * meanYb)
  return Math.sqrt(Math.max(0, variance)) + 0.3 * Math.hypot(meanRg, meanYb)
}

/** Share of the pixels, in percent, that have nearly the median colour. */
function measurePlainness(rgb: Uint8Array): number {
  const count = rgb.length / 3
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((channel) =>
    medianOf(countLevels(rgb, channel, 3), count),
  )
  let near = 0
  for (let at = 0; at < rgb.length; at += 3) {
    const isNear =
      Math.abs((rgb[at] ?? 0) - red) <= NEAR_COLOUR &&
      Math.abs((rgb[at + 1] ?? 0) - green) <= NEAR_COLOUR &&
      Math.abs((rgb[at + 2] ?? 0) - blue) <= NEAR_COLOUR
    if (isNear) near += 1
  }
  return (100 * near) / count
}

function medianOf(histogram: Uint32Array, total: number): number {
  let seen = 0
  for (const [level, count] of histogram.entries()) {
    seen += count
    if (seen * 2 >= total) return level
  }
  return 0
}
