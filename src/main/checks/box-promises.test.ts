import { describe, expect, it } from 'vitest'
import { lacksBoxes, withoutPromises } from './box-promises.ts'
import type { KindTable } from './calibration-table.ts'

const ROW = { mean: 0, deviation: 1, weight: 1, missingWeight: 0, missingShare: 0 }

function table(kind: KindTable['kind'], names: readonly ('reg' | 'box')[]): KindTable {
  return {
    ...{ kind, count: 100, intercept: 0, knots: [], unsupportedAt: 0.1, supportedAt: 0.9 },
    signals: names.map((name) => ({ name, ...ROW })),
    bins: [],
  }
}

describe('withoutPromises', () => {
  it('takes the limits of counts and relations where no boxes are seen', () => {
    const none = { unsupportedAt: null, supportedAt: null }
    expect(withoutPromises(table('count', ['reg']))).toMatchObject(none)
    expect(withoutPromises(table('relation', ['reg']))).toMatchObject(none)
    expect(lacksBoxes(table('relation', []))).toBe(true)
  })

  it('leaves all other tables as they are', () => {
    for (const kept of [table('count', ['reg', 'box']), table('relation', ['box'])]) {
      expect(withoutPromises(kept)).toEqual(kept)
    }
    expect(withoutPromises(table('entity', ['reg']))).toMatchObject({ unsupportedAt: 0.1 })
  })
})
