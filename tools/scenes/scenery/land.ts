import type { Random } from '../random.ts'
import { gradient, n, rectangle, REFERENCE_HEIGHT } from './scenery.ts'

export const OUTDOOR_SIZES = { tiny: 64, small: 96, medium: 142, large: 205, huge: 285 } as const
export const COUNTRY_ZONE = { by: 'base', top: 408, bottom: 545 } as const
export const SKY_ZONE = { by: 'centre', top: 62, bottom: 215 } as const

export function skyOf(width: number, stops: readonly (readonly [number, string])[]): string {
  return `<defs>${gradient('sky', stops)}</defs>${rectangle({ x: 0, y: 0, width, height: REFERENCE_HEIGHT, fill: 'url(#sky)' })}`
}

export function tufts(width: number, random: Random, colour: string): string {
  let path = ''
  for (let index = 0; index < 22; index += 1) {
    const x = random.between(0, width)
    const y = random.between(440, 566)
    const size = 4 + ((y - 440) / 126) * 5
    path += `M${n(x)} ${n(y)}q${n(-size * 0.3)} ${n(-size)} ${n(-size * 0.8)} ${n(-size * 1.2)}M${n(x)} ${n(y)}v${n(-size * 1.6)}M${n(x)} ${n(y)}q${n(size * 0.3)} ${n(-size)} ${n(size * 0.8)} ${n(-size * 1.2)}`
  }
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.2" stroke-linecap="round" opacity=".55"/>`
}
