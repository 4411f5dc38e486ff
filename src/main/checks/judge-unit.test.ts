import { describe, expect, it } from 'vitest'
import { judgeUnit } from './judge-unit.ts'
import { readPackCalibration } from './pack-calibration.ts'
import { plannedUnit } from './planned-unit.fixture.ts'
import type { UnitEvidence } from './unit-evidence.ts'

const curve = { slope: 20, offset: -10, pairs: 100 }
/** One half at 0.5; counts have a curve too, but no limits. */
const TABLE = readPackCalibration(
  { patchScale: 10, tables: { object: { patches: curve }, count: { patches: curve } } },
  { pack: { id: 'pack', revision: '1' }, hash: 'f'.repeat(64) },
)
const UNIT = plannedUnit({
  foils: [
    { words: 'wolf', phrase: 'a wolf', tier: 'adversarial' },
    { words: 'lamp', phrase: 'a lamp', tier: 'random' },
  ],
})

function evidence(
  signals: UnitEvidence['signals'],
  rival: UnitEvidence['rival'] = null,
): UnitEvidence {
  return { kind: 'entity', signals, rival, region: null }
}

describe('judgeUnit', () => {
  it('says with which words the choice was won', () => {
    const won = { words: 'wolf', share: 0.12, unitShare: 0.81 }
    expect(judgeUnit(UNIT, evidence({ reg: 0.7, swap: 0.81 }, won), [TABLE])).toMatchObject({
      ...{ status: 'supported', reason: 'poodle 0.81 beats wolf 0.12', rival: null },
    })
    const lost = { words: 'wolf', share: 0.9, unitShare: 0.05 }
    expect(judgeUnit(UNIT, evidence({ reg: 0.3, swap: 0.05 }, lost), [TABLE])).toMatchObject({
      ...{ status: 'unsupported', reason: 'wolf 0.90 beats poodle 0.05', rival: 'wolf' },
    })
  })

  it('gives no reason that speaks against the verdict', () => {
    const lost = { words: 'wolf', share: 0.76, unitShare: 0.06 }
    const seen = judgeUnit(UNIT, evidence({ reg: 0.7, swap: 0.06 }, lost), [TABLE])
    expect(seen).toMatchObject({ status: 'supported', reason: 'the best place fits 0.70' })
    const won = { words: 'wolf', share: 0.06, unitShare: 0.76 }
    const unseen = judgeUnit(UNIT, evidence({ reg: 0.3, swap: 0.76 }, won), [TABLE])
    expect(unseen).toMatchObject({ status: 'unsupported', reason: 'the best place fits 0.30' })
  })

  it('offers nothing of another kind instead', () => {
    const lost = { words: 'lamp', share: 0.9, unitShare: 0.05 }
    expect(judgeUnit(UNIT, evidence({ reg: 0.3, swap: 0.05 }, lost), [TABLE])).toMatchObject({
      ...{ status: 'unsupported', reason: 'even “lamp” fits better, 0.90 to 0.05', rival: null },
    })
  })

  it('is unsure between the limits', () => {
    expect(judgeUnit(UNIT, evidence({ reg: 0.52 }), [TABLE])).toMatchObject({ status: 'unsure' })
  })

  it('is unsure where signals contradict each other that the kind goes by', () => {
    const lost = { words: 'wolf', share: 0.95, unitShare: 0.02 }
    const torn = evidence({ reg: 0.75, swap: 0.02 }, lost)
    const row = { deviation: 0.2, weight: 1, missingWeight: 0, missingShare: 0 }
    const both = {
      ...TABLE,
      kinds: TABLE.kinds.map((kind) => ({
        ...kind,
        intercept: 4,
        signals: [
          { ...row, name: 'reg' as const, mean: 0.5 },
          { ...row, name: 'swap' as const, mean: 0.5 },
        ],
        supportedAt: 0.5,
      })),
    }
    expect(judgeUnit(UNIT, torn, [both])).toMatchObject({ status: 'unsure' })
    expect(judgeUnit(UNIT, torn, [both]).reason).toContain('disagree')
    expect(judgeUnit(UNIT, evidence({ reg: 0.75, swap: 0.8 }, null), [both])).toMatchObject({
      status: 'supported',
    })
    // The plain curves of a pack go by the place alone, and were measured so.
    expect(judgeUnit(UNIT, torn, [TABLE])).toMatchObject({ status: 'supported' })
  })

  it('goes by the model that can tell, and by none where two contradict each other', () => {
    const limits = { unsupportedAt: 0.12, supportedAt: 0.8 }
    const row = { name: 'box' as const, mean: 0, deviation: 1, weight: 1, missingWeight: 0 }
    const detector = {
      ...TABLE,
      kinds: TABLE.kinds.map((kind) => ({
        ...{ ...kind, ...limits, intercept: -3 },
        signals: [{ ...row, weight: 6, missingShare: 0 }],
      })),
    }
    const both = [TABLE, detector]
    const judge = (signals: UnitEvidence['signals']) => judgeUnit(UNIT, evidence(signals), both)
    expect(judge({ reg: 0.52, box: 1 })).toMatchObject({ status: 'supported' })
    expect(judge({ reg: 0.52, box: 1 }).reason).toContain('the detector sees it')
    expect(judge({ reg: 0.8 })).toMatchObject({ status: 'supported' })
    expect(judge({ reg: 0.8, box: 0 })).toMatchObject({ status: 'unsure' })
    expect(judge({ reg: 0.8, box: 0 }).reason).toContain('disagree')
  })

  it('never marks what it has no ground for', () => {
    const seen = evidence({ reg: 0.1, swap: 0.01 })
    expect(judgeUnit(UNIT, seen, [])).toMatchObject({ status: 'unsure', probability: null })
    expect(judgeUnit(UNIT, evidence({}), [TABLE])).toMatchObject({ status: 'unsure' })
    const action = plannedUnit({ kind: 'action', claim: 'action' })
    expect(judgeUnit(action, { ...seen, kind: 'action' }, [TABLE])).toMatchObject({
      ...{ status: 'unsure', probability: null },
    })
    const count = plannedUnit({ kind: 'count', claim: 'count' })
    expect(judgeUnit(count, { ...seen, kind: 'count' }, [TABLE])).toMatchObject({
      ...{ status: 'unsure', probability: null },
    })
  })

  it('calls a name not verifiable, but for one that was read', () => {
    const name = plannedUnit({ kind: 'name', claim: 'name', words: 'Lake Como', phrase: null })
    expect(judgeUnit(name, evidence({}), [TABLE])).toMatchObject({ status: 'unsure' })
    expect(judgeUnit(name, evidence({}), [TABLE]).reason).toContain('not verifiable')
    expect(judgeUnit(name, evidence({ ocr: 0.9 }), [TABLE])).toMatchObject({ status: 'supported' })
  })
})
