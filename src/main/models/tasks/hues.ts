import type { PictureLook, PlaceInPicture } from './picture-look.ts'

/** The basic colour words, in the order of `hueShares`. */
const HUES = [
  'red',
  'orange',
  'yellow',
  'green',
  'blue',
  'purple',
  'pink',
  'brown',
  'black',
  'white',
  'grey',
] as const
export type Hue = (typeof HUES)[number]

/** Shares of a place's pixels by the colour word that names them best; they add up to 1. */
export function hueShares(
  colours: PictureLook['colours'],
  place: PlaceInPicture,
): Readonly<Record<Hue, number>> {
  return hueSharesIn(colours, [place])
}

/** The same of all pixels of several places. */
export function hueSharesIn(
  { data, width, height, frame }: PictureLook['colours'],
  places: readonly PlaceInPicture[],
): Readonly<Record<Hue, number>> {
  const column = (share: number): number => ((share - frame.x) / frame.width) * width
  const row = (share: number): number => ((share - frame.y) / frame.height) * height
  const counts = { ...NO_HUES }
  let total = 0
  for (const place of places) {
    const left = clamp(Math.floor(column(place.x)), width - 1)
    const top = clamp(Math.floor(row(place.y)), height - 1)
    const right = Math.max(left + 1, clamp(Math.ceil(column(place.x + place.width)), width))
    const bottom = Math.max(top + 1, clamp(Math.ceil(row(place.y + place.height)), height))
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        const at = (y * width + x) * 3
        counts[nameHue(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)] += 1
      }
    }
    total += (right - left) * (bottom - top)
  }
  for (const hue of HUES) counts[hue] /= Math.max(1, total)
  return counts
}

const NO_HUES: Readonly<Record<Hue, number>> = {
  ...{ red: 0, orange: 0, yellow: 0, green: 0, blue: 0, purple: 0 },
  ...{ pink: 0, brown: 0, black: 0, white: 0, grey: 0 },
}

/** The basic colour word of a pixel, by its hue, saturation and brightness. */
export function nameHue(red: number, green: number, blue: number): Hue {
  const most = Math.max(red, green, blue)
  const least = Math.min(red, green, blue)
  const range = most - least
  const value = most / 255
  const saturation = most === 0 ? 0 : range / most
  if (value < 0.18) return 'black'
  if (saturation < 0.14) return value > 0.85 ? 'white' : value < 0.28 ? 'black' : 'grey'
  const degrees = hueDegrees({ red, green, blue, most, range })
  if (degrees < 15 || degrees >= 345) {
    if (saturation < 0.5 && value > 0.75) return 'pink'
    return value < 0.45 ? 'brown' : 'red'
  }
  if (degrees < 42) return value < 0.72 || (saturation < 0.5 && value < 0.85) ? 'brown' : 'orange'
  if (degrees < 68) return value < 0.5 ? 'brown' : 'yellow'
  if (degrees < 170) return 'green'
  if (degrees < 255) return 'blue'
  if (degrees < 300) return 'purple'
  return value > 0.6 ? 'pink' : 'purple'
}

function hueDegrees(of: {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly most: number
  readonly range: number
}): number {
  const { red, green, blue, most, range } = of
  const sixth =
    most === red
      ? ((green - blue) / range + 6) % 6
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4
  return sixth * 60
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value))
}
