import { describe, expect, it } from 'vitest'
import { boxEvidence, type FoundBox } from './box-evidence.ts'
import { plannedUnit } from './planned-unit.fixture.ts'

function box(label: string, score: number, x: number): FoundBox {
  return { label, score, region: { x, y: 0.4, width: 0.2, height: 0.2 } }
}

const thing = (lemma: string, labels: readonly string[], narrower: readonly string[] = []) => ({
  ...{ lemma, labels, narrower },
})
const DOG = thing('poodle', ['dog'])
const BOXES = {
  found: [box('dog', 0.6, 0.1), box('dog', 0.9, 0.5), box('cat', 0.7, 0.8)],
  labels: ['dog', 'cat', 'bus'],
}

describe('boxEvidence', () => {
  it('takes the surest box of a thing, and its absence where it would have been found', () => {
    const found = boxEvidence(plannedUnit({ thing: DOG }), BOXES)
    expect(found).toEqual({ score: 0.9, region: BOXES.found[1]?.region })
    const bus = plannedUnit({ thing: thing('bus', ['bus']) })
    expect(boxEvidence(bus, BOXES)).toEqual({ score: 0, region: null })
  })

  it('says nothing of what the detector has no name for, or did not look for', () => {
    expect(boxEvidence(plannedUnit({ thing: thing('kite', []) }), BOXES)).toBeNull()
    expect(boxEvidence(plannedUnit({ thing: DOG }), null)).toBeNull()
    // A cat proves an animal; without any the animal may be one that no label names.
    const animal = thing('animal', [], ['cat'])
    expect(boxEvidence(plannedUnit({ thing: animal }), BOXES)?.score).toBe(0.7)
    expect(boxEvidence(plannedUnit({ thing: animal }), { ...BOXES, found: [] })).toBeNull()
  })

  it('counts', () => {
    const count = (value: number) =>
      boxEvidence(plannedUnit({ claim: 'count', thing: DOG, count: value }), BOXES)?.score
    expect(count(2)).toBe(1)
    expect(count(3)).toBeCloseTo(1 / 3)
    expect(count(5)).toBeCloseTo(1 / 5)
  })

  it('sees how two things lie to each other', () => {
    const lie = (spatial: 'left' | 'right' | 'above' | 'inside') =>
      boxEvidence(
        plannedUnit({ claim: 'relation', thing: DOG, other: thing('cat', ['cat']), spatial }),
        BOXES,
      )?.score
    expect(lie('left')).toBe(1)
    expect(lie('right')).toBe(0)
    expect(lie('above')).toBe(0.5)
    expect(lie('inside')).toBe(0)
  })
})
