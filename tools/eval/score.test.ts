import { describe, expect, it } from 'vitest'
import { partOf } from './factual.ts'
import { readSceneGraph } from './scene-graph.ts'
import { addScores, isSameObject, isSameValue, precision, recall, score } from './score.ts'

describe('readSceneGraph', () => {
  it('tells objects from attributes', () => {
    const graph = readSceneGraph('( Girl , is , young ) , ( girl , on top of , bed ) , ( rod )')
    expect(graph).toEqual({
      objects: ['girl', 'bed', 'rod'],
      attributes: [{ object: 'girl', value: 'young' }],
    })
  })

  it('reads nothing in a text without facts', () => {
    expect(readSceneGraph('')).toEqual({ objects: [], attributes: [] })
  })
})

describe('score', () => {
  it('compares objects by the base form of their last word, or written in one', () => {
    expect(isSameObject('traffic signs', 'sign')).toBe(true)
    expect(isSameObject('cell phone', 'cellphone')).toBe(true)
    expect(isSameObject('men', 'man')).toBe(true)
    expect(isSameObject('sign post', 'sign')).toBe(false)
  })

  it('compares values by their last word, or written in one', () => {
    expect(isSameValue('freshly cut', 'cut')).toBe(true)
    expect(isSameValue('multi-colored', 'multi colored')).toBe(true)
    expect(isSameValue('red', 'blue')).toBe(false)
  })

  it('counts by hand', () => {
    const said = {
      objects: ['dog', 'dogs', 'bed', 'lamp'],
      attributes: [
        { object: 'dog', value: 'brown' },
        { object: 'lamp', value: 'red' },
      ],
    }
    const wanted = {
      objects: ['dogs', 'bed', 'wall', 'floor'],
      attributes: [
        { object: 'dogs', value: 'brown' },
        { object: 'bed', value: 'red' },
        { object: 'bed', value: 'old' },
      ],
    }
    const { objects, attributes, attributeWords } = score(said, wanted)
    // Said: dog, bed, lamp. Wanted: dog, bed, wall, floor.
    expect(precision(objects)).toBe(2 / 3)
    expect(recall(objects)).toBe(2 / 4)
    expect(attributes).toEqual({ found: 1, said: 2, wanted: 3 })
    expect(attributeWords).toEqual({ found: 2, said: 2, wanted: 3 })
  })

  it('adds up over captions', () => {
    const graph = { objects: ['dog'], attributes: [] }
    const sum = addScores(score(graph, graph), score({ objects: [], attributes: [] }, graph))
    expect(sum.objects).toEqual({ found: 1, said: 1, wanted: 2 })
  })
})

describe('partOf', () => {
  it('puts a row in the same part for ever', () => {
    expect(['1:1', '2:2', '3:3', '4:4', '5:5', '6:6'].map(partOf)).toEqual(
      // FNV-1a modulo 3, computed apart.
      ['held-out', 'held-out', 'held-out', 'development', 'held-out', 'held-out'],
    )
  })
})
