import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  centreCrop,
  fitScale,
  needsOriginal,
  panBy,
  scaleLimits,
  stageCentre,
  toViewport,
  zoomAt,
  type StageGeometry,
  type Viewport,
} from './viewport.ts'

const geometry: StageGeometry = {
  image: { width: 2_000, height: 1_000 },
  stage: { width: 800, height: 600 },
  pixelRatio: 1,
}

describe('toViewport', () => {
  test('fits the whole picture with a margin, centred', () => {
    const viewport = toViewport({ kind: 'fit' }, geometry)
    expect(viewport.scale).toBeCloseTo((800 - 48) / 2_000)
    expect(viewport.x).toBeCloseTo(24)
    expect(viewport.y).toBeCloseTo((600 - 1_000 * viewport.scale) / 2)
  })

  test('enlarges a small picture, but not to a blur', () => {
    expect(fitScale({ ...geometry, image: { width: 100, height: 100 } })).toBe(3)
  })

  test('covers one device pixel with one picture pixel at 1:1', () => {
    expect(toViewport({ kind: 'actual' }, { ...geometry, pixelRatio: 2 }).scale).toBe(0.5)
  })

  test('survives a stage that has no size yet', () => {
    const viewport = toViewport({ kind: 'fit' }, { ...geometry, stage: { width: 0, height: 0 } })
    expect(viewport.scale).toBeGreaterThan(0)
    expect(Number.isFinite(viewport.x)).toBe(true)
  })
})

/** The picture point that lies under a stage point. */
function underneath(viewport: Viewport, point: { x: number; y: number }) {
  return {
    x: (point.x - viewport.x) / viewport.scale,
    y: (point.y - viewport.y) / viewport.scale,
  }
}

describe('zoomAt', () => {
  test('keeps the point under the pointer while the picture is larger than the stage', () => {
    const start = toViewport({ kind: 'actual' }, geometry)
    const pointer = { x: 300, y: 250 }
    const zoomed = zoomAt(start, geometry, { pointer, factor: 3 })
    expect(zoomed.scale).toBeCloseTo(3)
    expect(underneath(zoomed, pointer).x).toBeCloseTo(underneath(start, pointer).x)
    expect(underneath(zoomed, pointer).y).toBeCloseTo(underneath(start, pointer).y)
  })

  test('stops at the limits', () => {
    const start = toViewport({ kind: 'fit' }, geometry)
    const { min, max } = scaleLimits(geometry)
    const pointer = stageCentre(geometry)
    expect(zoomAt(start, geometry, { pointer, factor: 1e9 }).scale).toBe(max)
    expect(zoomAt(start, geometry, { pointer, factor: 1e-9 }).scale).toBe(min)
  })

  test('undoes itself about the same pointer', () => {
    const start = toViewport({ kind: 'actual' }, geometry)
    const pointer = { x: 400, y: 300 }
    const there = zoomAt(start, geometry, { pointer, factor: 2 })
    const back = zoomAt(there, geometry, { pointer, factor: 0.5 })
    expect(back.x).toBeCloseTo(start.x)
    expect(back.y).toBeCloseTo(start.y)
  })
})

test('however it is zoomed and moved, no gap opens beside the picture', () => {
  const size = fc.record({
    width: fc.integer({ min: 1, max: 30_000 }),
    height: fc.integer({ min: 1, max: 30_000 }),
  })
  const move = fc.record({
    x: fc.integer({ min: -3_000, max: 3_000 }),
    y: fc.integer({ min: -3_000, max: 3_000 }),
    factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
  })
  fc.assert(
    fc.property(size, fc.array(move, { maxLength: 20 }), (image, moves) => {
      const shown: StageGeometry = { ...geometry, image }
      let viewport = toViewport({ kind: 'fit' }, shown)
      for (const { x, y, factor } of moves) {
        viewport = panBy(viewport, shown, { x, y })
        viewport = zoomAt(viewport, shown, { pointer: { x: 10, y: 590 }, factor })
      }
      const width = image.width * viewport.scale
      const height = image.height * viewport.scale
      if (width > 800) {
        expect(viewport.x).toBeLessThanOrEqual(0)
        expect(viewport.x + width).toBeGreaterThanOrEqual(800 - 1e-6)
      } else expect(viewport.x).toBeCloseTo((800 - width) / 2)
      if (height > 600) {
        expect(viewport.y).toBeLessThanOrEqual(0)
        expect(viewport.y + height).toBeGreaterThanOrEqual(600 - 1e-6)
      } else expect(viewport.y).toBeCloseTo((600 - height) / 2)
    }),
  )
})

test('the original is fetched only when the screen shows more pixels than the preview has', () => {
  const large = { ...geometry, image: { width: 4_000, height: 3_000 } }
  expect(needsOriginal({ scale: 0.2, x: 0, y: 0 }, large, 1_600)).toBe(false)
  expect(needsOriginal({ scale: 0.5, x: 0, y: 0 }, large, 1_600)).toBe(true)
  expect(needsOriginal({ scale: 0.25, x: 0, y: 0 }, { ...large, pixelRatio: 2 }, 1_600)).toBe(true)
  const small = { ...geometry, image: { width: 640, height: 480 } }
  expect(needsOriginal({ scale: 16, x: 0, y: 0 }, small, 1_600)).toBe(false)
})

test('the centre crop is the largest centred square', () => {
  expect(centreCrop({ width: 2_000, height: 1_000 })).toEqual({
    side: 1_000,
    x: 500,
    y: 0,
    lostShare: 0.5,
  })
  expect(centreCrop({ width: 224, height: 224 }).lostShare).toBe(0)
})
