import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergedText, mergeThreeWay, rebuildSide, type MergeChunk } from './three-way-merge.ts'

/** Writes a merge as one line: (mine), <theirs>, {both}, [mine|theirs]. */
function show(base: string, mine: string, theirs: string): string {
  return mergeThreeWay({ base, mine, theirs })
    .map((chunk) => {
      switch (chunk.kind) {
        case 'same':
          return chunk.text
        case 'mine':
          return `(${chunk.text})`
        case 'theirs':
          return `<${chunk.text}>`
        case 'both':
          return `{${chunk.text}}`
        case 'conflict':
          return `[${chunk.mine}|${chunk.theirs}]`
      }
    })
    .join('')
}

describe('merging', () => {
  const base = 'A red bus stands at the corner. A man waits.'

  test.each([
    [
      'changes of both sides that lie apart',
      'A blue bus stands at the corner. A man waits.',
      'A red bus stands at the corner. A woman waits.',
      'A( blue) bus stands at the corner. A< woman> waits.',
    ],
    [
      'the same change twice',
      'A blue bus stands at the corner. A man waits.',
      'A blue bus stands at the corner. A man waits.',
      'A{ blue} bus stands at the corner. A man waits.',
    ],
    [
      'one word changed in two ways',
      'A blue bus stands at the corner. A man waits.',
      'A green bus stands at the corner. A man waits.',
      'A[ blue| green] bus stands at the corner. A man waits.',
    ],
    [
      'neighbouring words changed by one side each',
      'A blue bus stands at the corner. A man waits.',
      'A red tram stands at the corner. A man waits.',
      'A[ blue bus| red tram] stands at the corner. A man waits.',
    ],
    [
      'two sentences added at the same end',
      'A red bus stands at the corner. A man waits. It rains.',
      'A red bus stands at the corner. A man waits. It snows.',
      'A red bus stands at the corner. A man waits.[ It rains.| It snows.]',
    ],
    [
      'white space of one side',
      'A red bus stands at the corner.\n\nA man waits.',
      'A red bus stands at the corner. A woman waits.',
      'A red bus stands at the corner.(\n\n)A< woman> waits.',
    ],
  ])('%s', (_name, mine, theirs, expected) => {
    expect(show(base, mine, theirs)).toBe(expected)
  })

  test('a side that took everything away against one that changed a word', () => {
    expect(show('A red bus.', '', 'A blue bus.')).toBe('[|A blue bus.]')
  })

  test('an image that had no text', () => {
    expect(show('', 'A bus.', '')).toBe('(A bus.)')
    expect(show('', 'A bus.', 'A tram.')).toBe('[A bus.|A tram.]')
    expect(mergeThreeWay({ base: '', mine: '', theirs: '' })).toEqual([])
  })

  test('a text that was written anew against a small change collides instead of mixing', () => {
    const long = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ')
    const other = Array.from({ length: 900 }, (_, index) => `else${index}`).join(' ')
    const chunks = mergeThreeWay({
      base: long,
      mine: other,
      theirs: long.replace('word7 ', 'seven '),
    })
    expect(mergedText(chunks)).toBeNull()
    expect(rebuildSide(chunks, 'mine')).toBe(other)
  })
})

describe('whatever the texts', () => {
  const word = fc.constantFrom(
    'a',
    'red',
    'bus',
    'man',
    ',',
    '.',
    ' ',
    ' ',
    '\n',
    '\t ',
    '\ud83d',
    '\ude8c',
    '🚌',
    'é',
    '犬',
    '',
  )
  const plain = fc.array(word, { maxLength: 24 }).map((words) => words.join(''))
  const text = fc.oneof(plain, fc.string({ unit: 'binary', maxLength: 30 }))
  // Versions of one text, as people make them, beside texts that have nothing in common.
  const edit = fc.tuple(fc.nat(23), fc.nat(3), plain)
  const versions = fc
    .tuple(
      fc.array(word, { maxLength: 24 }),
      fc.array(edit, { maxLength: 4 }),
      fc.array(edit, { maxLength: 4 }),
    )
    .map(([words, mine, theirs]) => {
      const change = (edits: readonly (readonly [number, number, string])[]): string =>
        edits
          .reduce<string[]>((list, [at, count, insert]) => list.toSpliced(at, count, insert), words)
          .join('')
      return { base: words.join(''), mine: change(mine), theirs: change(theirs) }
    })
  const input = fc.oneof(versions, fc.record({ base: text, mine: text, theirs: text }))

  test('the chunks rebuild all three texts', () => {
    fc.assert(
      fc.property(input, (given) => {
        const chunks = mergeThreeWay(given)
        for (const side of ['base', 'mine', 'theirs'] as const) {
          expect(rebuildSide(chunks, side)).toBe(given[side])
        }
      }),
    )
  })

  test('a side that changed nothing takes the other as it is', () => {
    fc.assert(
      fc.property(input, ({ base, mine }) => {
        expect(mergedText(mergeThreeWay({ base, mine, theirs: base }))).toBe(mine)
        expect(mergedText(mergeThreeWay({ base, mine: base, theirs: mine }))).toBe(mine)
        expect(mergedText(mergeThreeWay({ base, mine, theirs: mine }))).toBe(mine)
      }),
    )
  })

  test('it does not matter which side is whose', () => {
    const swapped = { mine: 'theirs', theirs: 'mine', both: 'both', same: 'same' } as const
    const swap = (chunk: MergeChunk): MergeChunk =>
      chunk.kind === 'conflict'
        ? { ...chunk, mine: chunk.theirs, theirs: chunk.mine }
        : chunk.kind === 'same'
          ? chunk
          : { ...chunk, kind: swapped[chunk.kind] }
    fc.assert(
      fc.property(input, ({ base, mine, theirs }) => {
        const other = mergeThreeWay({ base, mine: theirs, theirs: mine })
        expect(other.map(swap)).toEqual(mergeThreeWay({ base, mine, theirs }))
      }),
    )
  })

  test('something that both left alone stands between any two changes', () => {
    fc.assert(
      fc.property(input, (given) => {
        const kinds = mergeThreeWay(given).map((chunk) =>
          chunk.kind === 'same' ? 'same' : 'change',
        )
        expect(kinds.join(' ')).not.toMatch(/same same|change change/)
      }),
    )
  })
})
