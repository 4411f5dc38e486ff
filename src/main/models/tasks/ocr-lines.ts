import type { OcrPack, PackImageInput } from '../../../shared/domain/pack.ts'
import type { FloatTensor, Graph } from '../graph.ts'
import { resample } from '../resample.ts'
import { runInBatches } from './batch.ts'
import { toImageTensor, visibleContent, type VisiblePixels } from './image-tensor.ts'
import { readSteps, type ReadText } from './ocr-text.ts'
import { placeRegion, type Placement } from './placement.ts'

/** Lines that go through a graph together; more would only fill one another up. */
const BATCH = 8
/** Lines longer than this many times their height are squeezed. */
const MAX_LINE_RATIO = 80
/** A line is turned over only when the classifier is surer than this, as PP-OCR does. */
const TURN_THRESHOLD = 0.9

/** Which of the lines stand on their head. */
export async function findTurned(
  graph: Graph,
  part: OcrPack['recognition'],
  lines: readonly VisiblePixels[],
): Promise<readonly boolean[]> {
  const answers = await run(graph, part, {
    lines,
    placements: lines.map((line) => squeezeLine(part.image, line)),
  })
  return answers.map(({ data }) => (data[1] ?? 0) > TURN_THRESHOLD)
}

/**
 * The texts of straightened lines, in their order. Lines of like length go together, all as wide as the longest, at
 * least as wide as the pack's input.
 */
export async function readLines(
  graph: Graph,
  part: OcrPack['recognition'],
  reading: { readonly lines: readonly VisiblePixels[]; readonly alphabet: readonly string[] },
): Promise<readonly ReadText[]> {
  const { lines, alphabet } = reading
  const ratios = lines.map(({ width, height }) => Math.min(width / height, MAX_LINE_RATIO))
  const order = [...lines.keys()].sort((one, two) => (ratios[one] ?? 0) - (ratios[two] ?? 0))
  const texts: (ReadText | undefined)[] = Array.from({ length: lines.length })
  for (let from = 0; from < order.length; from += BATCH) {
    const places = order.slice(from, from + BATCH)
    const longest = Math.max(...places.map((place) => ratios[place] ?? 0))
    const answers = await run(graph, part, {
      lines: places.flatMap((place) => lines[place] ?? []),
      placements: places.map((place) => placeLine(part.image, ratios[place] ?? 0, longest)),
    })
    for (const [index, place] of places.entries()) {
      const answer = answers[index]
      if (answer !== undefined) {
        texts[place] = readSteps(answer.data, answer.dims.at(-1) ?? 0, alphabet)
      }
    }
  }
  return texts.map((text) => text ?? { text: '', score: 0 })
}

/** At full height, as the classifier was trained: a long line is squeezed, not made smaller. */
function squeezeLine({ widthPx, heightPx }: PackImageInput, line: VisiblePixels): Placement {
  const width = Math.min(widthPx, Math.ceil((heightPx * line.width) / line.height))
  return {
    tensor: { width: widthPx, height: heightPx },
    content: { width: Math.max(1, width), height: heightPx },
    left: 0,
    top: 0,
  }
}

function placeLine(input: PackImageInput, ratio: number, longest: number): Placement {
  const { heightPx, widthPx } = input
  const wide = Math.max(widthPx, Math.ceil(heightPx * longest))
  return {
    tensor: { width: wide, height: heightPx },
    content: { width: Math.max(1, Math.ceil(heightPx * ratio)), height: heightPx },
    left: 0,
    top: 0,
  }
}

/** The answer for each line by itself. */
async function run(
  graph: Graph,
  { image, input, output }: OcrPack['recognition'],
  batch: { readonly lines: readonly VisiblePixels[]; readonly placements: readonly Placement[] },
): Promise<readonly FloatTensor[]> {
  const tensors = batch.lines.map((line, index) => {
    const placement = batch.placements[index] ?? placeRegion(image, line)
    return { tensor: toTensor(line, image, placement), placement }
  })
  const answers: FloatTensor[] = []
  for (let from = 0; from < tensors.length; from += BATCH) {
    const runs = await runInBatches(graph, {
      items: tensors.slice(from, from + BATCH),
      feed: (items) => ({ [input]: stack(items) }),
      outputs: [output],
    })
    for (const { count, outputs } of runs) {
      const [answer] = outputs
      if (answer === undefined) throw new Error('A run without outputs was answered.')
      const each = answer.data.length / count
      for (let index = 0; index < count; index += 1) {
        const data = answer.data.subarray(index * each, (index + 1) * each)
        answers.push({ kind: 'float', data, dims: [1, ...answer.dims.slice(1)] })
      }
    }
  }
  return answers
}

function toTensor(line: VisiblePixels, input: PackImageInput, placement: Placement): Float32Array {
  const pixels = resample(line, {
    region: { left: 0, top: 0, width: line.width, height: line.height },
    content: placement.content,
    visible: visibleContent(placement),
    kernel: input.resize.kernel,
  })
  return toImageTensor(pixels, input, placement)
}

function stack(
  items: readonly { readonly tensor: Float32Array; readonly placement: Placement }[],
): FloatTensor {
  const each = items[0]?.tensor.length ?? 0
  const size = items[0]?.placement.tensor ?? { width: 0, height: 0 }
  const data = new Float32Array(items.length * each)
  for (const [index, { tensor }] of items.entries()) data.set(tensor, index * each)
  return { kind: 'float', data, dims: [items.length, 3, size.height, size.width] }
}
