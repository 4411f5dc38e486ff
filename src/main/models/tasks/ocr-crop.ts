import type { VisiblePixels } from './image-tensor.ts'
import { sizeOf, type Point, type Quad } from './ocr-geometry.ts'

/** A line this much higher than wide is turned to be read, as PP-OCR does. */
const UPRIGHT_RATIO = 1.5

/** Whether a quad as it lies in the picture holds text that runs down or up. */
export function runsUpright(quad: Quad): boolean {
  const { width, height } = sizeOf(quad)
  return height >= UPRIGHT_RATIO * width
}

/**
 * Straightens what lies in a quad (in pixels of the picture, pixel edges at whole numbers), at its own size: the
 * perspective that takes a rectangle to it, read between four pixels each; the edge goes on outside the picture.
 */
export function straighten(picture: VisiblePixels, quad: Quad): VisiblePixels {
  const size = sizeOf(quad)
  const width = Math.max(1, Math.round(size.width))
  const height = Math.max(1, Math.round(size.height))
  const place = perspective(quad)
  const data = new Uint8Array(width * height * 3)
  let to = 0
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const { x, y } = place((column + 0.5) / width, (row + 0.5) / height)
      readBetween(picture, { x: x - 0.5, y: y - 0.5 }, data, to)
      to += 3
    }
  }
  return { data, width, height }
}

/** Turned by half a circle. */
export function turnOver({ data, width, height }: VisiblePixels): VisiblePixels {
  const turned = new Uint8Array(data.length)
  const pixels = width * height
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const from = (pixels - 1 - pixel) * 3
    turned.set(data.subarray(from, from + 3), pixel * 3)
  }
  return { data: turned, width, height }
}

/** From the unit square to a quad (Heckbert 1989, "Fundamentals of texture mapping", 2.2.3). */
function perspective([first, second, third, fourth]: Quad): (u: number, v: number) => Point {
  const right = { x: second.x - third.x, y: second.y - third.y }
  const below = { x: fourth.x - third.x, y: fourth.y - third.y }
  const sum = {
    x: first.x - second.x + third.x - fourth.x,
    y: first.y - second.y + third.y - fourth.y,
  }
  const area = right.x * below.y - below.x * right.y
  const g = area === 0 ? 0 : (sum.x * below.y - below.x * sum.y) / area
  const h = area === 0 ? 0 : (right.x * sum.y - sum.x * right.y) / area
  const a = second.x - first.x + g * second.x
  const b = fourth.x - first.x + h * fourth.x
  const d = second.y - first.y + g * second.y
  const e = fourth.y - first.y + h * fourth.y
  return (u, v) => {
    const scale = g * u + h * v + 1
    return { x: (a * u + b * v + first.x) / scale, y: (d * u + e * v + first.y) / scale }
  }
}

function readBetween(picture: VisiblePixels, at: Point, into: Uint8Array, to: number): void {
  const { data, width, height } = picture
  const x = Math.min(Math.max(at.x, 0), width - 1)
  const y = Math.min(Math.max(at.y, 0), height - 1)
  const left = Math.floor(x)
  const top = Math.floor(y)
  const right = Math.min(left + 1, width - 1)
  const bottom = Math.min(top + 1, height - 1)
  const across = x - left
  const down = y - top
  for (let channel = 0; channel < 3; channel += 1) {
    const level = (column: number, row: number): number =>
      data[(row * width + column) * 3 + channel] ?? 0
    const upper = level(left, top) * (1 - across) + level(right, top) * across
    const lower = level(left, bottom) * (1 - across) + level(right, bottom) * across
    into[to + channel] = Math.round(upper * (1 - down) + lower * down)
  }
}
