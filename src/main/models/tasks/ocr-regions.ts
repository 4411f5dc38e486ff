import { grow, smallestRectangle, type Point, type TurnedRectangle } from './ocr-geometry.ts'

/** For each pixel how likely it lies inside a line of text (its core: the map shrinks lines), row by row. */
export interface TextMap {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

export interface TextRegion {
  readonly rectangle: TurnedRectangle
  /** Mean likelihood inside, 0 to 1. */
  readonly score: number
}

/** The values that PP-OCR uses with this kind of map (its `DBPostProcess`). */
const PIXEL_THRESHOLD = 0.3
const REGION_THRESHOLD = 0.6
const GROWTH = 1.5
const LEAST_CORE_PX = 3
const LEAST_LINE_PX = 5
const MAX_REGIONS = 1_000

/**
 * Lines of text in a map as "differentiable binarisation" makes it: connected pixels above a threshold, the smallest
 * rectangle around them, and the growth that undoes the shrinking. In pixels of the map.
 */
export function findTextRegions(map: TextMap): TextRegion[] {
  const regions: TextRegion[] = []
  for (const outline of listOutlines(map)) {
    if (regions.length >= MAX_REGIONS) break
    const core = smallestRectangle(outline)
    if (core === null || Math.min(core.width, core.height) < LEAST_CORE_PX) continue
    const score = meanInside(map, core)
    if (score < REGION_THRESHOLD) continue
    const { width, height } = core
    const rectangle = grow(core, (width * height * GROWTH) / (2 * (width + height)))
    if (Math.min(rectangle.width, rectangle.height) < LEAST_LINE_PX) continue
    regions.push({ rectangle, score })
  }
  return regions
}

/** The edge pixels of each group of pixels that touch, corners included. */
function* listOutlines(map: TextMap): Generator<readonly Point[]> {
  const { data, width, height } = map
  const isOpen = new Uint8Array(width * height)
  for (let at = 0; at < isOpen.length; at += 1) {
    isOpen[at] = (data[at] ?? 0) > PIXEL_THRESHOLD ? 1 : 0
  }
  for (let start = 0; start < isOpen.length; start += 1) {
    if (isOpen[start] === 1) yield takeGroup({ isOpen, width, height }, start)
  }
}

/** Marks the group's pixels with 2, so that they stay inside for the edge test but are not found again. */
function takeGroup(
  mask: { readonly isOpen: Uint8Array; readonly width: number; readonly height: number },
  start: number,
): readonly Point[] {
  const { isOpen, width, height } = mask
  const outline: Point[] = []
  const waiting = [start]
  isOpen[start] = 2
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const x = at % width
    const y = (at - x) / width
    let isEdge = x === 0 || y === 0 || x === width - 1 || y === height - 1
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
        const next = row * width + column
        if (isOpen[next] === 0) isEdge = true
        if (isOpen[next] !== 1) continue
        isOpen[next] = 2
        waiting.push(next)
      }
    }
    if (isEdge) outline.push({ x, y })
  }
  return outline
}

function meanInside(map: TextMap, rectangle: TurnedRectangle): number {
  const { centre, direction } = rectangle
  const reach = Math.hypot(rectangle.width, rectangle.height) / 2
  const bounds = {
    left: Math.max(0, Math.floor(centre.x - reach)),
    right: Math.min(map.width - 1, Math.ceil(centre.x + reach)),
    top: Math.max(0, Math.floor(centre.y - reach)),
    bottom: Math.min(map.height - 1, Math.ceil(centre.y + reach)),
  }
  let sum = 0
  let count = 0
  for (let y = bounds.top; y <= bounds.bottom; y += 1) {
    for (let x = bounds.left; x <= bounds.right; x += 1) {
      const along = (x - centre.x) * direction.x + (y - centre.y) * direction.y
      const across = (y - centre.y) * direction.x - (x - centre.x) * direction.y
      // Half a pixel more, so that rounding cannot push the rectangle's own edge out.
      const isInside =
        Math.abs(along) <= rectangle.width / 2 + 0.5 &&
        Math.abs(across) <= rectangle.height / 2 + 0.5
      if (!isInside) continue
      sum += map.data[y * map.width + x] ?? 0
      count += 1
    }
  }
  return count === 0 ? 0 : sum / count
}
