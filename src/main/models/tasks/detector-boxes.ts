import { AppError } from '../../../shared/errors.ts'
import type { FloatTensor } from '../graph.ts'
import { toPicture, type Placement, type Region, type Size } from './placement.ts'

/** A box in pixels of the tensor, by its corners, with the number of its class. */
export interface ClassBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly classIndex: number
  /** 0 to 1. */
  readonly score: number
}

interface YoloxGrid {
  readonly tensor: Size
  readonly strides: readonly number[]
  readonly scoreThreshold: number
}

/**
 * Boxes of one picture as YOLOX puts them out: a row a grid cell, the grids of all strides one after another, each
 * row centre, logarithm of the size, objectness and the classes' scores. Throws PACK_GRAPH_INVALID for other shapes.
 */
export function decodeYolox(predictions: FloatTensor, grid: YoloxGrid): ClassBox[] {
  const { data } = predictions
  const { tensor, strides, scoreThreshold } = grid
  const width = predictions.dims.at(-1) ?? 0
  const cells = strides.reduce((sum, stride) => sum + cellCount(tensor, stride), 0)
  if (width < 6 || data.length !== cells * width) {
    throw shapeError(predictions, `[1, ${cells}, 5 + classes]`)
  }
  const boxes: ClassBox[] = []
  let row = 0
  for (const stride of strides) {
    const columns = Math.floor(tensor.width / stride)
    const last = row + cellCount(tensor, stride)
    for (let cell = 0; row < last; cell += 1, row += 1) {
      const at = row * width
      const objectness = data[at + 4] ?? 0
      // No class can lift the product over what objectness alone reaches.
      if (objectness < scoreThreshold) continue
      const { classIndex, score } = bestClass(data, at + 5, at + width)
      if (objectness * score < scoreThreshold) continue
      const box = fromCentre({
        x: ((data[at] ?? 0) + (cell % columns)) * stride,
        y: ((data[at + 1] ?? 0) + Math.floor(cell / columns)) * stride,
        width: Math.exp(data[at + 2] ?? 0) * stride,
        height: Math.exp(data[at + 3] ?? 0) * stride,
      })
      boxes.push({ ...box, classIndex, score: objectness * score })
    }
  }
  return boxes
}

/**
 * Boxes of one picture as DETR and its kin put them out: a row a query, centre and size as shares of the tensor, and
 * scores before their activation. With `softmax` the last class is "nothing" and a query is one thing at most; with
 * `sigmoid` each class stands for itself. Throws PACK_GRAPH_INVALID for shapes that do not fit one another.
 */
export function decodeDetr(
  outputs: { readonly boxes: FloatTensor; readonly scores: FloatTensor },
  options: {
    readonly tensor: Size
    readonly activation: 'softmax' | 'sigmoid'
    readonly scoreThreshold: number
  },
): ClassBox[] {
  const { boxes, scores } = outputs
  const { tensor, activation, scoreThreshold } = options
  const classes = scores.dims.at(-1) ?? 0
  const queries = classes === 0 ? 0 : scores.data.length / classes
  if (boxes.data.length !== queries * 4 || boxes.dims.at(-1) !== 4) {
    throw shapeError(boxes, `[1, ${queries}, 4]`)
  }
  const found: ClassBox[] = []
  for (let query = 0; query < queries; query += 1) {
    const logits = scores.data.subarray(query * classes, (query + 1) * classes)
    const passing = activation === 'softmax' ? bestOfSoftmax(logits) : allSigmoids(logits)
    for (const { classIndex, score } of passing) {
      if (score < scoreThreshold) continue
      const at = query * 4
      const box = fromCentre({
        x: (boxes.data[at] ?? 0) * tensor.width,
        y: (boxes.data[at + 1] ?? 0) * tensor.height,
        width: (boxes.data[at + 2] ?? 0) * tensor.width,
        height: (boxes.data[at + 3] ?? 0) * tensor.height,
      })
      found.push({ ...box, classIndex, score })
    }
  }
  return found
}

/**
 * The best boxes first, without those that overlap a better one of their class by more than the threshold
 * (intersection over union).
 */
export function suppressOverlaps(boxes: readonly ClassBox[], threshold: number): ClassBox[] {
  const kept: ClassBox[] = []
  for (const box of boxes.toSorted((left, right) => right.score - left.score)) {
    const isCovered = kept.some(
      (better) => better.classIndex === box.classIndex && overlap(better, box) > threshold,
    )
    if (!isCovered) kept.push(box)
  }
  return kept
}

/** Shares of the picture, 0 to 1, from its top left corner. */
export interface PictureRegion {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a box lies in the picture, cut at its edges; null when nothing of it is inside. */
export function toPictureRegion(
  box: Pick<ClassBox, 'left' | 'top' | 'right' | 'bottom'>,
  view: { readonly region: Region; readonly placement: Placement },
  picture: Size,
): PictureRegion | null {
  const start = toPicture({ x: box.left, y: box.top }, view)
  const end = toPicture({ x: box.right, y: box.bottom }, view)
  const left = Math.max(0, start.x / picture.width)
  const top = Math.max(0, start.y / picture.height)
  const width = Math.min(1, end.x / picture.width) - left
  const height = Math.min(1, end.y / picture.height) - top
  return width > 0 && height > 0 ? { x: left, y: top, width, height } : null
}

function cellCount(tensor: Size, stride: number): number {
  return Math.floor(tensor.width / stride) * Math.floor(tensor.height / stride)
}

function bestClass(
  scores: Float32Array,
  from: number,
  to: number,
): { readonly classIndex: number; readonly score: number } {
  let best = from
  for (let at = from + 1; at < to; at += 1) {
    if ((scores[at] ?? 0) > (scores[best] ?? 0)) best = at
  }
  return { classIndex: best - from, score: scores[best] ?? 0 }
}

function bestOfSoftmax(logits: Float32Array) {
  const most = Math.max(...logits)
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0)
  const { classIndex, score } = bestClass(logits, 0, logits.length - 1)
  return [{ classIndex, score: Math.exp(score - most) / sum }]
}

function allSigmoids(logits: Float32Array) {
  return Array.from(logits, (logit, classIndex) => ({
    classIndex,
    score: 1 / (1 + Math.exp(-logit)),
  }))
}

function fromCentre(box: {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}) {
  return {
    left: box.x - box.width / 2,
    top: box.y - box.height / 2,
    right: box.x + box.width / 2,
    bottom: box.y + box.height / 2,
  }
}

function overlap(left: ClassBox, right: ClassBox): number {
  const width = Math.min(left.right, right.right) - Math.max(left.left, right.left)
  const height = Math.min(left.bottom, right.bottom) - Math.max(left.top, right.top)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (area(left) + area(right) - shared)
}

function area(box: ClassBox): number {
  return (box.right - box.left) * (box.bottom - box.top)
}

function shapeError(tensor: FloatTensor, expected: string): AppError {
  return new AppError(
    'PACK_GRAPH_INVALID',
    `The detector answers boxes of the shape [${tensor.dims.join(', ')}], but ${expected} was expected. Check input size, strides and kind in its pack.json.`,
  )
}
