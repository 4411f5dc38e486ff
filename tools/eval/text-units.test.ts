import { describe, expect, it } from 'vitest'
import { formatQuality, measureTextUnits } from './text-units.ts'

const rows = await measureTextUnits()

describe('measureTextUnits', () => {
  if (rows === null) {
    it.skip('needs ../shared/data/text/factual-test.csv, which is not there', () => undefined)
    return
  }

  const row = (method: string, part: string) =>
    rows.find((each) => each.method === method && each.part === part)?.measures

  it('reaches the aims on captions that nobody looked at', () => {
    const ours = row('text units', 'held-out')
    expect(ours?.['objects precision']).toBeGreaterThanOrEqual(0.9)
    expect(ours?.['objects recall']).toBeGreaterThanOrEqual(0.88)
    expect(ours?.['attributes recall']).toBeGreaterThanOrEqual(0.75)
  })

  it('finds more than the naive chunker', () => {
    const [ours, naive] = [row('text units', 'held-out'), row('naive chunker', 'held-out')]
    for (const measure of ['objects precision', 'objects recall', 'attributes recall'] as const)
      expect(ours?.[measure]).toBeGreaterThan(naive?.[measure] ?? 1)
  })

  it('splits all captions into two parts', () => {
    const captions = rows
      .filter(({ method }) => method === 'text units')
      .map((each) => each.captions)
    expect(captions).toEqual([511, 997])
  })
})

describe('formatQuality', () => {
  it('writes one line a row and the aims last', () => {
    const measures = {
      'objects precision': 0.5,
      'objects recall': 0.25,
      'attributes precision': 1,
      'attributes recall': 0,
      'attribute words precision': 0.1234,
      'attribute words recall': 0.9876,
    }
    const lines = formatQuality([{ method: 'm', part: 'p', captions: 2, measures }]).split('\n')
    expect(lines[2]).toBe('| m | p | 2 | 0.500 | 0.250 | 1.000 | 0.000 | 0.123 | 0.988 |')
    expect(lines[3]).toBe('| aim |  |  | 0.90 | 0.88 |  | 0.75 |  |  |')
  })
})
