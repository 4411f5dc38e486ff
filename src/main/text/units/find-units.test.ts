import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findUnits } from './find-units.ts'

/** Units as "kind words = lemma @about > toward"; the lemma only where it is not the words. */
function tell(text: string): string[] {
  const units = findUnits(text)
  const wordsOf = (index: number) => {
    const unit = units[index]
    return unit === undefined ? 'none' : text.slice(unit.start, unit.end)
  }
  return units.map(({ kind, lemma, about, toward }, index) => {
    const words = wordsOf(index)
    return [
      kind,
      words,
      ...(lemma === words.toLowerCase() ? [] : [`= ${lemma}`]),
      ...(about === null ? [] : [`@ ${wordsOf(about)}`]),
      ...(toward === null ? [] : [`> ${wordsOf(toward)}`]),
    ].join(' ')
  })
}

describe('findUnits', () => {
  it.each([
    [
      'two red fire trucks on a brick road',
      [
        'count two = 2 @ fire trucks',
        'attribute red @ fire trucks',
        'entity fire trucks = fire truck',
        'relation on @ fire trucks > road',
        'attribute brick @ road',
        'entity road',
      ],
    ],
    [
      'A man in black pants walking in the park.',
      [
        'entity man',
        'relation in @ man > pants',
        'attribute black @ pants',
        'entity pants',
        'action walking = walk @ man > park',
        'relation in @ man > park',
        'entity park',
      ],
    ],
    [
      'The girl is wearing a light blue dress',
      [
        'entity girl',
        'relation wearing = wear @ girl > dress',
        'attribute light blue @ dress',
        'entity dress',
      ],
    ],
    ["the zebra's head", ['entity zebra', "relation 's = have @ zebra > head", 'entity head']],
    [
      'the water is calm and the dress is red',
      ['entity water', 'not-checkable calm', 'entity dress', 'attribute red @ dress'],
    ],
    [
      'a group of young men',
      ['count group = group of @ men', 'attribute young @ men', 'entity men = man'],
    ],
    [
      'black-and-white cat, long-sleeved shirt',
      [
        'attribute black @ cat',
        'attribute white @ cat',
        'entity cat',
        'attribute long-sleeved @ shirt',
        'entity shirt',
      ],
    ],
    ['the side of the road', ['entity road']],
    [
      'grass by the side of the road',
      ['entity grass', 'relation by the side of = by side of @ grass > road', 'entity road'],
    ],
    [
      '18-inch alloy wheels',
      ['attribute 18-inch @ wheels', 'attribute alloy @ wheels', 'entity wheels = wheel'],
    ],
    ['a skate board and a hot dog', ['entity skate board = skateboard', 'entity hot dog']],
  ])('reads %j', (text, units) => {
    expect(tell(text)).toEqual(units)
  })

  it.each([
    // The tagger alone takes these for a verb, a verb, a noun, a verb and an adverb.
    ['Dog left on the couch', 'entity Dog'],
    ['a plate on counter', 'entity counter'],
    ['man skiing down a hill', 'action skiing = ski @ man > hill'],
    ['white Ford truck', 'name Ford'],
    ['large gray rock', 'attribute large @ rock'],
    ['a can of soda', 'entity can'],
    ['a side mirror attached to truck', 'entity truck'],
    ['a cutting board', 'entity cutting board'],
    ['zebras drinking water', 'action drinking = drink @ zebras > water'],
    ['a truck, red, with an engine', 'attribute red @ truck'],
    ['the bird facing left', 'relation facing = face @ bird'],
  ])('mends what the tagger reads wrongly in %j', (text, unit) => {
    expect(tell(text)).toContain(unit)
  })

  it.each([
    ['Toyota Corolla 1998, left side view', ['Toyota Corolla', '1998']],
    ['Red Toyota Corolla For Sale In Austin', ['Toyota Corolla', 'Austin']],
    ['1998 Ford F-150 XLT pickup truck', ['1998', 'Ford F-150 XLT']],
    ['A man walks past the Statue of Liberty.', ['Statue of Liberty']],
    ['Barack Obama speaks in Chicago', ['Barack Obama', 'Chicago']],
    ['a photo taken in new york', ['new york']],
    ['Anna sits beside Bert', ['Anna', 'Bert']],
    ['my iPhone on an IKEA table', ['iPhone', 'IKEA']],
    ['A big TV and an SUV', []],
    ['An American flag on a Victorian house', []],
    ['The Dog Is On The Red Sofa', []],
    ['SALE RED LEATHER HANDBAG', []],
    ['Dog on a sofa. Cats sleep.', []],
    ['a dodge ball game on the seat', []],
    ['a 3d poster of the 80s', []],
  ])('finds the names in %j', (text, names) => {
    const found = findUnits(text).filter(({ kind }) => kind === 'name')
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(names)
  })

  it('keeps quoted text whole and reads nothing in it', () => {
    expect(tell('A red sign says “STOP the Car” on it')).toEqual([
      'attribute red @ sign',
      'entity sign',
      'action says = say @ sign',
      'quoted-text STOP the Car',
      'relation on @ sign',
    ])
  })

  it('takes an apostrophe for no quotation', () => {
    expect(
      tell("the dog's and the cat's bowl").filter((unit) => unit.startsWith('quoted')),
    ).toEqual([])
  })

  it.each([
    ['A dog, possibly asleep.', 'not-checkable possibly'],
    ['A dog runs because it is happy.', 'not-checkable because it is happy'],
    ['A cafe with a warm atmosphere.', 'not-checkable a warm atmosphere = atmosphere'],
    ['A beautiful garden.', 'not-checkable beautiful'],
    ['A sky without any clouds', 'not-checkable without any clouds = no cloud'],
    ['Seen on Tuesday', 'not-checkable Tuesday'],
  ])('marks what nobody can check in %j', (text, unit) => {
    expect(tell(text)).toContain(unit)
  })

  it('speaks of the picture only where it is a thing', () => {
    expect(tell('The image shows a dog')).toEqual(['relation shows = show > dog', 'entity dog'])
    expect(tell('pictures hanging on the wall')).toContain('entity pictures = picture')
  })

  it('numbers sentences, and breaks none at an abbreviation', () => {
    const text = 'Dr. Smith sits. A dog sleeps\nA cat | A bird'
    const sentences = new Map(findUnits(text).map((unit) => [unit.lemma, unit.sentence]))
    expect(sentences.get('dog')).toBe(1)
    expect(sentences.get('cat')).toBe(2)
    expect(sentences.get('bird')).toBe(3)
    expect(sentences.get('sit')).toBe(0)
  })

  it('finds nothing in addresses, file names and scripts without Latin letters', () => {
    expect(findUnits('IMG_2034.jpg https://example.org/red-car a@example.org #dog')).toEqual([])
    expect(findUnits('一只狗在沙发上。 Собака на диване. 👩‍👩‍👧😀')).toEqual([])
  })

  it('takes texts of 100 KB of any kind', () => {
    const pieces = [
      'x',
      '\ud800',
      'a-',
      '"a ',
      "'a ",
      'group of ',
      '12 ',
      'red and ',
      '中',
      '\n',
      '👩‍👧',
      'Aa Bb ',
    ]
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length))
      expect(() => findUnits(text)).not.toThrow()
    }
  }, 120_000)

  it('keeps offsets exact behind anything that is odd', () => {
    const odd = ['\ud83d', '\u00a0', '\t', 'e\u0301', '👩‍👩‍👧', '\u200b', 'İ', 'ﬁ', '…', '’', '“']
    const text = `${odd.join(' ')} ${'x'.repeat(200)} two brown dogs`
    const dogs = findUnits(text).find(({ lemma }) => lemma === 'dog')
    expect(dogs && text.slice(dogs.start, dogs.end)).toBe('dogs')
  })

  it('gives units that hold together for any text', () => {
    const words = fc.constantFrom(
      ...'a the two red dog dogs is sitting on of and , . " Ford F-150 1998 without very \ud800 😀 side left - can to'.split(
        ' ',
      ),
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(words, { maxLength: 30 }).map((list) => list.join(' ')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const units = findUnits(text)
        units.forEach((unit, index) => {
          expect(unit.start).toBeGreaterThanOrEqual(units[index - 1]?.start ?? 0)
          expect(unit.end).toBeGreaterThan(unit.start)
          expect(unit.end).toBeLessThanOrEqual(text.length)
          for (const link of [unit.about, unit.toward])
            if (link !== null) expect(['entity', 'name']).toContain(units[link]?.kind)
        })
      }),
      { numRuns: 300 },
    )
  })
})
