import { AppError } from '../../../shared/errors.ts'
import type { FloatTensor, Graph, Tensor } from '../graph.ts'
import type { PreparedView } from './task.ts'

/** Puts the tensors of views of one size into one. Throws PACK_GRAPH_INVALID when sizes differ. */
export function stackViews(views: readonly PreparedView[]): FloatTensor {
  const [first] = views
  if (first === undefined) throw new Error('A batch without views cannot be made.')
  const { width, height } = first.placement.tensor
  const data = new Float32Array(views.length * first.tensor.length)
  for (const [index, view] of views.entries()) {
    if (view.tensor.length !== first.tensor.length) {
      throw new AppError(
        'PACK_GRAPH_INVALID',
        'Pictures of different sizes cannot go through this model together.',
      )
    }
    data.set(view.tensor, index * first.tensor.length)
  }
  return { kind: 'float', data, dims: [views.length, 3, height, width] }
}

/**
 * Runs items through a graph in batches of the size that it insists on, or all at once. The last batch of a graph with
 * a fixed size is filled up by repeating its last item, whose further answers are dropped.
 */
export async function runInBatches<Item>(
  graph: Graph,
  batch: {
    readonly items: readonly Item[]
    readonly feed: (items: readonly Item[]) => Readonly<Record<string, Tensor>>
    readonly outputs: readonly string[]
  },
): Promise<{ readonly count: number; readonly outputs: readonly FloatTensor[] }[]> {
  const { items, feed, outputs } = batch
  const size = graph.fixedBatch ?? items.length
  const runs: { count: number; outputs: readonly FloatTensor[] }[] = []
  for (let from = 0; from < items.length; from += size) {
    const part = items.slice(from, from + size)
    const last = part.at(-1)
    const full =
      last === undefined || part.length === size
        ? part
        : [...part, ...Array.from({ length: size - part.length }, () => last)]
    const answers = await graph.run(feed(full), outputs)
    runs.push({
      count: part.length,
      outputs: answers.map((answer) => takeFirst(answer, part.length, full.length)),
    })
  }
  return runs
}

function takeFirst(output: FloatTensor, count: number, of: number): FloatTensor {
  if (count === of) return output
  const each = output.data.length / of
  return {
    kind: 'float',
    data: output.data.subarray(0, each * count),
    dims: [count, ...output.dims.slice(1)],
  }
}
