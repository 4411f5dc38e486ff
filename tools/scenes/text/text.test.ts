import { describe, expect, it } from 'vitest'
import { composeScene } from '../compose.ts'
import type { Scene } from '../compose.ts'
import type { SceneGraph } from '../graph.ts'
import { articleFor } from './document.ts'
import type { FaultKind, Unit, WrittenText } from './document.ts'
import { numberWord } from './phrases.ts'

const SCENES = Array.from({ length: 300 }, (_, index) => composeScene(1, index))

function everyText(): { scene: Scene; written: WrittenText }[] {
  return SCENES.flatMap((scene) =>
    [scene.caption, ...scene.alts].map((written) => ({ scene, written })),
  )
}

/** Whether a unit that is recorded as correct is so in the graph. */
function isTrue(unit: Unit, graph: SceneGraph): boolean {
  const group = graph.groups.find((candidate) => candidate.id === unit.group)
  switch (unit.kind) {
    case 'setting':
      return [...graph.background.settings, ...graph.background.shortSettings].includes(unit.value)
    case 'object':
      return unit.value === group?.noun
    case 'count':
      return unit.value === String(group?.count)
    case 'colour':
      return unit.value === group?.colour
    case 'size':
      return unit.value === group?.size
    case 'place':
      return unit.value === group?.placeWords
    case 'action':
      return group !== undefined
    case 'sign-text':
      return group?.drawing.kind === 'sign' && unit.value === group.drawing.words
    case 'relation':
      return graph.relations.some(
        (one) =>
          one.subject === unit.group && one.object === unit.other && one.relation === unit.value,
      )
  }
}

describe('texts', () => {
  it('mark exact spans', () => {
    for (const { written } of everyText()) {
      for (const unit of written.units) {
        expect(written.text.slice(unit.start, unit.end)).toBe(unit.text)
        expect(unit.text).not.toBe('')
        if (unit.kind !== 'object') continue
        expect(unit.phrase?.start).toBeLessThanOrEqual(unit.start)
        expect(unit.phrase?.end).toBeGreaterThanOrEqual(unit.end)
      }
      for (const fault of written.faults) {
        expect(written.text.slice(fault.start, fault.end)).toBe(fault.said)
        expect(fault.said === '').toBe(fault.kind === 'missing')
      }
    }
  })

  it('record as correct only what is true', () => {
    for (const { scene, written } of everyText()) {
      for (const unit of written.units) {
        expect(isTrue(unit, scene.graph), `${scene.graph.index}: ${JSON.stringify(unit)}`).toBe(
          true,
        )
      }
    }
  })

  it('are clean English where no fault is planted', () => {
    for (const { scene } of everyText()) {
      const { text } = scene.caption
      expect(text).not.toMatch(/ {2}| \.|\.\.|,,|^\s|\s$|undefined|null/)
      for (const [, article, next] of text.matchAll(/\b(an?) ([a-z]+)/gi)) {
        expect(articleFor(next ?? ''), text).toBe(article?.toLowerCase())
      }
      expect(text).toMatch(/^[A-Z]/)
      expect(text).toMatch(/\.$/)
      expect(text).not.toMatch(/\b(two|three|four) [a-z]+ (is|stands|lies|sits) /)
    }
  })

  it('mention every group in the caption, with its count and colour, and plant nothing there', () => {
    for (const { graph, caption } of SCENES) {
      expect(caption.faults).toEqual([])
      for (const group of graph.groups) {
        const units = caption.units.filter((unit) => unit.group === group.id)
        expect(units.some((unit) => unit.kind === 'object')).toBe(true)
        if (group.count > 1) expect(units.some((unit) => unit.kind === 'count')).toBe(true)
        if (group.colour) expect(units.some((unit) => unit.kind === 'colour')).toBe(true)
      }
    }
  })

  it('plant every kind of fault within 300 scenes, each with one to three alt-texts', () => {
    const kinds = new Set<FaultKind>()
    for (const { alts } of SCENES) {
      expect(alts.length).toBeGreaterThanOrEqual(1)
      expect(alts.length).toBeLessThanOrEqual(3)
      for (const alt of alts) for (const fault of alt.faults) kinds.add(fault.kind)
    }
    expect([...kinds].sort()).toEqual([
      'boilerplate',
      'colour',
      'count',
      'file-name',
      'inserted',
      'missing',
      'name',
      'object',
      'relation',
      'setting',
      'shop-tail',
      'sign-text',
      'size',
      'typo',
    ])
  })

  it('plant faults that are false', () => {
    for (const { graph, alts } of SCENES) {
      for (const fault of alts.flatMap((alt) => alt.faults)) {
        const group = graph.groups.find((candidate) => candidate.id === fault.group)
        const said = fault.said.toLowerCase().replaceAll('-', ' ')
        const nouns = graph.groups.flatMap(({ noun, plural }) => [noun, plural])
        if (fault.kind === 'object' || fault.kind === 'inserted') expect(nouns).not.toContain(said)
        if (fault.kind === 'colour') expect(said).not.toBe(group?.colour)
        if (fault.kind === 'count') {
          expect(fault.truth).toBe(numberWord(group?.count ?? 0))
          expect(said).not.toBe(fault.truth)
        }
        if (fault.kind === 'relation') {
          const relations = graph.relations.filter(
            (one) => one.subject === fault.group && one.object === fault.other,
          )
          expect(relations.map((one) => one.relation)).toContain(fault.truth)
          const plainWords = said.replace(/^(to|on) the /, '').replace(' top', '')
          expect(relations.map((one) => one.relation as string)).not.toContain(plainWords)
        }
      }
    }
  })

  it('name every group that an alt-text leaves out', () => {
    for (const { graph, alts } of SCENES) {
      for (const alt of alts) {
        const missing = alt.faults
          .filter((fault) => fault.kind === 'missing')
          .map((fault) => fault.group)
        const told = [...alt.units, ...alt.faults.filter((fault) => fault.kind !== 'missing')].map(
          (mark) => mark.group,
        )
        for (const group of graph.groups) {
          expect(missing.includes(group.id)).toBe(!told.includes(group.id))
        }
      }
    }
  })
})

describe('articles', () => {
  it.each([
    ['apple', 'an'],
    ['hourglass', 'an'],
    ['unicorn', 'a'],
    ['umbrella', 'an'],
    ['house', 'a'],
  ])('before %s', (noun, article) => {
    expect(articleFor(noun)).toBe(article)
  })
})
