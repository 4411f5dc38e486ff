import { describe, expect, it } from 'vitest'
import type { CalibrationTable } from './calibration-table.ts'
import { mergeTables, trialSignals, tryKinds, type ProjectLabel } from './project-calibration.ts'
import { createDraw } from './random-draw.ts'

const GROUPS = 400

/** Labels whose signal tells the truth this well: 0 not at all, 1 nearly always. */
function labels(kind: ProjectLabel['kind'], truth: number, groups = GROUPS): ProjectLabel[] {
  const draw = createDraw(7)
  return Array.from({ length: groups }, (_, group) =>
    [true, false].map((isSupported): ProjectLabel => {
      const signal = (isSupported ? truth : 0) + draw() * (1.2 - truth)
      return {
        ...{ kind, isSupported, group: `g${group}`, signals: { reg: signal } },
        from: isSupported ? 'accepted' : 'foil',
      }
    }),
  ).flat()
}

const tried = (all: readonly ProjectLabel[], base: CalibrationTable | null = null) => {
  const [trial] = tryKinds({ labels: all, base })
  if (trial === undefined) throw new Error('No kind was tried.')
  return trial
}

const PACK = { id: 'p', revision: '1' }
const BASE: CalibrationTable = {
  ...{ format: 'realign-calibration', version: 1, id: 'base', pack: PACK },
  ...{ source: 'shipped', isProvisional: true, prevalence: 0.2 },
  kinds: (['entity', 'attribute'] as const).map((kind) => ({
    ...{ kind, count: 9, intercept: 0, unsupportedAt: 0.9, supportedAt: null, bins: [] },
    signals: [{ name: 'reg', mean: 0, deviation: 1, weight: 1, missingWeight: 0, missingShare: 0 }],
    knots: [{ score: 0, probability: 0.5 }],
  })),
}

const withLimits = (
  limits: Pick<CalibrationTable['kinds'][number], 'unsupportedAt' | 'supportedAt'>,
): CalibrationTable => ({ ...BASE, kinds: BASE.kinds.map((kind) => ({ ...kind, ...limits })) })

describe('the table of a kind', () => {
  it('is used where it keeps both bounds on the images that it was not made of', () => {
    const { refusal, table, own, labelled } = tried(labels('entity', 0.8))
    expect(refusal).toBeNull()
    expect(labelled).toBe(2 * GROUPS)
    expect(table?.unsupportedAt).toBeGreaterThan(0)
    expect(table?.bins.length).toBeGreaterThan(0)
    expect(own?.marked).toBeGreaterThan(0)
    expect(own?.falseAlarms).toBeLessThanOrEqual(0.2)
    expect(own?.missed).toBeLessThanOrEqual(0.1)
  })

  it('is not used with too few labels, without a limit, or of places without boxes', () => {
    expect(tried(labels('entity', 0.8, 40)).refusal).toBe('too-few')
    expect(tried(labels('entity', 0)).refusal).toBe('no-limit')
    expect(tried(labels('count', 0.8)).refusal).toBe('needs-boxes')
  })

  it('is not used where it would give up a limit that the table of the pack keeps', () => {
    const few = labels('entity', 0.8, 100)
    expect(tried(few).table).toMatchObject({ unsupportedAt: null })
    const base = withLimits({ unsupportedAt: 0.01, supportedAt: null })
    expect(tried(few, base)).toMatchObject({ refusal: 'no-limit', basis: 'labels' })
  })

  it('is held against the table that came with the pack, on the same images', () => {
    // Everything is below the limit of this one, so that it marks what is right too.
    expect(tried(labels('entity', 0.8), BASE).other?.falseAlarms).toBeGreaterThan(0.5)
  })

  it('is the shipped one with other limits where that breaks a bound here and there is no better', () => {
    const few = labels('entity', 0.8, 100)
    const knots = Array.from({ length: 13 }, (_, step) => ({
      score: step / 10,
      probability: step / 13,
    }))
    const base = { ...BASE, kinds: BASE.kinds.map((kind) => ({ ...kind, knots })) }
    const { basis, refusal, table, own, other } = tried(few, base)
    expect(other?.falseAlarms).toBeGreaterThan(0.5)
    expect({ basis, refusal }).toEqual({ basis: 'limits', refusal: null })
    expect(table).toMatchObject({ knots, signals: BASE.kinds[0]?.signals })
    expect(table?.unsupportedAt).toBeGreaterThan(0)
    expect(table?.unsupportedAt).toBeLessThan(0.9)
    expect(own?.marked).toBeGreaterThan(50)
    expect(own?.falseAlarms).toBeLessThanOrEqual(0.2)
  })

  it('marks nothing by a shipped limit that is wrong too often here, whatever else there is', () => {
    const { basis, refusal, table } = tried(labels('entity', 0), BASE)
    expect({ basis, refusal }).toEqual({ basis: 'limits', refusal: null })
    expect(table).toMatchObject({ unsupportedAt: null, supportedAt: null })
  })

  it('goes by the signals that were worth their cost before', () => {
    expect(trialSignals(BASE)('entity')).toEqual(new Set(['reg', 'box', 'ocr']))
    expect(trialSignals(BASE)('action')).toContain('swap')
  })

  it('counts answers, of which some said that a mark was right', () => {
    const all = labels('entity', 0.8).map((label, index): ProjectLabel =>
      index < 10 ? { ...label, from: 'answer' } : label,
    )
    expect(tried(all)).toMatchObject({ answered: 10, rejected: 5 })
  })
})

describe('tables together', () => {
  const own = (kinds: readonly ProjectLabel[]) => ({
    ...{ id: 'own', pack: PACK },
    kinds: tryKinds({ labels: kinds, base: BASE }),
  })

  it('are that of the pack, with the kinds that the project does better, under another name', () => {
    const merged = mergeTables(BASE, own(labels('entity', 0.8)))
    expect(merged).toMatchObject({ id: 'base+own', isProvisional: true })
    expect(merged?.kinds.map(({ kind, count }) => [kind, count])).toEqual([
      ['entity', 2 * GROUPS],
      ['attribute', 9],
    ])
  })

  it('are that of the pack alone where the project does nothing better', () => {
    const base = withLimits({ unsupportedAt: 0.01, supportedAt: null })
    const trial = { id: 'own', pack: PACK, kinds: tryKinds({ labels: labels('entity', 0), base }) }
    expect(mergeTables(base, trial)).toBe(base)
    expect(mergeTables(null, trial)).toBeNull()
  })
})
