import { describe, expect, it } from 'vitest'
import { lineEvidence, ratio, type FoundLine } from './line-evidence.ts'
import { plannedUnit } from './planned-unit.fixture.ts'

function line(text: string, top: number): FoundLine {
  const corners = [
    [0.1, top],
    [0.5, top],
    [0.5, top + 0.1],
    [0.1, top + 0.1],
  ] as const
  return { text, quad: corners.map(([x, y]) => ({ x, y })) }
}

const LINES = [line('SUMMER', 0.2), line('SALE', 0.4), line('Closed on Sundays', 0.7)]
const sign = (words: string) => plannedUnit({ claim: 'sign-text', kind: 'quoted-text', words })

describe('lineEvidence', () => {
  it('finds words in a line, over lines, and with a letter misread', () => {
    expect(lineEvidence(sign('closed'), LINES)).toMatchObject({ score: 1 })
    const over = lineEvidence(sign('Summer Sale'), LINES)
    expect(over?.score).toBe(1)
    expect(over?.region?.y).toBeCloseTo(0.2)
    expect(over?.region?.height).toBeCloseTo(0.3)
    expect(lineEvidence(sign('SUMNER'), LINES)?.score).toBeCloseTo(5 / 6)
  })

  it('tells not found from not looked at', () => {
    expect(lineEvidence(sign('POLICE'), LINES)?.score).toBeLessThan(0.5)
    expect(lineEvidence(sign('POLICE'), LINES)?.region).toBeNull()
    expect(lineEvidence(sign('POLICE'), null)).toBeNull()
    expect(lineEvidence(sign('POLICE'), [])?.score).toBe(0)
    expect(lineEvidence(plannedUnit({ words: 'sale' }), LINES)).toBeNull()
  })

  it('backs a name that is written, and says nothing of one that is not', () => {
    const name = (words: string) => plannedUnit({ claim: 'name', kind: 'name', words })
    expect(lineEvidence(name('Summer'), LINES)?.score).toBe(1)
    expect(lineEvidence(name('Lake Como'), LINES)).toBeNull()
  })
})

describe('ratio', () => {
  it('is the share of equal characters, spaces left out', () => {
    expect(ratio('farm shop', 'farmshop')).toBe(1)
    expect(ratio('abcd', 'abxd')).toBe(0.75)
    expect(ratio('', '')).toBe(0)
  })
})
