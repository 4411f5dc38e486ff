import { describe, expect, it } from 'vitest'
import type { DetailTable } from '../../checks/details-table.ts'
import type { LookCall } from '../../models/requests.ts'
import { findUnsaid } from '../../text/mentions-unsaid.ts'
import { findDetails, type DetailQuestion } from './find-details.ts'

const SURE = { intercept: 0, weights: { soft: 10 }, limit: 0.9, count: 1 }
const CLOSED = { ...SURE, limit: null }
const TABLE: DetailTable = {
  pack: { id: 'test', revision: '1' },
  sharpness: 7,
  vocabulary: [
    { noun: 'sky', asked: 'sky', phrase: 'the sky' },
    { noun: 'sea', asked: 'sea', phrase: 'the sea' },
  ],
  sources: {
    ...{ vocabulary: SURE, 'alt-text': SURE, neighbours: SURE },
    ...{ colour: CLOSED, count: CLOSED, region: CLOSED },
  },
}
const REGION = { x: 0, y: 0, width: 1, height: 1 }
const SHAPE = { centre: { x: 0.5, y: 0.5 }, extent: null, peaks: null }
const PLACES = { best: 0, median: 0, region: REGION, shape: SHAPE }
const NO_HUES = {
  ...{ red: 0, orange: 0, yellow: 0, green: 0, blue: 0, purple: 0 },
  ...{ pink: 0, brown: 0, black: 0, white: 0, grey: 0 },
}
const PART = {
  region: { x: 0.7, y: 0.1, width: 0.2, height: 0.2 },
  ...{ salience: 0.5, openness: 1, area: 0.04 },
}
const QUESTION: DetailQuestion = {
  pack: { folder: '', id: 'test', revision: '1' },
  picture: { path: '', hash: '' },
  urgency: 'background',
  caption: 'A dog lies on grass.',
  statusOf: () => 'supported',
  altTexts: [],
  neighbours: [],
  boxes: null,
  lines: null,
  isColourless: false,
  answers: new Map(),
}

/** An encoder that sees exactly these phrases, and in what is left of the picture one part; `asked` gathers its questions. */
async function find(
  question: Partial<DetailQuestion>,
  sees: readonly string[],
  sources: Partial<DetailTable['sources']> = {},
) {
  const asked: string[] = []
  const said: string[] = []
  const look = (call: LookCall) => {
    asked.push(...call.phrases.map(({ text }) => text))
    said.push(...(call.rest?.said ?? []))
    const phrases = call.phrases.map(({ text, wantsOwnHues }) => ({
      cosine: sees.includes(text) ? 1 : -1,
      z: null,
      hues: null,
      ...(wantsOwnHues === true ? { ownHues: { ...NO_HUES, brown: 0.75 } } : {}),
      places: { ...PLACES, soft: sees.includes(text) ? 1 : -1 },
    }))
    const rest = { parts: [PART], hues: { ...NO_HUES, brown: 0.25 } }
    return Promise.resolve({
      ...{ phrases, sentences: [], gates: [], rest: call.rest === undefined ? null : rest },
    })
  }
  const details = await findDetails(
    { ...QUESTION, ...question },
    {
      text: { unsaid: (args) => Promise.resolve(findUnsaid(args)) },
      inference: { look },
      table: { ...TABLE, sources: { ...TABLE.sources, ...sources } },
    },
  )
  return { asked, said, details, phrases: details.map(({ phrase }) => phrase) }
}

describe('findDetails', () => {
  it('offers what the encoder sees of the vocabulary and the alt-texts, and asks nothing that is said', async () => {
    const { asked, phrases } = await find(
      { caption: 'A dog below the sky.', altTexts: ['a puppy, a kite and a bench'] },
      ['sea', 'a kite'],
    )
    expect(asked.toSorted()).toEqual(['a bench', 'a kite', 'sea'])
    expect(phrases.toSorted()).toEqual(['a kite', 'the sea'])
  })

  it('listens to neighbours when there are enough of them', async () => {
    const captions = ['A dog and a fence.', 'A fence.', 'A cat.', 'Grass.', 'A fence by a road.']
    expect((await find({ neighbours: captions.slice(1) }, ['a fence'])).phrases).toEqual([])
    expect((await find({ neighbours: captions }, ['a fence'])).phrases).toEqual(['a fence'])
  })

  it('offers boxes and lines of text without the encoder', async () => {
    const quad = [
      { x: 0.1, y: 0.1 },
      { x: 0.3, y: 0.1 },
      { x: 0.3, y: 0.2 },
      { x: 0.1, y: 0.2 },
    ]
    const { phrases } = await find(
      {
        caption: 'A dog, and a sign that reads “Sale”.',
        boxes: [
          { label: 'bench', score: 0.8, region: REGION },
          { label: 'Bench', score: 0.9, region: REGION },
          { label: 'dog', score: 0.9, region: REGION },
          { label: 'kite', score: 0.3, region: REGION },
        ],
        lines: [
          { text: 'OPEN', score: 0.97, quad },
          { text: 'Sale', score: 0.97, quad },
          { text: '%', score: 0.97, quad },
          { text: 'lllil', score: 0.6, quad },
        ],
      },
      [],
    )
    expect(phrases.toSorted()).toEqual(['a bench', 'the words “OPEN”'])
  })

  it('tells that a picture without colour is in black and white, unless the caption does', async () => {
    const phrase = 'The picture is in black and white.'
    expect((await find({ isColourless: true }, [])).phrases).toEqual([phrase])
    expect((await find({}, [])).phrases).toEqual([])
    for (const caption of [phrase, 'A black-and-white photo of a dog.', 'Monochrome dog.']) {
      expect((await find({ isColourless: true, caption }, [])).phrases).toEqual([])
    }
  })

  it('tells the colour of a thing where pixels and encoder agree on it', async () => {
    const colour = {
      intercept: -6,
      weights: { agreement: 4, lift: 4, encoder: 4 },
      limit: 0.6,
      count: 1,
    }
    const { details } = await find({}, ['a brown dog'], { colour })
    expect(details).toMatchObject([
      {
        ...{ id: 'colour dog', kind: 'colour', phrase: 'a brown dog' },
        instead: { words: 'A dog', occurrence: 0, insert: 'A brown dog' },
      },
    ])
    expect((await find({}, ['a blue dog'], { colour })).details).toEqual([])
    const doubted = await find({ statusOf: () => 'unsure' }, ['a brown dog'], { colour })
    expect(doubted.asked).not.toContain('a brown dog')
    expect(doubted.details).toEqual([])
  })

  it('tells how many there are where a plural has no number', async () => {
    const count = { intercept: -6, weights: { whole: 5, places: 5 }, limit: 0.6, count: 1 }
    const caption = 'Dogs lie on grass.'
    const { details } = await find({ caption }, ['three dogs'], { count })
    expect(details).toMatchObject([
      { kind: 'count', instead: { words: 'Dogs', insert: 'Three dogs' } },
    ])
    expect((await find({}, ['three dogs'], { count })).asked).not.toContain('three dogs')
  })

  it('points at a part that the caption says nothing of, without words to insert', async () => {
    const region = { intercept: -1, weights: { salience: 10 }, limit: 0.6, count: 1 }
    const { details, said } = await find({}, [], { region })
    expect(said).toEqual(['a dog', 'grass'])
    expect(details).toMatchObject([
      { kind: 'region', phrase: 'something at the top right', region: PART.region, instead: null },
    ])
    const statusOf = () => 'unsupported' as const
    expect((await find({ statusOf }, [], { region })).said).toEqual([])
  })
})
