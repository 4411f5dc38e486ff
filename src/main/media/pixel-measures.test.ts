import { describe, expect, it } from 'vitest'
import { measurePixels, type Pixels } from './pixel-measures.ts'

const SIDE = 16

/** A square whose pixels say what they are by their place. */
function square(
  channels: number,
  valueAt: (x: number, y: number, channel: number) => number,
): Pixels {
  const data = new Uint8Array(SIDE * SIDE * channels)
  for (let index = 0; index < data.length; index += 1) {
    const pixel = Math.floor(index / channels)
    data[index] = valueAt(pixel % SIDE, Math.floor(pixel / SIDE), index % channels)
  }
  return { data, width: SIDE, height: SIDE, channels }
}

describe('what pixels say', () => {
  it('is nothing but one level of a plain grey square', () => {
    expect(measurePixels(square(3, () => 51))).toEqual({
      ...{ brightness: 20, contrast: 0, black: 0, white: 0 },
      ...{ sharpness: 0, entropy: 0, colour: 0, plain: 100 },
    })
  })

  it('tells half black, half white', () => {
    const halves = measurePixels(square(3, (x) => (x < SIDE / 2 ? 0 : 255)))
    expect(halves).toMatchObject({ black: 50, white: 50, entropy: 1, colour: 0 })
    expect(halves.brightness).toBeCloseTo(50)
    expect(halves.contrast).toBeCloseTo(50)
    expect(halves.plain).toBe(50)
  })

  it('finds a smoothed pattern less sharp than the pattern', () => {
    const checks = square(3, (x, y) => ((x + y) % 2 === 0 ? 0 : 200))
    const ramp = square(3, (x) => x * 12)
    expect(measurePixels(checks).sharpness).toBeGreaterThan(
      100 * (measurePixels(ramp).sharpness + 1),
    )
  })

  it('measures colour as in Hasler and Suesstrunk', () => {
    // Red everywhere: no spread, means of 255 and 127.5.
    const red = measurePixels(square(3, (_x, _y, channel) => (channel === 0 ? 255 : 0)))
    expect(red.colour).toBeCloseTo(0.3 * Math.hypot(255, 127.5))
    const stripes = measurePixels(square(3, (x, _y, channel) => (x % 2 === channel ? 255 : 0)))
    // Red and green by turns: red less green spreads by 255 around 0, and yellow less blue is 127.5 everywhere.
    expect(stripes.colour).toBeCloseTo(255 + 0.3 * 127.5)
  })

  it('takes transparent places for a white page, and grey pictures as they are', () => {
    expect(measurePixels(square(4, () => 0))).toMatchObject({ brightness: 100, white: 100 })
    expect(measurePixels(square(2, (_x, _y, channel) => (channel === 0 ? 51 : 255)))).toMatchObject(
      { brightness: 20 },
    )
    expect(measurePixels(square(1, () => 51))).toMatchObject({ brightness: 20 })
  })

  it('forgives a few pixels that are not of the one colour', () => {
    const speck = measurePixels(square(3, (x, y) => (x === 3 && y === 3 ? 0 : 240)))
    expect(speck.plain).toBeCloseTo((100 * (SIDE * SIDE - 1)) / (SIDE * SIDE))
  })
})
