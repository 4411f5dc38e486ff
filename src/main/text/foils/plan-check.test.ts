import { describe, expect, it } from 'vitest'
import { planCheck } from './plan-check.ts'

function unitsOf(text: string, labels: readonly string[] = []) {
  return new Map(planCheck(text, labels).units.map((unit) => [unit.words, unit] as const))
}

describe('planCheck', () => {
  it('says each unit in as few words as can be asked for', () => {
    const text =
      'Two red fire trucks to the left of an old house. A sign that reads “OPEN” in Lake Como.'
    const units = unitsOf(text)
    expect([...units.values()].map(({ claim, phrase }) => [claim, phrase])).toEqual([
      ['count', 'two fire trucks'],
      ['colour', 'red fire trucks'],
      ['object', 'fire trucks'],
      ['relation', 'fire trucks to the left of a house'],
      ['attribute', 'an old house'],
      ['object', 'a house'],
      ['object', 'a sign'],
      ['action', 'a sign reading'],
      ['sign-text', 'a sign that reads “OPEN”'],
      ['relation', null],
      ['name', null],
    ])
    expect(units.get('Two')?.count).toBe(2)
    expect(units.get('to the left of')).toMatchObject({
      ...{ spatial: 'left', leaning: 'left' },
      places: { thing: 'red fire trucks', other: 'a house' },
    })
    expect(units.get('Two')?.places).toEqual({ thing: 'red fire trucks', other: null })
    expect(units.get('old')?.sentence.without).toBe('Two red fire trucks to the left of an house')
  })

  it('asks for people as for more than one, and holds no man or woman against them', () => {
    const units = unitsOf('Three people on a beach.')
    expect(units.get('Three')?.phrase).toBe('three people')
    expect(units.get('people')?.phrase).toBe('people')
    const foils = units.get('people')?.foils.map(({ words }) => words) ?? []
    expect(foils.length).toBeGreaterThan(3)
    for (const one of ['man', 'men', 'women', 'children']) expect(foils).not.toContain(one)
  })

  it('tells which way things lie whose middles can show it, nearer ones lower', () => {
    const text =
      'A red dog behind a blue dog. A cup on a table. A cat in a box. A hat next to a bag.'
    const leaning = [...unitsOf(text).values()].flatMap((unit) =>
      unit.claim === 'relation' ? [[unit.words, unit.leaning]] : [],
    )
    expect(leaning).toEqual([
      ['behind', 'above'],
      ['on', 'above'],
      ['in', null],
      ['next to', null],
    ])
    expect(unitsOf(text).get('behind')?.places).toEqual({ thing: 'a red dog', other: 'a blue dog' })
  })

  it('takes foils of the same kind, in the same form, that the text does not say', () => {
    const units = unitsOf('Two cats and a wolf near a green bus.')
    expect(units.get('cats')?.foils.map(({ words }) => words)).not.toContain('wolves')
    for (const { words } of units.get('cats')?.foils ?? []) expect(words).toMatch(/s$|ee|ice/)
    expect(units.get('Two')?.foils.map(({ phrase }) => phrase)).toEqual([
      ...['one cat', 'three cats', 'four cats', 'five cats'],
    ])
    expect(units.get('Two')?.foils[1]?.words).toBe('Three')
    const colours = units.get('green')?.foils.map(({ words }) => words) ?? []
    expect(colours).toHaveLength(8)
    expect(colours).not.toContain('green')
    expect(units.get('bus')?.foils.map(({ tier }) => tier)).toContain('adversarial')
  })

  it('has opposites for relations and sizes, and no foil near in meaning', () => {
    const units = unitsOf('A large dog behind a turquoise car.')
    expect(units.get('behind')?.foils.map(({ words }) => words)).toEqual(['in front of'])
    expect(units.get('large')?.foils.map(({ words }) => words)).toEqual([
      ...['small', 'little', 'tiny'],
    ])
    const colours = units.get('turquoise')?.foils.map(({ words }) => words) ?? []
    expect(colours).not.toContain('blue')
    expect(colours).not.toContain('green')
  })

  it('always takes the same foils', () => {
    expect(unitsOf('A kite.').get('kite')?.foils).toEqual(
      unitsOf('There is a kite.').get('kite')?.foils,
    )
  })

  it('knows which labels of a detector stand for a thing', () => {
    const labels = ['dog', 'person', 'bird', 'car']
    const units = unitsOf('A poodle, a lizard, a woman and an animal in an automobile.', labels)
    expect(units.get('poodle')?.thing).toMatchObject({ labels: ['dog'], narrower: [] })
    expect(units.get('lizard')?.thing).toMatchObject({ labels: [] })
    expect(units.get('woman')?.thing).toMatchObject({ labels: ['person'] })
    expect(units.get('animal')?.thing).toMatchObject({ labels: [], narrower: ['dog', 'bird'] })
    expect(units.get('automobile')?.thing).toMatchObject({ labels: ['car'] })
  })
})
