import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { balanceByConcepts, ConceptLists } from './balance.ts'
import { createConceptMatcher } from './concept-matcher.ts'
import { createDraw } from './draws.ts'

function matches(concepts: readonly string[], text: string): readonly string[] {
  const found = new Set<number>()
  createConceptMatcher(concepts).match(text, (index) => found.add(index))
  return [...found].sort((one, other) => one - other).map((index) => concepts[index] ?? '')
}

describe('matching concepts', () => {
  it('finds whole words whatever stands around them, and phrases', () => {
    const concepts = ['cat', 'red car', 'car', 'U.S. flag', 'C++']
    expect(matches(concepts, 'A Cat, concatenated; RED   CAR!')).toEqual(['cat', 'red car', 'car'])
    expect(matches(concepts, 'scar cars catalogue')).toEqual([])
    expect(matches(concepts, 'the u.s. flag (C++)')).toEqual(['U.S. flag', 'C++'])
    expect(matches(concepts, 'red\ncar')).toEqual(['red car', 'car'])
  })

  it('finds a concept by each of its spellings', () => {
    const concepts = ['dog | dogs', 'fire hydrant|hydrant', '|']
    expect(matches(concepts, 'two dogs')).toEqual(['dog | dogs'])
    expect(matches(concepts, 'a dog by a hydrant')).toEqual(['dog | dogs', 'fire hydrant|hydrant'])
    expect(matches(concepts, 'a dogfish | or so')).toEqual([])
  })

  it('finds words inside of texts that are written without blanks', () => {
    expect(matches(['猫', 'ネコ', 'แมว', 'cat'], '黒い猫とネコ')).toEqual(['猫', 'ネコ'])
    expect(matches(['แมว'], 'รูปแมวดำ')).toEqual(['แมว'])
  })

  it('finds what looking for each concept by itself finds', () => {
    const word = fc.constantFrom('a', 'b', 'ab', 'ba', 'aab')
    const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(
        fc.uniqueArray(phrase, { minLength: 1, maxLength: 6 }),
        phrase,
        (concepts, text) => {
          const expected = concepts.filter((concept) => ` ${text} `.includes(` ${concept} `))
          expect(matches(concepts, text)).toEqual(expected)
        },
      ),
    )
  })
})

describe('texts of ASCII and others', () => {
  it('are matched alike, whatever stands between the words', () => {
    const units = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit))
    const text = fc.array(fc.constantFrom(...units, ' ', ' '), { maxLength: 40 })
    const entries = ['a', 'b c', 'q.', '$ 1', 'x - y', '( z', '7']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...entries, ...units)), text, (words, rest) => {
        const ascii = `${words.join(' ')}${rest.join('')}`
        // A character that no entry has sends the same text the long way.
        expect(matches(entries, ascii)).toEqual(matches(entries, `${ascii} \u4e00`))
      }),
    )
  })
})

describe('balancing', () => {
  const count = 6_000
  const keys = {
    high: Uint32Array.from({ length: count }, (_, index) => index * 31),
    low: Uint32Array.from({ length: count }, (_, index) => index * 17),
  }
  const positions = Uint32Array.from({ length: count }, (_, index) => index)
  // Concept 0 on every image but each tenth, 1 on each hundredth, none on the rest of the tenths.
  const conceptsOf = (index: number): readonly number[] =>
    [index % 10 === 0 ? [] : [0], index % 100 === 0 ? [1] : []].flat()
  const lists = new ConceptLists()
  for (const position of positions) lists.add(conceptsOf(position))
  const ask = { concepts: ['dog', 'okapi'], lists, draw: createDraw(keys, 1, 'balance') }

  it('keeps images of frequent concepts by their share, and all of rare ones', () => {
    const { kept, others, found, keptOf } = balanceByConcepts(positions, {
      ...{ ...ask, most: 540, keepsOthers: false },
    })
    const dogs = kept.filter((position) => conceptsOf(position).includes(0)).length
    // 540 expected of 5,400; five standard deviations are 110.
    expect(Math.abs(dogs - 540)).toBeLessThan(110)
    expect(kept.filter((position) => position % 100 === 0)).toHaveLength(60)
    expect(others).toBe(540)
    expect([...found]).toEqual([5_400, 60])
    expect([...keptOf]).toEqual([dogs, 60])
    expect(kept).toHaveLength(dogs + 60)
  })

  it('draws the same for a concept that gets another spelling', () => {
    const keep = (dog: string): Uint32Array =>
      balanceByConcepts(positions, {
        ...{ ...ask, concepts: [dog, 'okapi'], most: 540, keepsOthers: false },
      }).kept
    expect(keep('Dog | dogs')).toEqual(keep('dog'))
    expect(keep('hound')).not.toEqual(keep('dog'))
  })

  it('keeps images without a concept where it is asked to', () => {
    const { kept } = balanceByConcepts(positions, { ...ask, most: 10_000, keepsOthers: true })
    expect(kept).toHaveLength(count)
  })

  it('keeps the more, the more a concept may have', () => {
    const keep = (most: number): Uint32Array =>
      balanceByConcepts(positions, { ...ask, most, keepsOthers: false }).kept
    const many = new Set(keep(800))
    expect([...keep(300)].every((position) => many.has(position))).toBe(true)
  })
})
