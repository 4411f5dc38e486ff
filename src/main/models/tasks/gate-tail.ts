import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import type { DualEncoderPack } from '../../../shared/domain/pack.ts'
import type { FloatTensor, Graph, Tensor } from '../graph.ts'
import { packTokenizer } from './dual-encoder-text.ts'
import type { PackRuntime } from './task.ts'
import { toUnitVectors } from './vectors.ts'

/** Central differences: small against 1, large against the rounding of the cosines (of the order of 1e-7). */
const STEP = 0.03
const MAX_ROWS = 64

/**
 * How much each word helps a text to fit a picture: the derivative of their cosine with respect to the attention that
 * the end token pays to the word in the last layers, by layer and head (CLIP4DM, Lim et al., AAAI 2025, computed with
 * forward passes only). One number a word, in their order; null for words that the window cut off. Below -5e-5 its
 * authors call a word misaligned.
 */
export async function gateScores(
  runtime: PackRuntime<DualEncoderPack>,
  args: {
    readonly text: string
    readonly words: readonly TextSpan[]
    /** The picture's vector, of unit length. */
    readonly picture: Float32Array
  },
): Promise<readonly (number | null)[]> {
  const { manifest } = runtime
  const tail = manifest.textTail
  if (tail === undefined) return args.words.map(() => null)
  const tokenizer = await packTokenizer(runtime)
  const { ids } = tokenizer.encode(args.text)
  const end = ids.length - 1
  const lead = tokenizer.encode('').ids.length - 1
  const countBefore = (offset: number): number =>
    tokenizer.encode(args.text.slice(0, offset).trimEnd()).ids.length - 1
  const pieces = args.words.map(({ start, end: to }) => {
    const from = Math.max(lead, countBefore(start))
    const until = Math.min(countBefore(to), end)
    return Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index)
  })
  const wanted = [...new Set(pieces.flat())]
  if (wanted.length === 0) return args.words.map(() => null)
  const states = await runStates(await runtime.graph('text-graph'), manifest, { ids, tail })
  const byToken = await differences(await runtime.graph('text-tail-graph'), {
    ...{ manifest, tail, states, end, wanted, picture: args.picture },
    tokens: ids.length,
  })
  return pieces.map((tokens) =>
    tokens.length === 0
      ? null
      : tokens.reduce((sum, token) => sum + (byToken.get(token) ?? 0), 0) / tokens.length,
  )
}

type Tail = NonNullable<DualEncoderPack['textTail']>
type States = readonly [FloatTensor, FloatTensor, FloatTensor]

async function runStates(
  graph: Graph,
  manifest: DualEncoderPack,
  { ids, tail }: { readonly ids: readonly number[]; readonly tail: Tail },
): Promise<States> {
  const { inputs } = manifest.textGraph
  const dims = [1, ids.length]
  const feeds: Record<string, Tensor> = {
    [inputs.ids]: { kind: 'integer', data: Int32Array.from(ids), dims },
  }
  if (inputs.attentionMask !== undefined) {
    const data = new Int32Array(ids.length).fill(1)
    feeds[inputs.attentionMask] = { kind: 'integer', data, dims }
  }
  const { endState, keys, values } = tail.states
  return graph.run(feeds, [endState, keys, values])
}

async function differences(
  graph: Graph,
  of: {
    readonly manifest: DualEncoderPack
    readonly tail: Tail
    readonly states: States
    readonly end: number
    readonly tokens: number
    readonly wanted: readonly number[]
    readonly picture: Float32Array
  },
): Promise<ReadonlyMap<number, number>> {
  const { manifest, tail, states, end, tokens, wanted, picture } = of
  const found = new Map<number, number>()
  for (let from = 0; from < wanted.length; from += MAX_ROWS / 2) {
    const part = wanted.slice(from, from + MAX_ROWS / 2)
    const count = part.length * 2
    const gates = new Float32Array(count * tokens).fill(1)
    for (const [index, token] of part.entries()) {
      gates[index * 2 * tokens + token] = 1 + STEP
      gates[(index * 2 + 1) * tokens + token] = 1 - STEP
    }
    const [endState, keys, values] = states.map((state) => repeat(state, count))
    if (endState === undefined || keys === undefined || values === undefined) break
    const { inputs } = tail
    const [output] = await graph.run(
      {
        [inputs.endState]: endState,
        [inputs.keys]: keys,
        [inputs.values]: values,
        [inputs.endIndex]: {
          kind: 'integer',
          data: new Int32Array(count).fill(end),
          dims: [count],
        },
        [inputs.gates]: { kind: 'float', data: gates, dims: [count, tokens] },
      },
      [tail.outputs.vector],
    )
    const vectors = toUnitVectors(output, { count, dimension: manifest.dimension })
    for (const [index, token] of part.entries()) {
      const more = dot(vectors[index * 2], picture)
      const less = dot(vectors[index * 2 + 1], picture)
      found.set(token, (more - less) / (2 * STEP) / (tail.layers * tail.heads))
    }
  }
  return found
}

function dot(left: Float32Array | undefined, right: Float32Array): number {
  let sum = 0
  for (let index = 0; index < right.length; index += 1) {
    sum += (left?.[index] ?? 0) * (right[index] ?? 0)
  }
  return sum
}

function repeat(tensor: FloatTensor, count: number): FloatTensor {
  const data = new Float32Array(tensor.data.length * count)
  for (let index = 0; index < count; index += 1) data.set(tensor.data, index * tensor.data.length)
  return { kind: 'float', data, dims: [count, ...tensor.dims.slice(1)] }
}
