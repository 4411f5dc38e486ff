import type { DetectorPack } from '../../../shared/domain/pack.ts'
import { AppError } from '../../../shared/errors.ts'
import { NO_CLASS, readLabelFile } from '../detector-labels.ts'
import type { FloatTensor, Graph } from '../graph.ts'
import { runInBatches, stackViews } from './batch.ts'
import {
  decodeDetr,
  decodeYolox,
  suppressOverlaps,
  toPictureRegion,
  type ClassBox,
  type PictureRegion,
} from './detector-boxes.ts'
import { WHOLE } from './placement.ts'
import type { PackRuntime, PictureTask, PreparedPicture, PreparedView } from './task.ts'

export interface FoundBox {
  readonly label: string
  /** 0 to 1. */
  readonly score: number
  readonly region: PictureRegion
}

/** More than these, the best ones, is noise of a broken model. */
const MAX_BOXES = 300

/** The things in a picture that the pack knows a name for, the surest first. */
export function createBoxTask(): PictureTask<DetectorPack, readonly FoundBox[]> {
  return {
    views: ({ image }) => [{ part: WHOLE, input: image }],
    async run(runtime, pictures) {
      const { manifest } = runtime
      const graph = await runtime.graph('graph')
      const labels = await readLabels(runtime)
      const results: (readonly FoundBox[])[] = []
      for (const part of groupByShape(pictures)) {
        const outputs = await runViews(graph, manifest, part.map(viewOf))
        for (const [index, picture] of part.entries()) {
          const boxes = decode(manifest, outputs, { index, view: viewOf(picture) })
          results.push(name(boxes, { labels, picture }))
        }
      }
      return results
    },
  }
}

/** Neighbours whose tensors have one shape go through the graph together. */
function groupByShape(pictures: readonly PreparedPicture[]): PreparedPicture[][] {
  const groups: PreparedPicture[][] = []
  for (const picture of pictures) {
    const group = groups.at(-1)
    const first = group?.[0]
    const { width, height } = viewOf(picture).placement.tensor
    const shape = first === undefined ? null : viewOf(first).placement.tensor
    if (shape?.width === width && shape.height === height) group?.push(picture)
    else groups.push([picture])
  }
  return groups
}

function viewOf(picture: PreparedPicture): PreparedView {
  const [view] = picture.views
  if (view === undefined) throw new Error('A picture without its view was given.')
  return view
}

/** The outputs of each view by itself. */
async function runViews(
  graph: Graph,
  { graph: names }: DetectorPack,
  views: readonly PreparedView[],
): Promise<readonly (readonly FloatTensor[])[]> {
  const { outputs } = names
  const runs = await runInBatches(graph, {
    items: views,
    feed: (items) => ({ [names.inputs.pixels]: stackViews(items) }),
    outputs: outputs.kind === 'yolox' ? [outputs.predictions] : [outputs.boxes, outputs.scores],
  })
  return runs.flatMap(({ count, outputs: answers }) =>
    Array.from({ length: count }, (_, index) => answers.map((answer) => slice(answer, index))),
  )
}

function slice({ data, dims }: FloatTensor, index: number): FloatTensor {
  const each = data.length / (dims[0] ?? 1)
  return {
    kind: 'float',
    data: data.subarray(index * each, (index + 1) * each),
    dims: [1, ...dims.slice(1)],
  }
}

function decode(
  manifest: DetectorPack,
  answers: readonly (readonly FloatTensor[])[],
  of: { readonly index: number; readonly view: PreparedView },
): readonly ClassBox[] {
  const { scoreThreshold, overlapThreshold } = manifest
  const { outputs } = manifest.graph
  const { tensor } = of.view.placement
  const [first, second] = answers[of.index] ?? []
  if (first === undefined) throw new Error('A picture got no boxes.')
  let boxes: ClassBox[]
  if (outputs.kind === 'yolox') {
    boxes = decodeYolox(first, { tensor, strides: outputs.strides, scoreThreshold })
  } else {
    if (second === undefined) throw new Error('A picture got no scores.')
    const { activation } = outputs
    boxes = decodeDetr({ boxes: first, scores: second }, { tensor, activation, scoreThreshold })
  }
  return overlapThreshold === null
    ? boxes.toSorted((left, right) => right.score - left.score)
    : suppressOverlaps(boxes, overlapThreshold)
}

function name(
  boxes: readonly ClassBox[],
  of: { readonly labels: readonly string[]; readonly picture: PreparedPicture },
): readonly FoundBox[] {
  const found: FoundBox[] = []
  for (const box of boxes) {
    if (found.length >= MAX_BOXES) break
    const label = of.labels[box.classIndex]
    if (label === undefined) throw labelError(box.classIndex, of.labels.length)
    const region = toPictureRegion(box, viewOf(of.picture), of.picture)
    if (label !== NO_CLASS && region !== null) found.push({ label, score: box.score, region })
  }
  return found
}

function readLabels(runtime: PackRuntime<DetectorPack>): Promise<readonly string[]> {
  return runtime.keep('labels', () => readLabelFile(runtime.path('labels')))
}

function labelError(classIndex: number, count: number): AppError {
  return new AppError(
    'PACK_GRAPH_INVALID',
    `The detector answers the class ${classIndex}, but its list of labels has ${count} names. Get the pack again with the list that belongs to it.`,
  )
}
