import { createRandom } from '../random.ts'
import { drawNight, drawSnow } from './cold.ts'
import { drawDesert, drawMeadow, drawPark } from './country.ts'
import { drawRoom, drawStudio, drawTable } from './indoors.ts'
import type { DrawScenery, Scenery, SceneryKind } from './scenery.ts'
import { drawStreet } from './town.ts'
import { drawBeach, drawUnderwater } from './water.ts'

const DRAWERS = {
  meadow: drawMeadow,
  park: drawPark,
  desert: drawDesert,
  snow: drawSnow,
  night: drawNight,
  beach: drawBeach,
  street: drawStreet,
  room: drawRoom,
  table: drawTable,
  underwater: drawUnderwater,
  studio: drawStudio,
} as const satisfies Record<SceneryKind, DrawScenery>

/** Each kind of scenery comes in this many drawings, and each of them mirrored. */
export const SCENERY_VARIANTS = 16

const known = new Map<string, Scenery>()

/** The scenery of one kind and variant for a picture `width` units wide (and 576 high). */
export function scenery(kind: SceneryKind, variant: number, width: number): Scenery {
  const key = `${kind} ${variant} ${width}`
  const found = known.get(key)
  if (found) return found
  const drawn = DRAWERS[kind]({ width, random: createRandom(`scenery ${kind} ${variant}`) })
  known.set(key, drawn)
  return drawn
}
