import { describe, expect, test } from 'vitest'
import type { FloatTensor } from '../graph.ts'
import {
  decodeDetr,
  decodeYolox,
  suppressOverlaps,
  toPictureRegion,
  type ClassBox,
} from './detector-boxes.ts'

const tensor = { width: 64, height: 32 }
const strides = [8, 16]
/** 8 x 4 cells of 8 pixels, then 4 x 2 of 16. */
const CELLS = 32 + 8
const CLASSES = 3
const ROW = 5 + CLASSES

function floats(data: Float32Array | readonly number[], dims: readonly number[]): FloatTensor {
  return { kind: 'float', data: Float32Array.from(data), dims }
}

function predictions(rows: Readonly<Record<number, readonly number[]>>): FloatTensor {
  const data = new Float32Array(CELLS * ROW)
  for (const [cell, row] of Object.entries(rows)) data.set(row, Number(cell) * ROW)
  return floats(data, [1, CELLS, ROW])
}

describe('YOLOX rows', () => {
  test('are placed by the cell and the stride of their grid', () => {
    const boxes = decodeYolox(
      predictions({
        // Column 3, row 1 of the fine grid; column 2, row 1 of the coarse one.
        11: [0.5, 0.25, Math.log(2), 0, 0.9, 0.1, 0.8, 0.2],
        38: [0, 0, 0, Math.log(0.5), 1, 0, 0, 0.5],
      }),
      { tensor, strides, scoreThreshold: 0.3 },
    )
    expect(boxes).toHaveLength(2)
    expect(boxes[0]).toMatchObject({ classIndex: 1, top: 6, bottom: 14 })
    expect(boxes[0]?.left).toBeCloseTo(20, 4)
    expect(boxes[0]?.right).toBeCloseTo(36, 4)
    expect(boxes[0]?.score).toBeCloseTo(0.72, 5)
    expect(boxes[1]).toMatchObject({ classIndex: 2, left: 24, right: 40, score: 0.5 })
    expect(boxes[1]?.top).toBeCloseTo(12, 4)
    expect(boxes[1]?.bottom).toBeCloseTo(20, 4)
  })

  test('count only when objectness times class does', () => {
    const row = (objectness: number, score: number) => [0, 0, 0, 0, objectness, score, 0, 0]
    const boxes = decodeYolox(
      predictions({ 0: row(0.9, 0.3), 1: row(0.3, 0.9), 2: row(0.6, 0.6) }),
      { tensor, strides, scoreThreshold: 0.35 },
    )
    expect(boxes.map(({ score }) => Number(score.toFixed(2)))).toEqual([0.36])
  })

  test('of another input size are refused', () => {
    expect(() =>
      decodeYolox(predictions({}), { tensor, strides: [8], scoreThreshold: 0.3 }),
    ).toThrow(expect.objectContaining({ code: 'PACK_GRAPH_INVALID' }))
  })
})

describe('DETR queries', () => {
  const boxes = floats([0.5, 0.5, 0.5, 0.5, 0.25, 0.5, 0.1, 0.2], [1, 2, 4])

  test('with softmax are their best class, unless that is nothing', () => {
    const scores = floats([2, 0, 0, 1, 3, 9], [1, 2, 3])
    const found = decodeDetr(
      { boxes, scores },
      { tensor, activation: 'softmax', scoreThreshold: 0.5 },
    )
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ classIndex: 0, left: 16, top: 8, right: 48, bottom: 24 })
    expect(found[0]?.score).toBeCloseTo(Math.exp(2) / (Math.exp(2) + 2), 5)
  })

  test('with sigmoid may be of several classes, the last one included', () => {
    const scores = floats([2, -5, 1, -5, -5, -5], [1, 2, 3])
    const found = decodeDetr(
      { boxes, scores },
      { tensor, activation: 'sigmoid', scoreThreshold: 0.5 },
    )
    expect(found.map(({ classIndex }) => classIndex)).toEqual([0, 2])
    expect(found[1]?.score).toBeCloseTo(1 / (1 + Math.exp(-1)), 5)
  })

  test('without a box each are refused', () => {
    const scores = floats([1, 1, 1], [1, 1, 3])
    const options = { tensor, activation: 'sigmoid', scoreThreshold: 0.5 } as const
    expect(() => decodeDetr({ boxes, scores }, options)).toThrow(
      expect.objectContaining({ code: 'PACK_GRAPH_INVALID' }),
    )
  })
})

describe('overlapping boxes', () => {
  const box = (left: number, score: number, classIndex = 0): ClassBox => ({
    left,
    top: 0,
    right: left + 10,
    bottom: 10,
    score,
    classIndex,
  })

  test('of one class give way to the surest', () => {
    // Shared 8 of 12: 0.67. Shared 5 of 15: 0.33.
    const kept = suppressOverlaps([box(2, 0.5), box(0, 0.9), box(5, 0.8)], 0.45)
    expect(kept.map(({ left }) => left)).toEqual([0, 5])
  })

  test('of several classes stay', () => {
    expect(suppressOverlaps([box(0, 0.9), box(0, 0.8, 1)], 0.45)).toHaveLength(2)
  })

  test('do not reach past the one that was dropped', () => {
    // The middle one would cover the last, but is itself covered by the first.
    const kept = suppressOverlaps([box(0, 0.9), box(3, 0.8), box(6, 0.7)], 0.5)
    expect(kept.map(({ left }) => left)).toEqual([0, 6])
  })
})

describe('the place in the picture', () => {
  const picture = { width: 200, height: 100 }
  const view = {
    region: { left: 0, top: 0, ...picture },
    placement: {
      tensor: { width: 64, height: 64 },
      content: { width: 64, height: 32 },
      left: 0,
      top: 0,
    },
  }

  test('leaves the filling of a letterbox out', () => {
    const region = toPictureRegion({ left: 16, top: 16, right: 48, bottom: 60 }, view, picture)
    expect(region).toEqual({ x: 0.25, y: 0.5, width: 0.5, height: 0.5 })
  })

  test('is null for a box in the filling', () => {
    expect(toPictureRegion({ left: 0, top: 40, right: 8, bottom: 60 }, view, picture)).toBeNull()
  })
})
