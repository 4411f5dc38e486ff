import { describe, expect, test } from 'vitest'
import type { PackImageInput, PackResize } from '../../../shared/domain/pack.ts'
import { toImageTensor, visibleContent } from './image-tensor.ts'
import { placeRegion, toPicture } from './placement.ts'

function inputOf(resize: PackResize, change: Partial<PackImageInput> = {}): PackImageInput {
  return {
    widthPx: 224,
    heightPx: 224,
    resize,
    channels: 'rgb',
    scale: 1,
    mean: [0, 0, 0],
    deviation: [1, 1, 1],
    ...change,
  }
}

const crop = inputOf({ policy: 'crop', kernel: 'cubic', shortEdgePx: 224 })
const letterbox = inputOf({ policy: 'letterbox', kernel: 'linear', anchor: 'centre', fill: 114 })

describe('placing a picture in a tensor', () => {
  test.each([
    ['wide', { width: 640, height: 427 }, { width: 335, height: 224 }, -55, 0],
    ['tall', { width: 427, height: 640 }, { width: 224, height: 335 }, 0, -55],
    ['square', { width: 10, height: 10 }, { width: 224, height: 224 }, 0, 0],
  ])('cuts the middle of a %s one', (_name, size, content, left, top) => {
    const placement = placeRegion(crop, size)
    expect(placement).toEqual({ tensor: { width: 224, height: 224 }, content, left, top })
    const seen = visibleContent(placement)
    expect(seen).toEqual({ left: 0 - left, top: 0 - top, width: 224, height: 224 })
  })

  test('squashes whatever the shape', () => {
    const squash = inputOf({ policy: 'squash', kernel: 'cubic' })
    expect(placeRegion(squash, { width: 7, height: 900 }).content).toEqual({
      width: 224,
      height: 224,
    })
  })

  test('fills up around a letterbox', () => {
    const placement = placeRegion(letterbox, { width: 448, height: 224 })
    expect(placement).toMatchObject({ content: { width: 224, height: 112 }, left: 0, top: 56 })
  })

  test('fits without enlarging, in multiples', () => {
    const fit = inputOf(
      { policy: 'fit', kernel: 'linear', multiplePx: 32 },
      { widthPx: 960, heightPx: 960 },
    )
    expect(placeRegion(fit, { width: 1920, height: 500 }).tensor).toEqual({
      width: 960,
      height: 256,
    })
    expect(placeRegion(fit, { width: 100, height: 10 }).tensor).toEqual({ width: 96, height: 32 })
  })

  test('keeps a line of pixels one pixel high', () => {
    expect(placeRegion(letterbox, { width: 5000, height: 1 }).content.height).toBe(1)
  })

  test('finds the way back to the picture', () => {
    const region = { left: 100, top: 50, width: 448, height: 224 }
    const placement = placeRegion(letterbox, region)
    expect(toPicture({ x: 0, y: 56 }, { region, placement })).toEqual({ x: 100, y: 50 })
    expect(toPicture({ x: 224, y: 168 }, { region, placement })).toEqual({ x: 548, y: 274 })
  })
})

describe('the tensor of a picture', () => {
  const place = {
    tensor: { width: 2, height: 2 },
    content: { width: 2, height: 1 },
    left: 0,
    top: 1,
  }
  const pixels = { data: Uint8Array.of(10, 20, 30, 40, 50, 60), width: 2, height: 1 }

  test('has channels first and its fill where no pixel is', () => {
    const tensor = toImageTensor(pixels, { ...letterbox, widthPx: 2, heightPx: 2 }, place)
    expect([...tensor]).toEqual([114, 114, 10, 40, 114, 114, 20, 50, 114, 114, 30, 60])
  })

  test('can be blue first, scaled and normalised', () => {
    const input = inputOf(
      { policy: 'squash', kernel: 'cubic' },
      { channels: 'bgr', scale: 0.1, mean: [1, 2, 3], deviation: [1, 2, 4] },
    )
    const all = {
      tensor: { width: 2, height: 1 },
      content: { width: 2, height: 1 },
      left: 0,
      top: 0,
    }
    expect([...toImageTensor(pixels, input, all)]).toEqual([2, 5, 0, 1.5, -0.5, 0.25])
  })
})
