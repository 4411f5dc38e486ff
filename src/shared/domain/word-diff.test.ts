import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listSentences } from './word-diff-tokens.ts'
import {
  countChangedWords,
  countMovedSentences,
  countWords,
  diffWords,
  isPunctuationOnly,
  isWhiteSpaceOnly,
  keptStretches,
} from './word-diff.ts'

/** Writes a diff as one line: [-removed-] and {+added+}. */
function show(before: string, after: string): string {
  return diffWords(before, after)
    .parts.map(({ kind, text, move }) => {
      if (move !== undefined) return `${kind === 'removed' ? '<' : '>'}${move}:${text.trim()}|`
      if (kind === 'removed') return `[-${text}-]`
      return kind === 'added' ? `{+${text}+}` : text
    })
    .join('')
}

function rebuild(before: string, after: string): { before: string; after: string } {
  const { parts } = diffWords(before, after)
  const join = (kind: 'removed' | 'added') =>
    parts
      .filter((part) => part.kind === 'same' || part.kind === kind)
      .map((part) => part.text)
      .join('')
  return { before: join('removed'), after: join('added') }
}

describe('diffWords', () => {
  test('marks one changed word and nothing around it', () => {
    expect(show('a green balloon.', 'a red balloon.')).toBe('a [-green-]{+red+} balloon.')
  })

  test('keeps punctuation out of the change', () => {
    expect(show('the meadow', 'the meadow.')).toBe('the meadow{+.+}')
    expect(show('red, blue', 'green, blue')).toBe('[-red-]{+green+}, blue')
  })

  test('joins neighbouring changed words into one change', () => {
    expect(show('the beagle puppy sleeps', 'the old dog sleeps')).toBe(
      'the [-beagle puppy-]{+old dog+} sleeps',
    )
  })

  test('shows an insertion once, wherever it stands', () => {
    expect(show('a cat', 'a big cat')).toBe('a{+ big+} cat')
    expect(show('cat sits', 'big cat sits')).toBe('{+big +}cat sits')
    expect(show('a cat', 'a cat sits')).toBe('a cat{+ sits+}')
  })

  test('does not split a hyphenated word', () => {
    expect(show('a red-brown roof', 'a blue-green roof')).toBe('a [-red-brown-]{+blue-green+} roof')
  })

  test('does not hang on to a chance "a" between rewritten stretches', () => {
    expect(
      show('Buy this nice a cheap and quick shirt', 'Green meadow under a wide open blue sky'),
    ).toBe('[-Buy this nice a cheap and quick shirt-]{+Green meadow under a wide open blue sky+}')
  })

  test('keeps a difference of white space apart from the words', () => {
    const { parts } = diffWords('one  two\r\nthree', 'one two\nthree')
    expect(parts.filter((part) => part.kind !== 'same').every(isWhiteSpaceOnly)).toBe(true)
    expect(parts.filter((part) => part.kind === 'same').map((part) => part.text)).toEqual([
      'one',
      'two',
      'three',
    ])
  })

  test('segments Chinese and Japanese into words', () => {
    expect(show('一只绿色的气球', '一只红色的气球')).toBe('一只[-绿色-]{+红色+}的气球')
    expect(countWords('東京タワーと桜')).toBeGreaterThan(2)
  })

  test('keeps right-to-left words and emoji sequences whole', () => {
    expect(show('كلب أسود في الحديقة', 'كلب أبيض في الحديقة')).toBe(
      'كلب [-أسود-]{+أبيض+} في الحديقة',
    )
    expect(show('a 👩‍👩‍👧 here', 'a 👩‍👧 here')).toBe('a [-👩‍👩‍👧-]{+👩‍👧+} here')
    expect(show('flag 🇩🇪', 'flag 🇫🇷')).toBe('flag [-🇩🇪-]{+🇫🇷+}')
  })

  test('gives one part for equal texts and none for two empty ones', () => {
    expect(diffWords('same\n', 'same\n').parts).toEqual([{ kind: 'same', text: 'same\n' }])
    expect(diffWords('', '').parts).toEqual([])
    expect(show('', 'new')).toBe('{+new+}')
    expect(show('old', '')).toBe('[-old-]')
  })

  test('rebuilds both texts exactly, whatever they are', () => {
    const word = fc.constantFrom(
      'a',
      'dog',
      ' ',
      '\t',
      '\r\n',
      '\n',
      ', ',
      '-',
      '狗',
      '🐕‍🦺',
      'e\u0301',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 60 }).map((parts) => parts.join('')),
      fc.constantFrom('\ud83d lone', 'tail \udc15', '\u2028\u200f'),
    )
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(rebuild(before, after)).toEqual({ before, after })
      }),
      { numRuns: 150 },
    )
  })

  test('never puts two parts of one kind side by side', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ' ', '.', '\n'), { maxLength: 40 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { parts } = diffWords(before.join(''), after.join(''))
        parts.slice(1).forEach((part, index) => {
          const previous = parts[index]
          const isMove = part.move !== undefined || previous?.move !== undefined
          expect(isMove || part.kind !== previous?.kind).toBe(true)
        })
      }),
    )
  })
})

describe('moved sentences', () => {
  const sky = 'The sky is clear and blue.'
  const dog = 'A brown dog runs.'
  const tree = 'An old oak stands on the hill behind it.'

  test('are told apart from words that came and went', () => {
    expect(show(`${sky} ${dog}`, `${dog} ${sky}`)).toBe(
      '>1:A brown dog runs.|The sky is clear and blue.<1:A brown dog runs.|',
    )
    expect(countMovedSentences(diffWords(`${sky} ${dog}`, `${sky} ${dog} ${tree}`))).toBe(0)
    const diff = diffWords(`${sky} ${dog} ${tree}`, `${tree} ${sky} ${dog}`)
    expect(countMovedSentences(diff)).toBe(1)
    expect(countChangedWords(diff)).toEqual({ removed: 0, added: 0 })
  })

  test('are known where a sentence begins with a small letter', () => {
    expect(
      countMovedSentences(diffWords(`${sky} two cats in a box.`, `two cats in a box. ${sky}`)),
    ).toBe(1)
    expect(listSentences('grey cats on hills. green grass, approx. 5 m. high')).toEqual([
      'grey cats on hills. ',
      'green grass, approx. 5 m. high',
    ])
  })

  test('leave the changes in the other sentences to be seen', () => {
    expect(show(`${sky} ${dog} ${tree}`, `${dog} The sky is grey and blue. ${tree}`)).toContain(
      'The sky is [-clear-]{+grey+} and blue.',
    )
  })

  test('have the same words at both places', () => {
    const sentence = fc.constantFrom(sky, dog, tree, 'It is late in May!', 'Two men, one boat.')
    const text = fc.array(sentence, { maxLength: 6 }).map((sentences) => sentences.join(' '))
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(rebuild(before, after)).toEqual({ before, after })
        const moved = diffWords(before, after).parts.filter((part) => part.move !== undefined)
        for (const { kind, text: words, move } of moved) {
          const other = moved.find((part) => part.move === move && part.kind !== kind)
          expect(other?.text.trim()).toBe(words.trim())
        }
      }),
    )
  })
})

describe('punctuation', () => {
  test('stands at the word that it follows, before what went', () => {
    expect(show('the meadow | Free stock', 'the meadow.')).toBe('the meadow{+.+}[- | Free stock-]')
  })

  test('ends the sentence that came or went, not the one before it', () => {
    expect(show('It is late.', 'It is late. It rains.')).toBe('It is late.{+ It rains.+}')
    expect(show('It is late. It rains.', 'It is late.')).toBe('It is late.[- It rains.-]')
    expect(show('Late! A dog.', 'Late! It rains! A dog.')).toBe('Late!{+ It rains!+} A dog.')
  })

  test('is a change of its own, without a word', () => {
    const { parts } = diffWords('a dog, a cat', 'a dog; a cat')
    expect(parts.filter((part) => part.kind !== 'same').every(isPunctuationOnly)).toBe(true)
    expect(isPunctuationOnly({ kind: 'added', text: '.5' })).toBe(false)
    expect(isPunctuationOnly({ kind: 'added', text: '🐕' })).toBe(false)
  })
})

describe('typographic variants', () => {
  const variants = (before: string, after: string): string[] => {
    const { parts } = diffWords(before, after)
    expect(parts.every(({ kind, isVariant }) => kind === 'same' || isVariant === true)).toBe(true)
    return parts.filter((part) => part.kind === 'added').map((part) => part.text)
  }

  test('of quotes, dashes and spaces are told apart and are no change of words', () => {
    expect(variants('the dog\'s "bone"', 'the dog\u2019s \u201cbone\u201d')).toEqual([
      ...['\u2019', '\u201c', '\u201d'],
    ])
    expect(variants('a cat - asleep', 'a cat \u2013 asleep')).toEqual(['\u2013'])
    expect(variants('5 km away', '5\u00a0km away')).toEqual(['\u00a0'])
    expect(countChangedWords(diffWords("it's", 'it\u2019s'))).toEqual({ removed: 0, added: 0 })
    expect(keptStretches(diffWords("it's", 'it\u2019s'))).toEqual([{ from: 0, to: 0, length: 4 }])
  })

  test('stand beside real changes, and both are seen', () => {
    expect(show("the dog's bone", 'the cat\u2019s bone')).toBe("the [-dog's-]{+cat\u2019s+} bone")
    expect(show('it\'s red, "new"', 'it\u2019s blue; "new"')).toBe(
      'it[-\'-]{+\u2019+}s [-red,-]{+blue;+} "new"',
    )
  })

  test('rebuild both texts exactly', () => {
    const piece = fc.constantFrom(
      ...['a', 'dog', "'", '\u2019', '"', '\u201c', '-', '\u2013', ' ', '\u00a0', '  ', '.', '\n'],
    )
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(rebuild(before, after)).toEqual({ before, after })
      }),
    )
  })
})

describe('long texts', () => {
  const words = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => `${prefix}${String(index)}.`).join(' ')

  test('compares 100 KB with a few changes word by word', () => {
    const before = words(14_000, 'word')
    const after = before.replace('word77.', 'changed.').replace('word9000.', '')
    const diff = diffWords(before, after)
    expect(before.length).toBeGreaterThan(100_000)
    expect(diff.isCoarse).toBe(false)
    expect(countChangedWords(diff)).toEqual({ removed: 2, added: 1 })
  })

  test('falls back to sentences, and then to one change, for texts with nothing in common', () => {
    const diff = diffWords(words(14_000, 'old'), words(14_000, 'new'))
    expect(diff.isCoarse).toBe(true)
    expect(diff.parts.map((part) => part.kind)).toEqual(['removed', 'added', 'same'])
    const kept = words(4_000, 'kept')
    const partly = diffWords(`${words(1_500, 'old')} ${kept}`, `${words(1_500, 'new')} ${kept}`)
    expect(partly.isCoarse).toBe(true)
    expect(partly.parts.at(-1)).toEqual({ kind: 'same', text: `. ${kept}` })
  })
})

describe('countChangedWords', () => {
  test('counts words, not spaces or marks', () => {
    expect(countChangedWords(diffWords('a dog, barking', 'a dog barking loudly'))).toEqual({
      removed: 0,
      added: 1,
    })
  })
})
