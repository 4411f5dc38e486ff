import { describe, expect, it } from 'vitest'
import { hueShares, nameHue } from './hues.ts'

describe('nameHue', () => {
  it.each([
    ['red', 200, 20, 30],
    ['orange', 250, 140, 20],
    ['yellow', 250, 220, 40],
    ['green', 60, 160, 60],
    ['blue', 40, 90, 210],
    ['purple', 120, 40, 170],
    ['pink', 250, 150, 190],
    ['pink', 255, 180, 185],
    ['brown', 120, 70, 30],
    ['black', 15, 12, 14],
    ['white', 250, 250, 248],
    ['grey', 128, 130, 128],
  ] as const)('calls %s what people call so (%i, %i, %i)', (hue, red, green, blue) => {
    expect(nameHue(red, green, blue)).toBe(hue)
  })
})

describe('hueShares', () => {
  /** Two by two pixels: red, green above white, white. */
  const data = Uint8Array.from([
    ...[200, 20, 30],
    ...[60, 160, 60],
    ...[255, 255, 255],
    ...[255, 255, 255],
  ])
  const whole = { x: 0, y: 0, width: 1, height: 1 }

  it('counts the pixels of a place', () => {
    const colours = { data, width: 2, height: 2, frame: whole }
    expect(hueShares(colours, whole)).toMatchObject({ red: 0.25, green: 0.25, white: 0.5 })
    const left = { ...whole, width: 0.5 }
    expect(hueShares(colours, left)).toMatchObject({ red: 0.5, white: 0.5, green: 0 })
  })

  it('finds the place in an input that was filled up at the sides', () => {
    const frame = { x: -0.5, y: 0, width: 2, height: 1 }
    const right = { x: 0.5, y: 0, width: 0.5, height: 0.5 }
    expect(hueShares({ data, width: 2, height: 2, frame }, right)).toMatchObject({ green: 1 })
  })
})
