import { describe, expect, it } from 'vitest'
import { composeScene, DEFAULT_SCENE_OPTIONS } from './compose.ts'
import { conceptById } from './concepts/table.ts'
import { bottom, centreX, centreY, INVERSE, overlapShare, right, union } from './geometry.ts'
import type { Relation, SceneGraph, SceneGroup } from './graph.ts'
import { OVERLAP_LIMIT } from './layout.ts'

const SCENES = Array.from({ length: 300 }, (_, index) => composeScene(1, index))
const GRAPHS = SCENES.map((scene) => scene.graph)

function groupOf(graph: SceneGraph, id: string): SceneGroup {
  const group = graph.groups.find((candidate) => candidate.id === id)
  if (!group) throw new Error(`Scene ${graph.index} has no group ${id}.`)
  return group
}

/** What each relation word must mean at the least, said anew and not with the code under test. */
function holds(graph: SceneGraph, { subject, relation, object }: Relation): boolean {
  const a = groupOf(graph, subject).box
  const b = groupOf(graph, object).box
  switch (relation) {
    case 'left of':
      return centreX(a) < centreX(b) && right(a) <= b.x + b.width * 0.25
    case 'right of':
      return centreX(a) > centreX(b) && right(b) <= a.x + a.width * 0.25
    case 'above':
    case 'on':
      return centreY(a) < centreY(b) && bottom(a) <= b.y + b.height * 0.78
    case 'below':
    case 'under':
      return centreY(a) > centreY(b) && bottom(b) <= a.y + a.height * 0.78
    case 'next to':
      return Math.max(a.x, b.x) - Math.min(right(a), right(b)) <= Math.min(a.width, b.width) / 2 + 1
    case 'in front of':
      return bottom(a) > bottom(b) && a.x < right(b) && b.x < right(a)
    case 'behind':
      return bottom(a) < bottom(b) && a.x < right(b) && b.x < right(a)
  }
}

describe('composing scenes', () => {
  it('gives the same scene for the same seed and index, whatever came before', () => {
    const again = [...SCENES.keys()].slice(0, 40).reverse()
    for (const index of again) expect(composeScene(1, index)).toEqual(SCENES[index])
    expect(composeScene(2, 0).graph).not.toEqual(SCENES[0]?.graph)
  })

  it('has two to six groups, with boxes inside the picture', () => {
    for (const graph of GRAPHS) {
      expect(graph.groups.length).toBeGreaterThanOrEqual(2)
      expect(graph.groups.length).toBeLessThanOrEqual(6)
      for (const { box } of graph.objects) {
        expect(box.x).toBeGreaterThanOrEqual(0)
        expect(box.y).toBeGreaterThanOrEqual(0)
        expect(right(box)).toBeLessThanOrEqual(graph.width)
        expect(bottom(box)).toBeLessThanOrEqual(graph.height)
        expect(Math.max(box.width, box.height)).toBeGreaterThan(24)
      }
    }
  })

  it('counts what it drew', () => {
    for (const graph of GRAPHS) {
      for (const group of graph.groups) {
        const members = graph.objects.filter((object) => object.group === group.id)
        expect(members.map((member) => member.id)).toEqual(group.members)
        expect(members).toHaveLength(group.count)
        expect(union(members.map((member) => member.box))).toEqual(group.box)
      }
      expect(new Set(graph.objects.map((object) => object.id)).size).toBe(graph.objects.length)
    }
  })

  it('states only relations that are true of the boxes, in both directions', () => {
    let stated = 0
    for (const graph of GRAPHS) {
      for (const relation of graph.relations) {
        expect(holds(graph, relation), `${graph.index} ${JSON.stringify(relation)}`).toBe(true)
        const inverse = {
          subject: relation.object,
          relation: INVERSE[relation.relation],
          object: relation.subject,
        }
        expect(graph.relations).toContainEqual(inverse)
        stated += 1
      }
    }
    expect(stated).toBeGreaterThan(600)
  })

  it('lets things overlap only where one stands on or in front of the other', () => {
    for (const graph of GRAPHS) {
      for (const a of graph.objects) {
        for (const b of graph.objects) {
          if (a.group === b.group || overlapShare(a.box, b.box) <= OVERLAP_LIMIT + 0.02) continue
          const [first, second] = [groupOf(graph, a.group), groupOf(graph, b.group)]
          const boxes = [first.box, second.box]
          const planned = graph.relations.some(
            (one) =>
              one.subject === first.id &&
              one.object === second.id &&
              ['on', 'under', 'in front of', 'behind'].includes(one.relation),
          )
          expect(
            planned,
            `${graph.index}: ${first.noun}, ${second.noun} ${JSON.stringify(boxes)}`,
          ).toBe(true)
        }
      }
    }
  })

  it('uses every scenery, sizes, colours, counts and signs', () => {
    const groups = GRAPHS.flatMap((graph) => graph.groups)
    expect(new Set(GRAPHS.map((graph) => graph.background.kind)).size).toBe(11)
    expect(new Set(groups.map((group) => group.count))).toEqual(new Set([1, 2, 3, 4]))
    expect(new Set(groups.map((group) => group.size))).toEqual(new Set([null, 'small', 'large']))
    expect(new Set(groups.map((group) => group.colour)).size).toBeGreaterThanOrEqual(11)
    expect(groups.some((group) => group.drawing.kind === 'sign')).toBe(true)
    expect(new Set(groups.map((group) => group.concept)).size).toBeGreaterThan(250)
  })

  it('never draws two groups that could be taken for each other', () => {
    for (const graph of GRAPHS) {
      const seen = new Set<string>()
      for (const group of graph.groups) {
        const look = `${group.concept} ${group.colour ?? ''}`
        expect(seen.has(look)).toBe(false)
        seen.add(look)
        const near = group.concept === 'sign' ? null : conceptById(group.concept).near
        const others = graph.groups.filter(
          (other) => other.concept !== group.concept && other.concept !== 'sign',
        )
        if (near !== null)
          for (const other of others) expect(conceptById(other.concept).near).not.toBe(near)
      }
    }
  })

  it.each([
    ['one vendor', { ...DEFAULT_SCENE_OPTIONS, vendors: ['fxemoji'] as const }],
    ['OpenMoji', { ...DEFAULT_SCENE_OPTIONS, vendors: ['openmoji'] as const }],
    ['few concepts', { ...DEFAULT_SCENE_OPTIONS, conceptLimit: 40 }],
    ['small squares', { ...DEFAULT_SCENE_OPTIONS, width: 144, height: 144 }],
    ['wide pictures', { ...DEFAULT_SCENE_OPTIONS, width: 1280, height: 720 }],
  ])('works with %s', (_name, options) => {
    for (let index = 0; index < 30; index += 1) {
      const { graph } = composeScene(3, index, options)
      const vendors = graph.groups.flatMap(({ drawing }) =>
        drawing.kind === 'icon' ? [drawing.vendor] : [],
      )
      for (const vendor of vendors) expect(options.vendors).toContain(vendor)
      for (const { box } of graph.objects) expect(right(box)).toBeLessThanOrEqual(options.width)
    }
  })
})
