import { describe, expect, it } from 'vitest'
import { chooseDetails, type DetailCandidate, type DetailChoice } from './details.ts'
import type { DetailTable } from './details-table.ts'

const EVEN = { intercept: -5, weights: { soft: 10 }, limit: 0.8, count: 100 }
const CLOSED = { ...EVEN, limit: null }
const TABLE: DetailTable = {
  pack: { id: 'test', revision: '1' },
  sharpness: 10,
  vocabulary: [],
  sources: {
    ...{ vocabulary: EVEN, 'alt-text': EVEN, neighbours: CLOSED },
    ...{ colour: EVEN, count: EVEN, region: EVEN },
  },
}

/** A square of a tenth of the picture's sides at a place of its own. */
function at(column: number) {
  return { x: column / 10, y: 0, width: 0.1, height: 0.1 }
}

const OF_THING = { about: 'thing', instead: null } as const

function seen(noun: string, soft: number, column = 0): DetailCandidate {
  const look = { soft, cosine: 0, share: 1 }
  return { ...OF_THING, source: 'vocabulary', noun, phrase: `a ${noun}`, region: at(column), look }
}

function boxed(noun: string, score: number, column: number): DetailCandidate {
  return { ...OF_THING, source: 'detector', noun, phrase: `a ${noun}`, region: at(column), score }
}

function coloured(noun: string, colour: string, soft: number): DetailCandidate {
  const phrase = `a ${colour} ${noun}`
  const instead = { words: noun, occurrence: 0, insert: `${colour} ${noun}` }
  const about = { source: 'colour', about: 'colour', noun } as const
  return { ...about, phrase, instead, region: at(0), look: { soft } }
}

/** A part of the picture that no word is known for. */
function part(noun: string, soft: number, column: number): DetailCandidate {
  const about = { source: 'region', about: 'region', noun } as const
  return {
    ...about,
    phrase: `something ${noun}`,
    instead: null,
    region: at(column),
    look: { soft },
  }
}

function phrases(candidates: readonly DetailCandidate[], rest: Partial<DetailChoice> = {}) {
  return chooseDetails({
    ...{ candidates, table: TABLE, answers: new Map(), commonness: new Map(), ...rest },
  }).map(({ phrase }) => phrase)
}

describe('chooseDetails', () => {
  it('keeps what reaches the limit of its source, and says how likely and where it is', () => {
    const [detail, ...others] = chooseDetails({
      candidates: [seen('tree', 0.8, 3), seen('bush', 0.6)],
      ...{ table: TABLE, answers: new Map(), commonness: new Map() },
    })
    expect(others).toEqual([])
    expect(detail).toMatchObject({ phrase: 'a tree', region: at(3) })
    expect(detail?.probability).toBeCloseTo(1 / (1 + Math.exp(-3)))
    expect(detail?.source).toMatch(/encoder/)
  })

  it('offers nothing of a source that is not right often enough, or of an encoder nobody measured', () => {
    const neighbour = { ...seen('tree', 0.9), source: 'neighbours' } as DetailCandidate
    expect(phrases([neighbour])).toEqual([])
    expect(phrases([seen('tree', 0.9)], { table: null })).toEqual([])
    expect(phrases([boxed('tree', 0.9, 0)], { table: null })).toEqual(['a tree'])
  })

  it('offers a thing once, by the source that is surest of it', () => {
    const details = chooseDetails({
      candidates: [seen('dog', 0.65), boxed('dog', 0.95, 4)],
      ...{ table: TABLE, answers: new Map(), commonness: new Map() },
    })
    expect(details.map(({ probability }) => probability)).toEqual([0.95])
  })

  it('offers at most five, the likeliest first', () => {
    const many = [0, 1, 2, 3, 4, 5, 6].map((index) =>
      boxed(`thing ${index}`, 0.9 - index / 20, index),
    )
    expect(phrases(many)).toEqual([0, 1, 2, 3, 4].map((index) => `a thing ${index}`))
  })

  it('puts what people of the project keep dismissing behind the rest', () => {
    const pair = [boxed('cup', 0.9, 0), boxed('vase', 0.8, 5)]
    expect(phrases(pair)).toEqual(['a cup', 'a vase'])
    const answers = new Map([['a cup', { inserted: 0, dismissed: 3 }]])
    expect(phrases(pair, { answers })).toEqual(['a vase', 'a cup'])
    const mixed = new Map([['a cup', { inserted: 30, dismissed: 3 }]])
    expect(phrases(pair, { answers: mixed })).toEqual(['a cup', 'a vase'])
  })

  it('prefers what those that look alike do not show, and another place to the same place', () => {
    const pair = [boxed('cup', 0.9, 0), boxed('vase', 0.8, 5)]
    expect(phrases(pair, { commonness: new Map([['cup', 1]]) })).toEqual(['a vase', 'a cup'])
    const stacked = [boxed('cup', 0.9, 0), boxed('mug', 0.85, 0), boxed('vase', 0.8, 5)]
    expect(phrases(stacked)).toEqual(['a cup', 'a vase', 'a mug'])
  })

  it('tells one colour of a thing, the likeliest, beside the thing itself', () => {
    const details = chooseDetails({
      candidates: [coloured('car', 'red', 0.7), coloured('car', 'blue', 0.8), seen('car', 0.9, 5)],
      ...{ table: TABLE, answers: new Map(), commonness: new Map() },
    })
    expect(details.map(({ id }) => id).toSorted()).toEqual(['car', 'colour car'])
    expect(details.find(({ kind }) => kind === 'colour')).toMatchObject({
      phrase: 'a blue car',
      instead: { words: 'car', occurrence: 0, insert: 'blue car' },
    })
  })

  it('asks for a look at no more than two parts, behind all words and where none of them lies', () => {
    const parts = [
      part('on the left', 0.9, 0),
      part('at the top', 0.8, 3),
      part('on the right', 0.95, 9),
      part('in the middle', 0.7, 5),
    ]
    expect(phrases([...parts, boxed('cup', 0.6, 9)])).toEqual([
      ...['a cup', 'something on the left', 'something at the top'],
    ])
    const many = [1, 2, 3, 4, 5].map((column) => boxed(`thing ${column}`, 0.9, column))
    expect(phrases([...many, part('on the left', 0.9, 0)])).toHaveLength(5)
    expect(phrases([...many, part('on the left', 0.9, 0)])).not.toContain('something on the left')
  })
})
