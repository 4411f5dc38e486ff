import type { PackKernel } from '../../shared/domain/pack.ts'
import type { VisiblePixels } from './tasks/image-tensor.ts'
import type { Region, Size } from './tasks/placement.ts'

/**
 * Resizes as Pillow does (the algorithm of its Resample.c: a filter that grows with the reduction, fixed-point weights,
 * rounding to bytes after each pass), because that is what models were trained with. libvips' own reduction is faster,
 * but differs enough to move vectors. `linear-unscaled` is the two-point filter of OpenCV, which does not grow.
 */
export function resample(
  source: VisiblePixels,
  options: {
    /** Part of the source in whole pixels. */
    readonly region: Region
    /** What the region would be resized to as a whole. */
    readonly content: Size
    /** Part of that which is wanted. */
    readonly visible: Region
    readonly kernel: PackKernel
  },
): VisiblePixels {
  const { region, content, visible, kernel } = options
  const across = makeWeights({
    from: region.width,
    to: content.width,
    first: visible.left,
    count: visible.width,
    kernel,
  })
  const down = makeWeights({
    from: region.height,
    to: content.height,
    first: visible.top,
    count: visible.height,
    kernel,
  })
  const rows = usedRange(down)
  const narrow = resizeAcross(source, { region, weights: across, rows })
  return resizeDown(narrow, { width: visible.width, weights: down, firstRow: rows.first })
}

/** For each output pixel the first source pixel and the weights of the ones from there on. */
interface Weights {
  readonly count: number
  readonly taps: number
  readonly starts: Int32Array
  readonly lengths: Int32Array
  readonly values: Int32Array
}

/** A byte (8 bits) times a weight, with 2 bits for weights beyond 1 and the sign, fits 32 bits. */
const WEIGHT_BITS = 22
const HALF_WEIGHT = 1 << (WEIGHT_BITS - 1)

interface Filter {
  readonly support: number
  readonly isScaled: boolean
  readonly weigh: (distance: number) => number
}

const FILTERS: Readonly<Record<Exclude<PackKernel, 'nearest'>, Filter>> = {
  linear: { support: 1, isScaled: true, weigh: triangle },
  'linear-unscaled': { support: 1, isScaled: false, weigh: triangle },
  cubic: { support: 2, isScaled: true, weigh: catmullRom },
  lanczos3: { support: 3, isScaled: true, weigh: lanczos },
}

function makeWeights(options: {
  readonly from: number
  readonly to: number
  readonly first: number
  readonly count: number
  readonly kernel: PackKernel
}): Weights {
  const { from, to, first, count, kernel } = options
  if (kernel === 'nearest') return nearestWeights(options)
  const { support: reach, isScaled, weigh } = FILTERS[kernel]
  const scale = from / to
  const filterScale = isScaled ? Math.max(scale, 1) : 1
  const support = reach * filterScale
  const taps = Math.ceil(support) * 2 + 1
  const starts = new Int32Array(count)
  const lengths = new Int32Array(count)
  const values = new Int32Array(count * taps)
  const raw = new Float64Array(taps)
  for (let index = 0; index < count; index += 1) {
    const centre = (first + index + 0.5) * scale
    const start = Math.max(0, Math.trunc(centre - support + 0.5))
    const length = Math.min(from, Math.trunc(centre + support + 0.5)) - start
    let sum = 0
    for (let tap = 0; tap < length; tap += 1) {
      const weight = weigh((tap + start - centre + 0.5) / filterScale)
      raw[tap] = weight
      sum += weight
    }
    for (let tap = 0; tap < length; tap += 1) {
      const weight = ((raw[tap] ?? 0) / sum) * (1 << WEIGHT_BITS)
      values[index * taps + tap] = Math.trunc(weight + (weight < 0 ? -0.5 : 0.5))
    }
    starts[index] = start
    lengths[index] = length
  }
  return { count, taps, starts, lengths, values }
}

function nearestWeights(options: {
  readonly from: number
  readonly to: number
  readonly first: number
  readonly count: number
}): Weights {
  const { from, to, first, count } = options
  const starts = Int32Array.from({ length: count }, (_, index) =>
    Math.min(from - 1, Math.trunc(((first + index + 0.5) * from) / to)),
  )
  return {
    count,
    taps: 1,
    starts,
    lengths: new Int32Array(count).fill(1),
    values: new Int32Array(count).fill(1 << WEIGHT_BITS),
  }
}

/** The source rows that any output row looks at. */
function usedRange({ starts, lengths, count }: Weights): {
  readonly first: number
  readonly count: number
} {
  let first = Infinity
  let end = 0
  for (let index = 0; index < count; index += 1) {
    const start = starts[index] ?? 0
    first = Math.min(first, start)
    end = Math.max(end, start + (lengths[index] ?? 0))
  }
  return { first, count: end - first }
}

function resizeAcross(
  source: VisiblePixels,
  options: {
    readonly region: Region
    readonly weights: Weights
    readonly rows: { readonly first: number; readonly count: number }
  },
): Uint8Array {
  const { region, weights, rows } = options
  const { count, taps, starts, lengths, values } = weights
  const { data } = source
  const result = new Uint8ClampedArray(rows.count * count * 3)
  let to = 0
  for (let row = 0; row < rows.count; row += 1) {
    const line = ((region.top + rows.first + row) * source.width + region.left) * 3
    for (let index = 0; index < count; index += 1) {
      let red = HALF_WEIGHT
      let green = HALF_WEIGHT
      let blue = HALF_WEIGHT
      let at = line + (starts[index] ?? 0) * 3
      const first = index * taps
      const end = first + (lengths[index] ?? 0)
      for (let tap = first; tap < end; tap += 1) {
        const weight = values[tap] ?? 0
        red += (data[at] ?? 0) * weight
        green += (data[at + 1] ?? 0) * weight
        blue += (data[at + 2] ?? 0) * weight
        at += 3
      }
      result[to] = red >> WEIGHT_BITS
      result[to + 1] = green >> WEIGHT_BITS
      result[to + 2] = blue >> WEIGHT_BITS
      to += 3
    }
  }
  return new Uint8Array(result.buffer)
}

function resizeDown(
  data: Uint8Array,
  options: { readonly width: number; readonly weights: Weights; readonly firstRow: number },
): VisiblePixels {
  const { width, weights, firstRow } = options
  const { count, taps, starts, lengths, values } = weights
  const line = width * 3
  const result = new Uint8ClampedArray(count * line)
  const sums = new Int32Array(line)
  for (let index = 0; index < count; index += 1) {
    sums.fill(HALF_WEIGHT)
    let at = ((starts[index] ?? 0) - firstRow) * line
    const first = index * taps
    const end = first + (lengths[index] ?? 0)
    for (let tap = first; tap < end; tap += 1) {
      const weight = values[tap] ?? 0
      for (let column = 0; column < line; column += 1) {
        sums[column] = (sums[column] ?? 0) + (data[at + column] ?? 0) * weight
      }
      at += line
    }
    const to = index * line
    for (let column = 0; column < line; column += 1) {
      result[to + column] = (sums[column] ?? 0) >> WEIGHT_BITS
    }
  }
  return { data: new Uint8Array(result.buffer), width, height: count }
}

function triangle(distance: number): number {
  return Math.max(0, 1 - Math.abs(distance))
}

/** Keys' cubic with a = -0.5, as in Pillow. */
function catmullRom(distance: number): number {
  const x = Math.abs(distance)
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2
  return 0
}

function lanczos(distance: number): number {
  return Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}
