import type { DualEncoderPack } from '../../../shared/domain/pack.ts'
import { AppError } from '../../../shared/errors.ts'
import { runInBatches, stackViews } from './batch.ts'
import { WHOLE, type Part, type Region } from './placement.ts'
import type { PictureTask } from './task.ts'
import { toUnitVectors } from './vectors.ts'

/** All of unit length. */
export interface ImageVectors {
  readonly vector: Float32Array
  /** Empty unless asked for: parts of the picture, each half as wide and high, overlapping, row by row. */
  readonly tiles: readonly { readonly region: Region; readonly vector: Float32Array }[]
  /** Null unless asked for: one vector a patch, one after another, row by row. */
  readonly patches: {
    readonly columns: number
    readonly rows: number
    readonly vectors: Float32Array
  } | null
}

/** Nine parts of half the sides, a quarter apart. */
const TILES: readonly Part[] = [0, 0.25, 0.5].flatMap((top) =>
  [0, 0.25, 0.5].map((left) => ({ left, top, width: 0.5, height: 0.5 })),
)

/** The picture's vector, and on wish those of its tiles and patches. */
export function createImageVectorTask(wish: {
  readonly tiles: boolean
  readonly patches: boolean
}): PictureTask<DualEncoderPack, ImageVectors> {
  return {
    views: ({ image }) =>
      (wish.tiles ? [WHOLE, ...TILES] : [WHOLE]).map((part) => ({ part, input: image })),
    async run(runtime, pictures) {
      const { manifest } = runtime
      const graph = await runtime.graph('image-graph')
      const views = pictures.flatMap((picture) => picture.views)
      const names = manifest.imageGraph.outputs
      const patchOutput = wish.patches ? patchOutputOf(manifest) : null
      const runs = await runInBatches(graph, {
        items: views,
        feed: (items) => ({ [manifest.imageGraph.inputs.pixels]: stackViews(items) }),
        outputs: patchOutput === null ? [names.vector] : [names.vector, patchOutput.name],
      })
      const { dimension } = manifest
      const vectors: Float32Array[] = []
      const patches: Float32Array[] = []
      for (const { count, outputs } of runs) {
        const [vector, patch] = outputs
        if (vector === undefined) throw new Error('A run without outputs was answered.')
        vectors.push(...toUnitVectors(vector, { count, dimension }))
        if (patch === undefined || patchOutput === null) continue
        const each = patchOutput.columns * patchOutput.rows
        const cut = toUnitVectors(patch, { count: count * each, dimension })
        for (let index = 0; index < count; index += 1) {
          patches.push(join(cut.slice(index * each, (index + 1) * each), dimension))
        }
      }
      return deal(pictures, vectors, { patches, grid: patchOutput })
    },
  }
}

function patchOutputOf(pack: DualEncoderPack): {
  readonly name: string
  readonly columns: number
  readonly rows: number
} {
  const name = pack.imageGraph.outputs.patches
  if (name === undefined || pack.patchGrid === undefined) {
    throw new AppError(
      'PACK_GRAPH_INVALID',
      `The model pack "${pack.name}" has no patch vectors. Choose one that has, or look at tiles instead.`,
    )
  }
  return { name, ...pack.patchGrid }
}

/** Hands the vectors of all views back to the pictures that they came from. */
function deal(
  pictures: readonly { readonly views: readonly { readonly region: Region }[] }[],
  vectors: readonly Float32Array[],
  extra: {
    readonly patches: readonly Float32Array[]
    readonly grid: { readonly columns: number; readonly rows: number } | null
  },
): ImageVectors[] {
  let next = 0
  return pictures.map(({ views }) => {
    const start = next
    next += views.length
    const [whole, ...parts] = vectors.slice(start, next)
    if (whole === undefined) throw new Error('A picture got no vector.')
    const patch = extra.patches[start]
    return {
      vector: whole,
      tiles: parts.map((vector, index) => {
        const region = views[index + 1]?.region
        if (region === undefined) throw new Error('A tile has no region.')
        return { region, vector }
      }),
      patches:
        patch === undefined || extra.grid === null
          ? null
          : { columns: extra.grid.columns, rows: extra.grid.rows, vectors: patch },
    }
  })
}

function join(vectors: readonly Float32Array[], dimension: number): Float32Array {
  const all = new Float32Array(vectors.length * dimension)
  for (const [index, vector] of vectors.entries()) all.set(vector, index * dimension)
  return all
}
