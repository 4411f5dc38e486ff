import type { Colour, Lch } from './colour.ts'
import { hexToRgb, lchToHex, rgbToLch } from './colour.ts'

/** What each colour word looks like when a thing is painted with it. */
const PAINTS = {
  red: { l: 0.6, c: 0.22, h: 26 },
  orange: { l: 0.74, c: 0.17, h: 60 },
  yellow: { l: 0.86, c: 0.17, h: 96 },
  green: { l: 0.63, c: 0.17, h: 146 },
  blue: { l: 0.58, c: 0.17, h: 256 },
  purple: { l: 0.54, c: 0.19, h: 302 },
  pink: { l: 0.77, c: 0.14, h: 354 },
  brown: { l: 0.48, c: 0.09, h: 52 },
  black: { l: 0.27, c: 0.005, h: 260 },
  white: { l: 0.95, c: 0.004, h: 260 },
  grey: { l: 0.66, c: 0.005, h: 260 },
} as const satisfies Record<Colour, Lch>

/** The paint itself as sRGB channels. */
export function paintRgb(colour: Colour): readonly [number, number, number] {
  return hexToRgb(lchToHex(PAINTS[colour]))
}

const HEX = /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/gi

function hueGap(first: number, second: number): number {
  const gap = Math.abs(first - second) % 360
  return gap > 180 ? 360 - gap : gap
}

/**
 * Repaints an icon: every colour whose hue is near that of `base` (the art's own main colour) moves
 * to the paint; lighter and darker parts stay lighter and darker, other colours stay as they are.
 */
export function paintBody(body: string, base: Lch, paint: Colour): string {
  const target = PAINTS[paint]
  return body.replace(HEX, (hex) => {
    const colour = rgbToLch(hexToRgb(hex))
    const isMain = colour.c > 0.04 && hueGap(colour.h, base.h) < 45
    if (!isMain) return hex
    const turn = ((colour.h - base.h + 540) % 360) - 180
    return lchToHex({
      l: Math.min(0.98, Math.max(0.12, target.l + (colour.l - base.l) * 0.7)),
      c: target.c * Math.min(1.25, colour.c / Math.max(0.05, base.c)),
      h: (target.h + turn * 0.4 + 360) % 360,
    })
  })
}
