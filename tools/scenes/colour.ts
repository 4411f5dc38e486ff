/** The eleven basic colour words; the only ones a caption may claim. */
export const COLOURS = [
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
export type Colour = (typeof COLOURS)[number]

/** OKLCH: lightness 0..1, chroma 0..about 0.37, hue in degrees 0..360 (Björn Ottosson's OKLab). */
export interface Lch {
  readonly l: number
  readonly c: number
  readonly h: number
}

type Rgb = readonly [number, number, number]

function toLinear(channel: number): number {
  const value = channel / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function toChannel(linear: number): number {
  const value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(value * 255)
}

/** sRGB channels 0..255 to OKLCH. */
export function rgbToLch([red, green, blue]: Rgb): Lch {
  const r = toLinear(red)
  const g = toLinear(green)
  const b = toLinear(blue)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const hue = (Math.atan2(bb, a) * 180) / Math.PI
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: hue < 0 ? hue + 360 : hue,
  }
}

function lchToLinear({ l, c, h }: Lch): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

/** OKLCH to `#rrggbb`; chroma is lowered until the colour fits into sRGB. */
export function lchToHex(colour: Lch): string {
  let chroma = colour.c
  let linear = lchToLinear(colour)
  while (chroma > 0.001 && linear.some((value) => value < -0.0005 || value > 1.0005)) {
    chroma *= 0.94
    linear = lchToLinear({ ...colour, c: chroma })
  }
  return `#${linear
    .map((value) =>
      toChannel(Math.min(1, Math.max(0, value)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

/** `#rgb` or `#rrggbb` to channels 0..255. */
export function hexToRgb(hex: string): Rgb {
  const digits = hex.slice(1)
  const wide =
    digits.length === 3
      ? Array.from(digits)
          .map((digit) => digit + digit)
          .join('')
      : digits
  const value = Number.parseInt(wide, 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** The word most people would use, or null in the gaps between words, where no claim is made. */
export function nameColour(rgb: Rgb): Colour | null {
  const { l, c, h } = rgbToLch(rgb)
  if (c < 0.03 || (l < 0.27 && c < 0.05)) return nameGrey(l)
  if (c < 0.05) return l > 0.93 ? 'white' : null
  return nameHue({ l, c, h })
}

function nameGrey(l: number): Colour | null {
  if (l > 0.88) return 'white'
  if (l < 0.38) return 'black'
  return l > 0.45 && l < 0.82 ? 'grey' : null
}

function nameHue({ l, c, h }: Lch): Colour | null {
  if (h >= 30 && h < 95 && l < 0.62 && c < 0.135) return l > 0.25 ? 'brown' : null
  if (h >= 335 || h < 24) {
    if (l > 0.685 && c > 0.06) return 'pink'
    if (h < 335 && h >= 24) return null
    return c > 0.13 && (h >= 8 || h > 355) ? 'red' : null
  }
  if (h < 38) return c > 0.14 && l < 0.69 ? 'red' : null
  if (h < 48) return null
  if (h < 76) return c > 0.14 && l > 0.64 ? 'orange' : null
  if (h < 84) return null
  if (h < 113) return c > 0.1 && l > 0.76 ? 'yellow' : null
  if (h < 122) return null
  if (h < 172) return c > 0.07 ? 'green' : null
  if (h < 225) return null
  if (h < 282) return c > 0.07 ? 'blue' : null
  if (h < 288) return null
  return c > 0.08 && l < 0.76 ? 'purple' : null
}

/** Straight-line distance in OKLab; 0.1 is easy to see, below 0.05 things melt into each other. */
export function colourDistance(first: Rgb, second: Rgb): number {
  const a = rgbToLch(first)
  const b = rgbToLch(second)
  const toPoint = ({ c, h }: Lch): readonly [number, number] => [
    c * Math.cos((h * Math.PI) / 180),
    c * Math.sin((h * Math.PI) / 180),
  ]
  const [ax, ay] = toPoint(a)
  const [bx, by] = toPoint(b)
  return Math.hypot(a.l - b.l, ax - bx, ay - by)
}
