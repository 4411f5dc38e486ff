export interface Point {
  readonly x: number
  readonly y: number
}

/** Corners in the order of reading: where the text starts at the top, its end at the top, its end below, its start below. */
export type Quad = readonly [Point, Point, Point, Point]

/** A rectangle at any angle. `direction` is a unit vector along `width`. */
export interface TurnedRectangle {
  readonly centre: Point
  readonly direction: Point
  readonly width: number
  readonly height: number
}

/** The smallest rectangle around points, which has a side in common with their hull. */
export function smallestRectangle(points: readonly Point[]): TurnedRectangle | null {
  const hull = convexHull(points)
  let best: TurnedRectangle | null = null
  for (const [index, from] of hull.entries()) {
    const to = hull[(index + 1) % hull.length] ?? from
    const length = distance(from, to)
    const direction = length === 0 ? { x: 1, y: 0 } : unit(from, to, length)
    const found = rectangleAlong(hull, direction)
    if (best === null || found.width * found.height < best.width * best.height) best = found
  }
  return best
}

/** The rectangle with each side moved outwards by a distance. */
export function grow(rectangle: TurnedRectangle, by: number): TurnedRectangle {
  return { ...rectangle, width: rectangle.width + 2 * by, height: rectangle.height + 2 * by }
}

/** Corners as they lie in the picture: of the two left ones the upper first, then clockwise. */
export function cornersOf({ centre, direction, width, height }: TurnedRectangle): Quad {
  const corner = (along: number, across: number): Point => ({
    x: centre.x + (direction.x * along * width) / 2 - (direction.y * across * height) / 2,
    y: centre.y + (direction.y * along * width) / 2 + (direction.x * across * height) / 2,
  })
  const byX = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)].sort(
    (left, right) => left.x - right.x,
  )
  const [topLeft, bottomLeft] = upperFirst(byX[0] ?? centre, byX[1] ?? centre)
  const [topRight, bottomRight] = upperFirst(byX[2] ?? centre, byX[3] ?? centre)
  return [topLeft, topRight, bottomRight, bottomLeft]
}

/** The same corners, starting `steps` later. */
export function startAt(quad: Quad, steps: number): Quad {
  const at = (index: number): Point => quad[(index + steps) % 4] ?? quad[0]
  return [at(0), at(1), at(2), at(3)]
}

/** Length of the longer of two opposite sides each. */
export function sizeOf(quad: Quad): { readonly width: number; readonly height: number } {
  const [topLeft, topRight, bottomRight, bottomLeft] = quad
  return {
    width: Math.max(distance(topLeft, topRight), distance(bottomLeft, bottomRight)),
    height: Math.max(distance(topLeft, bottomLeft), distance(topRight, bottomRight)),
  }
}

export function distance(from: Point, to: Point): number {
  return Math.hypot(to.x - from.x, to.y - from.y)
}

function upperFirst(one: Point, other: Point): readonly [Point, Point] {
  return one.y <= other.y ? [one, other] : [other, one]
}

function unit(from: Point, to: Point, length: number): Point {
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
}

function rectangleAlong(points: readonly Point[], direction: Point): TurnedRectangle {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    const along = x * direction.x + y * direction.y
    const across = y * direction.x - x * direction.y
    left = Math.min(left, along)
    right = Math.max(right, along)
    top = Math.min(top, across)
    bottom = Math.max(bottom, across)
  }
  const along = (left + right) / 2
  const across = (top + bottom) / 2
  return {
    centre: {
      x: along * direction.x - across * direction.y,
      y: along * direction.y + across * direction.x,
    },
    direction,
    width: right - left,
    height: bottom - top,
  }
}

/** Andrew's monotone chain. */
function convexHull(points: readonly Point[]): readonly Point[] {
  const sorted = points.toSorted((left, right) => left.x - right.x || left.y - right.y)
  if (sorted.length < 3) return sorted
  const lower = halfHull(sorted)
  const upper = halfHull(sorted.toReversed())
  return [...lower.slice(0, -1), ...upper.slice(0, -1)]
}

function halfHull(sorted: readonly Point[]): Point[] {
  const hull: Point[] = []
  for (const point of sorted) {
    for (;;) {
      const last = hull.at(-1)
      const before = hull.at(-2)
      if (last === undefined || before === undefined || turn(before, last, point) > 0) break
      hull.pop()
    }
    hull.push(point)
  }
  return hull
}

function turn(from: Point, over: Point, to: Point): number {
  return (over.x - from.x) * (to.y - from.y) - (over.y - from.y) * (to.x - from.x)
}
