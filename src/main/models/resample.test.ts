import { describe, expect, test } from 'vitest'
import { PACK_KERNELS } from '../../shared/domain/pack.ts'
import { resample } from './resample.ts'

function strip(...greys: readonly number[]) {
  return {
    data: Uint8Array.from(greys.flatMap((grey) => [grey, grey, grey])),
    width: greys.length,
    height: 1,
  }
}

function resizeStrip(greys: readonly number[], to: number, kernel: (typeof PACK_KERNELS)[number]) {
  const source = strip(...greys)
  const content = { width: to, height: 1 }
  const all = { left: 0, top: 0 }
  const { data } = resample(source, {
    region: { ...all, width: greys.length, height: 1 },
    content,
    visible: { ...all, ...content },
    kernel,
  })
  return [...data].filter((_, index) => index % 3 === 0)
}

describe('resizing', () => {
  test.each(PACK_KERNELS)('by %s leaves a picture of one colour alone', (kernel) => {
    expect(
      new Set(
        resizeStrip(
          Array.from({ length: 37 }, () => 200),
          11,
          kernel,
        ),
      ),
    ).toEqual(new Set([200]))
  })

  // What Pillow 9.4 answers for Image.resize((4, 1), ...) of these eight grey pixels.
  const greys = [0, 10, 255, 40, 90, 200, 7, 128]
  test.each([
    ['linear', [41, 123, 115, 86]],
    ['cubic', [33, 131, 116, 83]],
    ['lanczos3', [38, 132, 109, 89]],
    ['nearest', [10, 40, 200, 128]],
  ] as const)('by %s answers what Pillow answers', (kernel, expected) => {
    expect(resizeStrip(greys, 4, kernel)).toEqual(expected)
  })

  test('takes two points only when it does not grow with the reduction', () => {
    expect(resizeStrip(greys, 4, 'linear-unscaled')).toEqual([5, 148, 145, 68])
  })

  test('gives the same bytes for a part as for the whole', () => {
    const width = 31
    const height = 23
    const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 97) % 251)
    const content = { width: 12, height: 9 }
    const shared = {
      region: { left: 0, top: 0, width, height },
      content,
      kernel: 'cubic' as const,
    }
    const whole = resample(
      { data, width, height },
      { ...shared, visible: { left: 0, top: 0, ...content } },
    )
    const part = resample(
      { data, width, height },
      { ...shared, visible: { left: 3, top: 2, width: 5, height: 4 } },
    )
    for (let y = 0; y < 4; y += 1) {
      const at = ((y + 2) * 12 + 3) * 3
      expect([...part.data.subarray(y * 15, y * 15 + 15)]).toEqual([
        ...whole.data.subarray(at, at + 15),
      ])
    }
  })
})
