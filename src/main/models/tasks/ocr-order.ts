import { distance, type Point, type Quad } from './ocr-geometry.ts'

/** Two lines stand in one row when they share this much of the lower one's height. */
const ROW_OVERLAP = 0.5

/**
 * Lines as a person reads them: rows from the top, in each from the left, both in the direction that most of the text
 * runs in. Columns are not told apart.
 */
export function inReadingOrder<Line extends { readonly quad: Quad }>(
  lines: readonly Line[],
): Line[] {
  const direction = mainDirection(lines)
  const placed = lines.map((line) => place(line, direction)).sort((one, two) => one.top - two.top)
  const rows: Placed<Line>[][] = []
  for (const line of placed) {
    const row = rows.find((others) => others.some((other) => isBeside(other, line)))
    if (row === undefined) rows.push([line])
    else row.push(line)
  }
  return rows.flatMap((row) => row.sort((one, two) => one.left - two.left).map(({ line }) => line))
}

interface Placed<Line> {
  readonly line: Line
  readonly left: number
  readonly top: number
  readonly bottom: number
}

/** A unit vector; each line counts by its length. */
function mainDirection(lines: readonly { readonly quad: Quad }[]): Point {
  let x = 0
  let y = 0
  for (const { quad } of lines) {
    x += quad[1].x - quad[0].x
    y += quad[1].y - quad[0].y
  }
  const length = distance({ x: 0, y: 0 }, { x, y })
  return length === 0 ? { x: 1, y: 0 } : { x: x / length, y: y / length }
}

function place<Line extends { readonly quad: Quad }>(line: Line, along: Point): Placed<Line> {
  const across = line.quad.map(({ x, y }) => y * along.x - x * along.y)
  const lengths = line.quad.map(({ x, y }) => x * along.x + y * along.y)
  const middle = across.reduce((sum, value) => sum + value, 0) / 4
  // Of a slanted line only the height at its middle, or long lines would swallow their neighbours.
  const height = (distance(line.quad[0], line.quad[3]) + distance(line.quad[1], line.quad[2])) / 2
  return {
    line,
    left: Math.min(...lengths),
    top: middle - height / 2,
    bottom: middle + height / 2,
  }
}

function isBeside(
  one: { readonly top: number; readonly bottom: number },
  two: { readonly top: number; readonly bottom: number },
): boolean {
  const shared = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top)
  return shared >= ROW_OVERLAP * Math.min(one.bottom - one.top, two.bottom - two.top)
}
