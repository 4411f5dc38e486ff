import { describe, expect, it } from 'vitest'
import type { Foil } from '../../shared/domain/check-plan.ts'
import { gatherEvidence, type EvidenceInput, type LookAnswers } from './gather-evidence.ts'
import { wishFor } from './look-wish.ts'
import { plannedUnit } from './planned-unit.fixture.ts'
import { everySignal } from './used-signals.ts'

const REGION = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }

function fit(soft: number, some: Partial<LookAnswers['phrases'][number]> = {}) {
  const shape = { centre: { x: 0.5, y: 0.5 }, extent: null, peaks: null }
  const places = { soft, best: soft, median: 0, region: REGION, shape }
  return { cosine: soft / 2, z: soft * 10, places, hues: null, ...some }
}

const foil = (words: string): Foil => ({ words, phrase: `a ${words}`, tier: 'adversarial' })
const POODLE = plannedUnit({ foils: [foil('wolf'), foil('fox')] })

function ask(
  units: EvidenceInput['units'],
  fits: Readonly<Record<string, ReturnType<typeof fit>>>,
  more: Partial<EvidenceInput> = {},
) {
  const wish = wishFor(units, everySignal)
  const answers = {
    phrases: wish.phrases.map(({ text }) => fits[text] ?? fit(0)),
    sentences: wish.sentences.map((text) => text.length / 100),
    gates: wish.gated.map(({ words }) => words.map((_, index) => (index + 1) / 1_000)),
  }
  const findings = { boxes: null, lines: null }
  return gatherEvidence({
    ...{ units, wish, answers, findings, scale: 10, wanted: everySignal, off: new Set() },
    ...more,
  })
}

describe('gatherEvidence', () => {
  it('lets a unit compete with its foils', () => {
    const fits = { 'a poodle': fit(0.5), 'a wolf': fit(0.3), 'a fox': fit(0.1) }
    const [found] = ask([POODLE], fits)
    const total = Math.exp(5) + Math.exp(3) + Math.exp(1)
    expect(found?.signals.swap).toBeCloseTo(Math.exp(5) / total)
    expect(found?.rival?.words).toBe('wolf')
    expect(found?.rival?.share).toBeCloseTo(Math.exp(3) / total)
    expect(found?.signals).toMatchObject({ z: 5, reg: 0.5 })
    expect(found?.region).toEqual(REGION)
  })

  it('measures what the sentence loses, and takes the weakest word of a unit', () => {
    const unit = plannedUnit({ words: 'fire truck', foils: [] })
    const [found] = ask([unit], { 'a fire truck': fit(0.5) })
    // "A fire truck" against "A", one unit in the sentence.
    expect(found?.signals.del).toBeCloseTo((12 - 1) / 100)
    expect(found?.signals.gate).toBeCloseTo(1 / 1_000)
  })

  it('leaves absent what could not look, and what was switched off', () => {
    const [found] = ask(
      [POODLE],
      { 'a poodle': fit(0.5, { z: null }) },
      { off: new Set(['swap', 'reg'] as const) },
    )
    expect(Object.keys(found?.signals ?? {}).sort()).toEqual(['del', 'gate'])
    expect(found?.rival).toBeNull()
    expect(found?.region).toBeNull()
    const silent = plannedUnit({ claim: 'name', kind: 'name', phrase: null })
    expect(ask([silent], {})[0]?.signals).toEqual({})
  })

  it('looks for a colour where its thing is', () => {
    const red = plannedUnit({
      ...{ kind: 'attribute', claim: 'colour', words: 'maroon', phrase: 'a maroon bus' },
      ...{ thingPhrase: 'a bus', hues: ['maroon', 'red', 'brown'] },
    })
    const hues = { red: 0.5, brown: 0.2, blue: 0.3 }
    const [found] = ask([red], { 'a maroon bus': fit(0.4), 'a bus': fit(0.6, { hues }) })
    expect(found?.signals.pix).toBeCloseTo(0.7)
  })

  it('finds the two things of a relation, and says nothing of those that have no place', () => {
    const relation = plannedUnit({
      ...{ kind: 'relation', claim: 'relation', leaning: 'right' },
      ...{ words: 'right of', phrase: 'a dog right of a red bus' },
      places: { thing: 'a dog', other: 'a red bus' },
    })
    const at = (x: number, soft = 0.5) => {
      const { places, ...rest } = fit(soft)
      return { ...rest, places: { ...places, shape: { ...places.shape, centre: { x, y: 0.5 } } } }
    }
    const [found] = ask([relation], { 'a dog': at(0.7), 'a red bus': at(0.3) })
    expect(found?.signals.geo).toBeCloseTo(0.4)
    const [flat] = ask([relation], { 'a dog': at(0.7), 'a red bus': at(0.3, 0) })
    expect(flat?.signals).not.toHaveProperty('geo')
  })

  it('prefers the place that a detector drew', () => {
    const region = { x: 0, y: 0, width: 0.5, height: 0.5 }
    const thing = { lemma: 'poodle', labels: ['dog'], narrower: [] }
    const boxes = { found: [{ label: 'dog', score: 0.8, region }], labels: ['dog'] }
    const findings = { boxes, lines: null }
    const [found] = ask([plannedUnit({ thing })], { 'a poodle': fit(0.5) }, { findings })
    expect(found?.signals.box).toBe(0.8)
    expect(found?.region).toEqual(region)
  })

  it('asks for each phrase once', () => {
    const wish = wishFor([POODLE, POODLE], everySignal)
    expect(wish.phrases.map(({ text }) => text)).toEqual(['a poodle', 'a wolf', 'a fox'])
    expect(wish.sentences).toEqual(['A poodle', 'A'])
  })
})
