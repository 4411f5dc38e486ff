import type { PictureLook } from './picture-look.ts'

/** Where the places lie that a phrase fits, over how much of the picture, and in how many heaps. */
export interface PlaceShape {
  /** Mean middle of the places, each counted as the soft maximum counts it; in shares of the picture. */
  readonly centre: { readonly x: number; readonly y: number }
  /**
   * Share of the picture that fits, 0 to 1: the mean square of how far each place is on the way from the median to the
   * best one. Null for tiles, which overlap, and where all places are alike.
   */
  readonly extent: number | null
  /** Separate summits near the best place's height; null as `extent`. */
  readonly peaks: number | null
}

/** A summit counts from this share of the way from the median to the best place on... */
const PEAK_LEVEL = 0.9
/** ...and with a valley this deep, on the same scale, before the next higher one. */
const PEAK_DIP = 0.05

export interface ShapeInput {
  readonly cosines: Float32Array
  readonly cells: Pick<PictureLook['cells'], 'places' | 'grid'>
  readonly best: number
  readonly median: number
  readonly sharpness: number
}

export function shapeOf(input: ShapeInput): PlaceShape {
  const { cosines, cells, best, median } = input
  const { grid } = cells
  const centre = centreOf(input)
  if (grid === null || best === median) return { centre, extent: null, peaks: null }
  const levels = new Float32Array(cosines.length)
  let squares = 0
  for (let place = 0; place < levels.length; place += 1) {
    const level = ((cosines[place] ?? 0) - median) / (best - median)
    levels[place] = level
    if (level > 0) squares += level * level
  }
  return { centre, extent: squares / levels.length, peaks: countPeaks(levels, grid) }
}

function centreOf({ cosines, cells, best, sharpness }: ShapeInput): PlaceShape['centre'] {
  let [x, y, total] = [0, 0, 0]
  for (let index = 0; index < cells.places.length; index += 1) {
    const place = cells.places[index]
    if (place === undefined) continue
    const weight = Math.exp(sharpness * ((cosines[index] ?? 0) - best))
    x += weight * (place.x + place.width / 2)
    y += weight * (place.y + place.height / 2)
    total += weight
  }
  return { x: x / total, y: y / total }
}

type Grid = NonNullable<ShapeInput['cells']['grid']>

/**
 * Floods the landscape from above: a place without a higher neighbour is a summit, and where two hills meet, the lower
 * one counts if it stood high enough over the meeting place (its topological persistence).
 */
function countPeaks(levels: Float32Array, grid: Grid): number {
  const lowest = PEAK_LEVEL - PEAK_DIP
  const falling: number[] = []
  for (let place = 0; place < levels.length; place += 1) {
    if (levelAt(place) >= lowest) falling.push(place)
  }
  falling.sort((left, right) => levelAt(right) - levelAt(left) || left - right)
  /** Each place with the one that it was joined to; summits with themselves. */
  const joined = new Map<number, number>()
  let peaks = 0
  for (const place of falling) {
    const hills = new Set(neighboursOf(place, grid).flatMap((next) => summitOf(next) ?? []))
    const [highest = place, ...lower] = [...hills].sort(
      (left, right) => levelAt(right) - levelAt(left) || left - right,
    )
    joined.set(place, highest)
    for (const summit of lower) {
      if (levelAt(summit) >= PEAK_LEVEL && levelAt(summit) - levelAt(place) >= PEAK_DIP) peaks += 1
      joined.set(summit, highest)
    }
  }
  const left = [...joined].filter(([place, to]) => place === to && levelAt(place) >= PEAK_LEVEL)
  return peaks + left.length

  function levelAt(place: number): number {
    return levels[place] ?? 0
  }

  function summitOf(place: number): number | null {
    let at = joined.get(place)
    while (at !== undefined && joined.get(at) !== at) at = joined.get(at)
    return at ?? null
  }
}

/** The up to eight places around one. */
function neighboursOf(place: number, { columns, rows }: Grid): number[] {
  const column = place % columns
  const row = Math.floor(place / columns)
  const found: number[] = []
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
      if (x !== column || y !== row) found.push(y * columns + x)
    }
  }
  return found
}
