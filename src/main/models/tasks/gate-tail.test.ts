import { describe, expect, it } from 'vitest'
import type { DualEncoderPack } from '../../../shared/domain/pack.ts'
import type { FloatTensor, Graph, Tensor } from '../graph.ts'
import { gateScores } from './gate-tail.ts'
import type { PackRuntime } from './task.ts'

const TEXT = 'red bus outside'
const WORDS = [
  { start: 0, end: 3 },
  { start: 4, end: 7 },
  { start: 8, end: 15 },
]
/** How much each token turns the toy's vector; the first is the start, the last the end token. */
const PULLS = [0, 0.5, -0.25, 0.1, 0.3, 0]

/** A tail whose vector is (1, sum of gates times pulls), so that its derivative is known by hand. */
const tail: Graph = {
  ...{ inputNames: [], outputNames: [], fixedBatch: null },
  run: ((feeds: Readonly<Record<string, Tensor>>) => {
    const { gates } = feeds
    const [count = 0, tokens = 0] = gates?.dims ?? []
    const data = new Float32Array(count * 2)
    for (let row = 0; row < count; row += 1) {
      data[row * 2] = 1
      for (let token = 0; token < tokens; token += 1) {
        const gate = gates?.data[row * tokens + token] ?? 0
        data[row * 2 + 1] = (data[row * 2 + 1] ?? 0) + gate * (PULLS[token] ?? 0)
      }
    }
    return Promise.resolve([{ kind: 'float', data, dims: [count, 2] }])
  }) as Graph['run'],
}

const states: Graph = {
  ...{ inputNames: [], outputNames: [], fixedBatch: null },
  run: (() => {
    const state: FloatTensor = { kind: 'float', data: Float32Array.from([1]), dims: [1, 1] }
    return Promise.resolve([state, state, state])
  }) as Graph['run'],
}

/** "outside" is two pieces; start and end tokens stand around. */
function encode(text: string) {
  const pieces = text.split(' ').flatMap((word) => (word === 'outside' ? ['out', 'side'] : [word]))
  const ids = ['<', ...pieces.filter((piece) => piece !== ''), '>'].map((_, index) => index)
  return { ids, fullLength: ids.length }
}

function runtimeOf(manifest: object): PackRuntime<DualEncoderPack> {
  return {
    manifest: manifest as DualEncoderPack,
    path: () => '',
    graph: (role) => Promise.resolve(role === 'text-graph' ? states : tail),
    keep: () => Promise.resolve({ encode } as never),
  }
}

const MANIFEST = {
  ...{ files: [], dimension: 2, text: {} },
  textGraph: { inputs: { ids: 'ids' } },
  textTail: {
    ...{ layers: 2, heads: 3 },
    states: { endState: 'end', keys: 'keys', values: 'values' },
    inputs: { endState: 'end', keys: 'keys', values: 'values', endIndex: 'at', gates: 'gates' },
    outputs: { vector: 'vector' },
  },
}

describe('gateScores', () => {
  it('is the derivative of the cosine with respect to the gates, by layer and head', async () => {
    const picture = Float32Array.from([0.6, 0.8])
    const found = await gateScores(runtimeOf(MANIFEST), { text: TEXT, words: WORDS, picture })
    // cosine(s) = (0.6 + 0.8 s) / sqrt(1 + s s) with s = sum of pulls; its derivative times the pull of a token.
    const s = PULLS.reduce((sum, pull) => sum + pull, 0)
    const slope = 0.8 / Math.sqrt(1 + s * s) - ((0.6 + 0.8 * s) * s) / (1 + s * s) ** 1.5
    const byHand = [0.5, -0.25, (0.1 + 0.3) / 2].map((pull) => (slope * pull) / 6)
    expect(found).toHaveLength(3)
    for (const [index, value] of byHand.entries()) expect(found[index]).toBeCloseTo(value, 4)
  })

  it('says nothing of a pack without a tail', async () => {
    const { textTail: _, ...bare } = MANIFEST
    const picture = Float32Array.from([1, 0])
    expect(await gateScores(runtimeOf(bare), { text: TEXT, words: WORDS, picture })).toEqual([
      ...[null, null, null],
    ])
  })
})
