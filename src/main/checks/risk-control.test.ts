import { describe, expect, it } from 'vitest'
import { createDraw } from './random-draw.ts'
import { decide, drawIndependent, findLimits } from './risk-control.ts'

function units(count: number, isSupported: boolean, probability: number) {
  return Array.from({ length: count }, (_, index) => ({
    probability,
    isSupported,
    group: `${String(isSupported)} ${String(probability)} ${String(index)}`,
  }))
}

/** With unsupported units as frequent as they are among the samples. */
function limitsOf(samples: ReturnType<typeof units>) {
  const bad = samples.filter(({ isSupported }) => !isSupported).length
  return findLimits(samples, { prevalence: bad / samples.length, seed: 1 })
}

describe('findLimits', () => {
  it('goes as far as the bounds hold, on both sides', () => {
    const samples = [
      ...units(100, false, 0.1),
      ...units(12, true, 0.3),
      ...units(200, true, 0.4),
      ...units(100, true, 0.9),
      ...units(100, true, 0.6),
    ]
    expect(limitsOf(samples)).toEqual({ unsupportedAt: 0.3, supportedAt: 0.6 })
  })

  it('calls nothing what is less likely than its opposite', () => {
    const samples = [...units(400, false, 0.1), ...units(60, true, 0.55)]
    expect(limitsOf(samples)).toEqual({ unsupportedAt: 0.1, supportedAt: 0.55 })
  })

  it('promises nothing of few units, however clean', () => {
    const samples = [...units(20, false, 0.1), ...units(20, true, 0.9)]
    expect(limitsOf(samples)).toEqual({ unsupportedAt: null, supportedAt: null })
  })

  it('promises nothing where probabilities say nothing', () => {
    const samples = [...units(200, false, 0.5), ...units(200, true, 0.5)]
    expect(limitsOf(samples)).toEqual({ unsupportedAt: null, supportedAt: null })
  })

  it('stops at the first failure, whatever comes after', () => {
    const samples = [...units(40, true, 0.1), ...units(4000, false, 0.2), ...units(100, true, 0.9)]
    expect(limitsOf(samples).unsupportedAt).toBeNull()
  })

  it('never splits units of one probability', () => {
    const samples = [...units(60, false, 0.2), ...units(60, true, 0.2), ...units(60, true, 0.8)]
    expect(limitsOf(samples).unsupportedAt).toBeNull()
  })
})

describe('decide', () => {
  it('includes the limits, and is unsure between them and without them', () => {
    const limits = { unsupportedAt: 0.2, supportedAt: 0.7 }
    expect([0.1, 0.2, 0.3, 0.7].map((one) => decide(one, limits))).toEqual([
      'unsupported',
      'unsupported',
      'unsure',
      'supported',
    ])
    expect(decide(0, { unsupportedAt: null, supportedAt: null })).toBe('unsure')
  })
})

describe('drawIndependent', () => {
  const samples = Array.from({ length: 400 }, (_, index) => ({
    probability: index / 400,
    isSupported: index % 2 === 0,
    group: `image ${String(index % 100)}`,
  }))

  it('takes one unit an image', () => {
    const drawn = drawIndependent(samples, { prevalence: 0.5, seed: 1 })
    expect(new Set(drawn.map(({ group }) => group)).size).toBe(drawn.length)
    expect(drawn.length).toBeGreaterThan(60)
  })

  it('has the wanted share of unsupported units', () => {
    const mixed = samples.map((one, index) => ({ ...one, group: `image ${String(index >> 2)}` }))
    const drawn = drawIndependent(mixed, { prevalence: 0.2, seed: 1 })
    const bad = drawn.filter(({ isSupported }) => !isSupported)
    expect(bad.length / drawn.length).toBeCloseTo(0.2, 2)
  })

  it('does not depend on the order of the units', () => {
    const draw = createDraw(3)
    const other = samples
      .map((one) => ({ one, key: draw() }))
      .sort((left, right) => left.key - right.key)
      .map(({ one }) => one)
    const options = { prevalence: 0.3, seed: 5 }
    expect(drawIndependent(other, options)).toEqual(drawIndependent(samples, options))
  })
})
