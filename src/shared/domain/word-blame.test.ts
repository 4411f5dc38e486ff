import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AltTextId, RevisionId } from './ids.ts'
import { createCopyCache } from './word-blame-copies.ts'
import {
  blameWords,
  listBlamedWords,
  shareOfSources,
  sourceKey,
  type BlameInput,
} from './word-blame.ts'

const ME = { kind: 'human', name: 'me' } as const
const ANN = { kind: 'human', name: 'Ann' } as const
const MODEL = { kind: 'model', name: 'tiny-captioner' } as const

function alt(id: number, text: string): BlameInput['anchors'][number] {
  return { id: id as AltTextId, origin: id === 1 ? 'alt' : 'title', text }
}

type Revision = BlameInput['revisions'][number]

/** A chain of revisions, each made from the one before. */
function chain(...texts: readonly (readonly [Revision['author'], string, Partial<Revision>?])[]) {
  return texts.map(([author, text, more], index): Revision => ({
    id: (index + 1) as RevisionId,
    parentId: index === 0 ? null : (index as RevisionId),
    round: index + 1,
    text,
    author,
    note: '',
    createdAt: index,
    proposals: [],
    ...more,
  }))
}

function blame({
  anchors = [],
  revisions = [],
  proposals = [],
  text,
  taken = [],
}: Partial<BlameInput> & { readonly text: string; readonly taken?: readonly number[] }) {
  return blameWords({
    anchors,
    revisions,
    proposals,
    current: {
      text,
      baseRevisionId: revisions.at(-1)?.id ?? null,
      author: ME,
      proposals: taken,
    },
  })
}

/** Each word with the name of its source. */
function read(options: Parameters<typeof blame>[0]): string {
  return listBlamedWords(options.text, blame(options))
    .map(({ word, source }) => `${word}:${source.kind === 'alt' ? source.origin : source.name}`)
    .join(' ')
}

describe('blameWords', () => {
  test('traces words to the alt-text, to each person, and to who types now', () => {
    const anchors = [alt(1, 'Luna the puppy')]
    const revisions = chain([ANN, 'Luna the brown puppy'])
    expect(read({ anchors, revisions, text: 'Luna the brown puppy sleeps' })).toBe(
      'Luna:alt the:alt brown:Ann puppy:alt sleeps:me',
    )
  })

  test('gives a word that was deleted and typed again to its typist', () => {
    const anchors = [alt(1, 'a green balloon | stock')]
    const revisions = chain([ANN, 'a balloon'])
    expect(read({ anchors, revisions, text: 'a green balloon' })).toBe('a:alt green:me balloon:alt')
  })

  test('keeps the sources of a text that was restored', () => {
    const anchors = [alt(1, 'a green balloon')]
    const restored = { note: 'Restored from round 1' }
    const revisions = chain([ANN, 'a green kite'], [ME, 'a kite'], [ME, 'a green kite', restored])
    expect(read({ anchors, revisions, text: 'a green kite' })).toBe('a:alt green:alt kite:Ann')
  })

  test('names the model of what was taken from a proposal, in a draft and in a revision', () => {
    const anchors = [alt(1, 'a dog')]
    const proposals = [{ id: 7, text: 'a dog on wet sand at noon', author: MODEL }]
    const words = 'a:alt dog:alt on:tiny-captioner wet:tiny-captioner sand:tiny-captioner here:me'
    const text = 'a dog on wet sand here'
    expect(read({ anchors, proposals, text, taken: [7] })).toBe(words)
    const revisions = chain([ME, text, { proposals: [7] }])
    expect(read({ anchors, proposals, revisions, text })).toBe(words)
    expect(read({ anchors, proposals, text })).not.toContain('tiny-captioner')
  })

  test('knows other alt-texts by several words in a row, and later as a whole', () => {
    const anchors = [alt(1, 'IMG 2034'), alt(2, 'the old mill by the river')]
    expect(read({ anchors, text: 'the old mill by night' })).toBe(
      'the:title old:title mill:title by:title night:me',
    )
    expect(read({ anchors, text: 'the river' })).toBe('the:me river:me')
    const revisions = chain([ANN, 'something else'])
    const later = { anchors, revisions }
    expect(read({ ...later, text: 'the old mill by the river' })).not.toContain(':me')
    expect(read({ ...later, text: 'the old mill' })).not.toContain(':title')
  })

  test('follows a sentence that moved', () => {
    const revisions = chain([ANN, 'One red kite flies. Two dogs look on.'])
    const text = 'Two dogs look on. One red kite flies.'
    expect(read({ revisions, text })).not.toContain(':me')
  })

  test('starts from nothing where there is neither alt-text nor revision', () => {
    expect(read({ text: 'a dog' })).toBe('a:me dog:me')
    expect(blame({ text: '' })).toEqual([])
  })

  test('says the round and time of the first revision with the word', () => {
    const revisions = chain([ANN, 'a dog'], [ANN, 'a brown dog'], [ME, 'a brown dog runs'])
    const words = listBlamedWords(
      'a brown dog runs',
      blame({ revisions, text: 'a brown dog runs' }),
    )
    expect(words.map(({ source }) => (source.kind === 'alt' ? null : source.round))).toEqual([
      1, 2, 1, 3,
    ])
  })
})

describe('any chain of edits', () => {
  // Each step deletes some words and puts words of its own in; every word names its author.
  const step = fc.record({
    deleted: fc.array(fc.nat(60), { maxLength: 6 }),
    inserted: fc.array(fc.nat(60), { maxLength: 6 }),
  })

  function grow(steps: readonly { deleted: readonly number[]; inserted: readonly number[] }[]) {
    let words = ['anchor-a', 'anchor-b', 'anchor-c', 'anchor-d', 'anchor-e']
    const texts: string[] = []
    for (const [index, { deleted, inserted }] of steps.entries()) {
      words = words.filter((_, at) => !deleted.includes(at))
      for (const [count, place] of inserted.entries()) {
        words.splice(place % (words.length + 1), 0, `person${index}x${count}word`)
      }
      texts.push(words.join(' '))
    }
    return texts
  }

  test('gives each word to who brought it in', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const texts = grow(steps)
        const anchors = [alt(1, 'anchor-a anchor-b anchor-c anchor-d anchor-e')]
        const revisions = chain(
          ...texts.map((text, index) => [{ kind: 'human', name: `person${index}` }, text] as const),
        )
        const text = texts.at(-1) ?? ''
        for (const { word, source } of listBlamedWords(text, blame({ anchors, revisions, text }))) {
          const owner = /^person\d+/.exec(word)?.[0]
          expect(source.kind === 'alt' ? undefined : source.name).toBe(owner)
        }
      }),
    )
  })

  test('covers the whole text once, in order, and its shares add up', () => {
    const text = fc
      .array(fc.constantFrom('a', 'dog', ' ', '. ', 'The sky is blue. ', '狗', '🐕‍🦺', '\r\n'), {
        maxLength: 30,
      })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (texts) => {
        const [first = '', ...rest] = texts
        const last = texts.at(-1) ?? ''
        const revisions = chain(...rest.map((each) => [ANN, each] as const))
        const spans = blame({ anchors: [alt(1, first)], revisions, text: last })
        let at = 0
        for (const { from, to } of spans) {
          expect(from).toBe(at)
          expect(to).toBeGreaterThan(from)
          at = to
        }
        expect(at).toBe(last.length)
        const shares = shareOfSources(listBlamedWords(last, spans))
        const total = shares.reduce((sum, { share }) => sum + share, 0)
        expect(total).toBeCloseTo(shares.length === 0 ? 0 : 1)
        expect(new Set(shares.map(({ source }) => sourceKey(source))).size).toBe(shares.length)
      }),
    )
  })
})

test('typing aligns one pair of texts, however long the chain is', () => {
  const cache = createCopyCache()
  const aligned: string[] = []
  const counting = {
    get: cache.get,
    set: (...args: Parameters<typeof cache.set>) => {
      aligned.push(args[1])
      cache.set(...args)
    },
  }
  const words = Array.from({ length: 400 }, (_, index) => `word${index}`)
  const texts = Array.from({ length: 20 }, (_, index) =>
    words.map((word, at) => (at % 20 === index ? `${word}new${index}` : word)).join(' '),
  )
  const revisions = chain(...texts.map((text) => [ANN, text] as const))
  const at = (text: string) =>
    blameWords(
      {
        anchors: [alt(1, words.join(' '))],
        revisions,
        proposals: [],
        current: {
          text,
          baseRevisionId: revisions.at(-1)?.id ?? null,
          author: ME,
          proposals: [],
        },
      },
      counting,
    )
  at(`${texts.at(-1) ?? ''} x`)
  const cold = aligned.length
  at(`${texts.at(-1) ?? ''} xy`)
  expect(cold).toBe(21)
  expect(aligned.length - cold).toBe(1)
})
