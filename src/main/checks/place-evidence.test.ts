import { describe, expect, it } from 'vitest'
import type { PlannedUnit } from '../../shared/domain/check-plan.ts'
import { placeEvidence, placePhrases, type SeenPlaces } from './place-evidence.ts'
import { plannedUnit } from './planned-unit.fixture.ts'

function seen(x: number, y: number, some: Partial<SeenPlaces['shape']> = {}): SeenPlaces {
  return { best: 0.5, median: 0.1, shape: { centre: { x, y }, extent: 0.1, peaks: 1, ...some } }
}

function evidenceOf(unit: PlannedUnit, found: Readonly<Record<string, SeenPlaces>>) {
  return placeEvidence(unit, { places: new Map(Object.entries(found)), scale: 10 })
}

describe('placeEvidence', () => {
  const relation = plannedUnit({
    ...{ kind: 'relation', claim: 'relation', leaning: 'left' },
    places: { thing: 'a red dog', other: 'a cat' },
  })
  const places = { 'a red dog': seen(0.2, 0.7), 'a cat': seen(0.75, 0.6) }

  it('measures by how much two things lie as a relation says', () => {
    const leaningTo = (leaning: PlannedUnit['leaning']) =>
      evidenceOf({ ...relation, leaning }, places)
    expect(leaningTo('left')).toBeCloseTo(0.55)
    expect(leaningTo('right')).toBeCloseTo(-0.55)
    expect(leaningTo('above')).toBeCloseTo(-0.1)
    expect(leaningTo('below')).toBeCloseTo(0.1)
    expect(leaningTo(null)).toBeNull()
  })

  it('says nothing of things that have no place, no name, or the same name', () => {
    // Ten times a contrast of less than a tenth is less than e to the first.
    const nowhere = { ...seen(0.2, 0.7), best: 0.19 }
    expect(evidenceOf(relation, { ...places, 'a cat': nowhere })).toBeNull()
    expect(evidenceOf(relation, { 'a cat': seen(0.75, 0.6) })).toBeNull()
    const unnamed = { ...relation, places: { thing: 'a cat', other: null } }
    expect(evidenceOf(unnamed, places)).toBeNull()
    const twins = { ...relation, places: { thing: 'a cat', other: 'a cat' } }
    expect(evidenceOf(twins, places)).toBeNull()
  })

  it('compares what a thing covers with what is usual', () => {
    const size = (words: string) =>
      plannedUnit({ kind: 'attribute', claim: 'size', words, phrase: 'a dog' })
    const at = (extent: number | null) => ({ 'a dog': seen(0.5, 0.5, { extent }) })
    expect(evidenceOf(size('Large'), at(0.156))).toBeCloseTo(Math.log(2))
    expect(evidenceOf(size('tiny'), at(0.156))).toBeCloseTo(-Math.log(2))
    expect(evidenceOf(size('tiny'), at(0.026))).toBeCloseTo(Math.log(3))
    expect(evidenceOf(size('tall'), at(0.156))).toBeNull()
    expect(evidenceOf(size('large'), at(null))).toBeNull()
  })

  it('compares how many heaps there are with the number', () => {
    const count = (said: number | null) =>
      plannedUnit({
        ...{ kind: 'count', claim: 'count', count: said, phrase: 'dogs' },
        places: { thing: 'brown dogs', other: null },
      })
    const at = (peaks: number | null) => ({ 'brown dogs': seen(0.5, 0.5, { peaks }) })
    expect(evidenceOf(count(3), at(3))).toBe(1)
    expect(evidenceOf(count(2), at(3))).toBeCloseTo(2 / 3)
    expect(evidenceOf(count(4), at(1))).toBe(0.25)
    expect(evidenceOf(count(null), at(1))).toBeNull()
    expect(evidenceOf(count(0), at(1))).toBeNull()
    expect(evidenceOf(count(2), at(null))).toBeNull()
  })

  it('needs the places of two things for a relation, of one for a count, and of none else', () => {
    expect(placePhrases(relation)).toEqual(['a red dog', 'a cat'])
    expect(placePhrases({ ...relation, leaning: null })).toEqual([])
    expect(placePhrases({ ...relation, claim: 'count', count: 2 })).toEqual(['a red dog'])
    expect(placePhrases({ ...relation, claim: 'object' })).toEqual([])
    expect(evidenceOf(plannedUnit(), { 'a poodle': seen(0.5, 0.5) })).toBeNull()
  })
})
