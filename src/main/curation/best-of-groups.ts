/** What speaks for an image against those that look like it, by position. */
export interface Merits {
  readonly pixels: Float64Array
  /** 0 where it was not measured. */
  readonly sharpness: Float64Array
  readonly textLength: Uint32Array
}

/** Sharpness is measured on a picture made smaller; differences below this share are noise of that. */
const SAME_SHARPNESS = 0.03

/**
 * The best position of each group: for which most of size, sharpness and length of texts speaks, then the larger, the
 * one with more text, the one that came first.
 */
export function findBest(groups: Iterable<readonly number[]>, merits: Merits): readonly number[] {
  return Array.from(groups, (group) => bestOf(group, merits))
}

function bestOf(group: readonly number[], merits: Merits): number {
  const { pixels, sharpness, textLength } = merits
  const most = { pixels: 0, sharpness: 0, text: 0 }
  for (const position of group) {
    most.pixels = Math.max(most.pixels, pixels[position] ?? 0)
    most.sharpness = Math.max(most.sharpness, sharpness[position] ?? 0)
    most.text = Math.max(most.text, textLength[position] ?? 0)
  }
  const speaksFor = (position: number): number =>
    Number(most.pixels > 0 && pixels[position] === most.pixels) +
    Number(
      most.sharpness > 0 && (sharpness[position] ?? 0) >= most.sharpness * (1 - SAME_SHARPNESS),
    ) +
    Number(most.text > 0 && textLength[position] === most.text)
  return group.reduce((best, position) => {
    const order =
      speaksFor(position) - speaksFor(best) ||
      (pixels[position] ?? 0) - (pixels[best] ?? 0) ||
      (textLength[position] ?? 0) - (textLength[best] ?? 0)
    return order > 0 ? position : best
  })
}
