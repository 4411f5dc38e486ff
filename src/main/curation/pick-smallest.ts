import type { Draw } from './draws.ts'

const BUCKETS = 65_536

/**
 * The positions of the smallest draws, in the order in which they came; of equal draws the first. Counts the draws by
 * their upper half instead of sorting them, so a million take two passes.
 */
export function pickSmallest(positions: Uint32Array, draw: Draw, count: number): Uint32Array {
  if (count >= positions.length) return positions
  const sizes = new Uint32Array(BUCKETS)
  for (const position of positions) {
    const bucket = draw(position) >>> 16
    sizes[bucket] = (sizes[bucket] ?? 0) + 1
  }
  let last = 0
  let left = count
  while (left > (sizes[last] ?? 0)) {
    left -= sizes[last] ?? 0
    last += 1
  }
  const edge = Array.from(positions.filter((position) => draw(position) >>> 16 === last))
  const chosen = new Set(
    edge.toSorted((one, other) => draw(one) - draw(other) || one - other).slice(0, left),
  )
  return positions.filter((position) => {
    const bucket = draw(position) >>> 16
    return bucket < last || (bucket === last && chosen.has(position))
  })
}
