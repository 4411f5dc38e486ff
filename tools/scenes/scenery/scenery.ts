import type { Colour } from '../colour.ts'
import type { Place, SizeClass } from '../concepts/concept.ts'
import type { Random } from '../random.ts'

export const SCENERY_KINDS = [
  'meadow',
  'park',
  'desert',
  'snow',
  'night',
  'beach',
  'street',
  'room',
  'table',
  'underwater',
  'studio',
] as const
export type SceneryKind = (typeof SCENERY_KINDS)[number]

/** All scenery is drawn 576 units high; the width follows from the picture's shape. */
export const REFERENCE_HEIGHT = 576

/** A band of the picture, in units from the top, in which things of one kind of place may be. */
export interface Zone {
  readonly place: Place
  /** `base`: the foot of a thing lies between top and bottom. `centre`: the middle of a thing does. */
  readonly by: 'base' | 'centre'
  readonly top: number
  readonly bottom: number
  /** What a thing here is seen against, as sRGB channels. */
  readonly behind: readonly (readonly [number, number, number])[]
  /** Where such a thing is, in words that follow a verb: "on the grass". */
  readonly words: readonly string[]
}

export interface Scenery {
  readonly kind: SceneryKind
  /** Inside of an `<svg>` with view box `0 0 width 576`. */
  readonly body: string
  readonly zones: readonly Zone[]
  /** Size in units of the longer side of a thing near the viewer. */
  readonly sizes: Readonly<Record<SizeClass, number>>
  /** How much of its size a thing at the far end of its zone keeps. */
  readonly farScale: number
  /** Things of the scenery itself that may be said of the picture. */
  readonly elements: readonly string[]
  /** Noun phrases for the whole setting, with article. */
  readonly settings: readonly string[]
  /** Short forms that close an alt-text: "in a meadow". */
  readonly shortSettings: readonly string[]
  /** Main colour words of the scenery, for nothing but contrast. */
  readonly colours: readonly Colour[]
  /** Darkness of the shadow on the ground, 0..1. */
  readonly shadow: number
}

export interface SceneryRequest {
  readonly width: number
  readonly random: Random
}

export type DrawScenery = (request: SceneryRequest) => Scenery

/** A vertical gradient definition. */
export function gradient(id: string, stops: readonly (readonly [number, string])[]): string {
  const inner = stops
    .map(([offset, colour]) => `<stop offset="${offset}" stop-color="${colour}"/>`)
    .join('')
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${inner}</linearGradient>`
}

export function rectangle(request: {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly fill: string
  readonly opacity?: number
}): string {
  const { x, y, width, height, fill, opacity = 1 } = request
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${fill}" opacity="${opacity}"/>`
}

/** A number as it stands in an SVG: two decimals at most, so that the text is the same everywhere. */
export function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/**
 * A soft hill line across the whole width, filled down to the bottom. Its top stays between
 * `y - swing` and `y + swing`.
 */
export function hill(request: {
  readonly width: number
  readonly y: number
  readonly swing: number
  readonly fill: string
  readonly random: Random
}): string {
  const { width, y, swing, fill, random } = request
  const steps = 3
  const span = width / steps
  const heights = Array.from({ length: steps + 1 }, () => y + random.between(-swing, swing))
  let path = `M0 ${n(heights[0] ?? y)}`
  for (let step = 0; step < steps; step += 1) {
    const from = heights[step] ?? y
    const to = heights[step + 1] ?? y
    const x = step * span
    path += `C${n(x + span * 0.4)} ${n(from)} ${n(x + span * 0.6)} ${n(to)} ${n(x + span)} ${n(to)}`
  }
  return `<path d="${path}V${REFERENCE_HEIGHT}H0Z" fill="${fill}"/>`
}

/** A soft disc of light. */
export function glow(request: {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly colour: string
  readonly opacity: number
}): string {
  const { id, x, y, radius, colour, opacity } = request
  return (
    `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${opacity}"/>` +
    `<stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>` +
    `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="url(#${id})"/>`
  )
}
