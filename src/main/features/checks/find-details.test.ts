import { describe, expect, it } from 'vitest'
import type { DetailTable } from '../../checks/details-table.ts'
import type { LookCall } from '../../models/requests.ts'
import { findUnsaid } from '../../text/mentions-unsaid.ts'
import { findDetails, type DetailQuestion } from './find-details.ts'

const SURE = { intercept: 0, soft: 10, cosine: 0, share: 0, limit: 0.9, count: 1 }
const TABLE: DetailTable = {
  pack: { id: 'test', revision: '1' },
  sharpness: 7,
  vocabulary: [
    { noun: 'sky', asked: 'sky', phrase: 'the sky' },
    { noun: 'sea', asked: 'sea', phrase: 'the sea' },
  ],
  sources: { vocabulary: SURE, 'alt-text': SURE, neighbours: SURE },
}
const REGION = { x: 0, y: 0, width: 1, height: 1 }
const SHAPE = { centre: { x: 0.5, y: 0.5 }, extent: null, peaks: null }
const PLACES = { best: 0, median: 0, region: REGION, shape: SHAPE }
const QUESTION: DetailQuestion = {
  pack: { folder: '', id: 'test', revision: '1' },
  picture: { path: '', hash: '' },
  urgency: 'background',
  caption: 'A dog lies on grass.',
  altTexts: [],
  neighbours: [],
  boxes: null,
  lines: null,
  answers: new Map(),
}

/** An encoder that sees exactly these phrases; `asked` gathers what it was asked. */
async function find(question: Partial<DetailQuestion>, sees: readonly string[]) {
  const asked: string[] = []
  const look = (call: LookCall) => {
    asked.push(...call.phrases.map(({ text }) => text))
    const phrases = call.phrases.map(({ text }) => ({
      cosine: 0,
      z: null,
      hues: null,
      places: { ...PLACES, soft: sees.includes(text) ? 1 : -1 },
    }))
    return Promise.resolve({ phrases, sentences: [], gates: [] })
  }
  const details = await findDetails(
    { ...QUESTION, ...question },
    {
      text: { unsaid: (args) => Promise.resolve(findUnsaid(args)) },
      inference: { look },
      table: TABLE,
    },
  )
  return { asked, phrases: details.map(({ phrase }) => phrase) }
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
})
