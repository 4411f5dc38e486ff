import { describe, expect, it } from 'vitest'
import { parseCalibrationTable, type CalibrationTable } from './calibration-table.ts'
import { fuseEvidence } from './fusion.ts'

const TABLE: CalibrationTable = parseCalibrationTable({
  format: 'realign-calibration',
  version: 1,
  id: 'test',
  pack: { id: 'pack', revision: '1' },
  source: 'shipped',
  isProvisional: true,
  prevalence: 0.2,
  kinds: [
    {
      kind: 'attribute',
      count: 100,
      intercept: 0,
      signals: [
        { name: 'reg', mean: 1, deviation: 2, weight: 1, missingWeight: 0, missingShare: 0 },
        { name: 'swap', mean: 0.5, deviation: 0.25, weight: 1, missingWeight: 0, missingShare: 0 },
        { name: 'pix', mean: 0, deviation: 1, weight: 3, missingWeight: -0.5, missingShare: 0.4 },
      ],
      knots: [
        { score: -2, probability: 0.1 },
        { score: 2, probability: 0.9 },
      ],
      unsupportedAt: 0.3,
      supportedAt: 0.8,
      bins: [],
    },
  ],
})

const fuse = (signals: Parameters<typeof fuseEvidence>[0]['signals']) =>
  fuseEvidence({ kind: 'attribute', signals }, TABLE)

describe('fuseEvidence', () => {
  it('weighs standardised signals and reads the curve', () => {
    expect(fuse({ reg: 1, swap: 0.5, pix: 0 })).toBeCloseTo(0.5)
    expect(fuse({ reg: 3, swap: 0.5, pix: 0 })).toBeCloseTo(0.7)
    expect(fuse({ reg: 99, swap: 99, pix: 99 })).toBeCloseTo(0.9)
  })

  it('knows a signal that may be missing from one that should be there', () => {
    expect(fuse({ reg: 1, swap: 0.5 })).toBeCloseTo(0.4)
    expect(fuse({ reg: 1 })).toBeCloseTo(0.4)
    expect(fuse({ reg: 1, swap: Number.NaN })).toBeCloseTo(0.4)
    expect(fuse({ z: 4 })).toBeNull()
    expect(fuse({})).toBeNull()
  })

  it('says nothing where most of what was learned cannot look', () => {
    const [kind] = TABLE.kinds
    if (kind === undefined) throw new Error('No table.')
    const always = kind.signals.map((signal) => ({ ...signal, missingShare: 0 }))
    const table = { ...TABLE, kinds: [{ ...kind, signals: always }] }
    expect(fuseEvidence({ kind: 'attribute', signals: { reg: 1, swap: 1 } }, table)).toBeNull()
    expect(fuseEvidence({ kind: 'attribute', signals: { pix: 0 } }, table)).not.toBeNull()
  })

  it('says nothing of a kind without a table', () => {
    expect(fuseEvidence({ kind: 'entity', signals: { reg: 1 } }, TABLE)).toBeNull()
  })

  it('never falls when a signal rises', () => {
    const values = [-8, -1, 0, 0.3, 1, 2, 8]
    const found = values.map((pix) => fuse({ reg: 1, swap: 0.5, pix }) ?? 0)
    expect(found).toEqual(found.toSorted((left, right) => left - right))
  })
})

describe('parseCalibrationTable', () => {
  it('refuses what it does not know, in words', () => {
    expect(() => parseCalibrationTable({ ...TABLE, version: 2 })).toThrow(/version/)
    expect(() => parseCalibrationTable(null)).toThrow(/calibration table/)
  })
})
