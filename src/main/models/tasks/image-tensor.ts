import type { PackImageInput } from '../../../shared/domain/pack.ts'
import type { Placement } from './placement.ts'

/** The part of a resized region that lies in the tensor: RGB bytes, row by row. */
export interface VisiblePixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** What of the resized content is seen, in the content's own pixels; the rest is cut off. */
export function visibleContent({ tensor, content, left, top }: Placement) {
  return {
    left: Math.max(0, -left),
    top: Math.max(0, -top),
    width: Math.min(content.width, tensor.width),
    height: Math.min(content.height, tensor.height),
  }
}

/** Channels first, scaled and normalised; what no pixel covers gets the fill of a letterbox, else black. */
export function toImageTensor(
  pixels: VisiblePixels,
  input: PackImageInput,
  placement: Placement,
): Float32Array {
  const { width, height } = placement.tensor
  const plane = width * height
  const tensor = new Float32Array(3 * plane)
  const left = Math.max(0, placement.left)
  const top = Math.max(0, placement.top)
  const isCovered = pixels.width === width && pixels.height === height
  for (let channel = 0; channel < 3; channel += 1) {
    const levels = levelTable(input, channel)
    const offset = channel * plane
    if (!isCovered) tensor.fill(levels[fillLevel(input)] ?? 0, offset, offset + plane)
    let from = input.channels === 'rgb' ? channel : 2 - channel
    for (let y = 0; y < pixels.height; y += 1) {
      let to = offset + (top + y) * width + left
      for (let x = 0; x < pixels.width; x += 1) {
        tensor[to] = levels[pixels.data[from] ?? 0] ?? 0
        to += 1
        from += 3
      }
    }
  }
  return tensor
}

function fillLevel(input: PackImageInput): number {
  return input.resize.policy === 'letterbox' ? input.resize.fill : 0
}

/** A byte has 256 values, so each is computed once. */
function levelTable(input: PackImageInput, channel: number): Float32Array {
  const mean = input.mean[channel] ?? 0
  const deviation = input.deviation[channel] ?? 1
  return Float32Array.from({ length: 256 }, (_, level) => (level * input.scale - mean) / deviation)
}
