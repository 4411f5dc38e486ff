import type { DualEncoderPack, PackText } from '../../../shared/domain/pack.ts'
import type { Graph, Tensor } from '../graph.ts'
import { loadTokenizer, type PackTokenizer } from '../tokenizer.ts'
import { runInBatches } from './batch.ts'
import type { PackRuntime } from './task.ts'
import { planTextBatches } from './text-batches.ts'
import { toUnitVectors } from './vectors.ts'

export type TextKind = 'caption' | 'phrase'

export interface TextVector {
  /** Of unit length. */
  readonly vector: Float32Array
  readonly tokenCount: number
  /** The window held less than the text. */
  readonly isCut: boolean
}

/** Vectors of texts, in their order. */
export async function embedTexts(
  runtime: PackRuntime<DualEncoderPack>,
  texts: readonly string[],
  kind: TextKind,
): Promise<readonly TextVector[]> {
  const { manifest } = runtime
  const tokenizer = await packTokenizer(runtime)
  const graph = await runtime.graph('text-graph')
  const { vector, phraseVector } = manifest.textGraph.outputs
  const output = kind === 'phrase' ? (phraseVector ?? vector) : vector
  const tokens = texts.map((text) => tokenizer.encode(text))
  const order = [...tokens.keys()].sort((left, right) => widthOf(left) - widthOf(right))
  const vectors: (Float32Array | undefined)[] = Array.from({ length: texts.length })
  let from = 0
  for (const count of planTextBatches(order.map(widthOf))) {
    const places = order.slice(from, from + count)
    from += count
    const rows = places.map((place) => tokens[place]?.ids ?? [])
    const found = await runRows(graph, manifest, rows, output)
    for (const [index, place] of places.entries()) vectors[place] = found[index]
  }
  return tokens.map(({ ids, fullLength }, index) => {
    const found = vectors[index]
    if (found === undefined) throw new Error('A text got no vector.')
    return { vector: found, tokenCount: fullLength, isCut: fullLength > ids.length }
  })

  function widthOf(place: number): number {
    const { padding, window } = manifest.text
    return padding === 'window' ? window : (tokens[place]?.ids.length ?? 0)
  }
}

/** The tokenizer of a pack, kept while the pack is loaded. */
export function packTokenizer(runtime: PackRuntime<DualEncoderPack>): Promise<PackTokenizer> {
  const { manifest } = runtime
  const hasConfig = manifest.files.some((file) => file.role === 'tokenizer-config')
  return runtime.keep('tokenizer', () =>
    loadTokenizer(
      {
        tokenizer: runtime.path('tokenizer'),
        config: hasConfig ? runtime.path('tokenizer-config') : null,
      },
      manifest.text,
    ),
  )
}

async function runRows(
  graph: Graph,
  manifest: DualEncoderPack,
  rows: readonly (readonly number[])[],
  output: string,
): Promise<readonly Float32Array[]> {
  const { inputs } = manifest.textGraph
  const runs = await runInBatches(graph, {
    items: rows,
    feed: (items) => {
      const { ids, mask } = fillUp(items, manifest.text)
      return inputs.attentionMask === undefined
        ? { [inputs.ids]: ids }
        : { [inputs.ids]: ids, [inputs.attentionMask]: mask }
    },
    outputs: [output],
  })
  return runs.flatMap(({ count, outputs: [vectors] }) => {
    if (vectors === undefined) throw new Error('A run without outputs was answered.')
    return toUnitVectors(vectors, { count, dimension: manifest.dimension })
  })
}

/** Rows of ids as one tensor, and where they are ids and not filling. */
function fillUp(
  rows: readonly (readonly number[])[],
  text: Pick<PackText, 'window' | 'padding' | 'padId'>,
): { readonly ids: Tensor; readonly mask: Tensor } {
  const longest = Math.max(1, ...rows.map((row) => row.length))
  const width = text.padding === 'window' ? text.window : longest
  const ids = new Int32Array(rows.length * width).fill(text.padId)
  const mask = new Int32Array(rows.length * width)
  for (const [index, row] of rows.entries()) {
    ids.set(row, index * width)
    mask.fill(1, index * width, index * width + row.length)
  }
  const dims = [rows.length, width]
  return { ids: { kind: 'integer', data: ids, dims }, mask: { kind: 'integer', data: mask, dims } }
}
