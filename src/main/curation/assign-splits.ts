import { DRAW_RANGE, type Draw } from './draws.ts'

/**
 * The split of each position: its group draws once, by the uid of its first image, so that a group is never parted
 * and images that are added later move nobody. Shares hold on average, the better the more groups there are.
 */
export function assignSplits(
  positions: Uint32Array,
  args: {
    /** The first position of the group of each position (`findLeaders`). */
    readonly leaders: Uint32Array
    /** Of each split; they need not add up to 1. */
    readonly shares: readonly number[]
    readonly draw: Draw
  },
): Uint8Array {
  const total = args.shares.reduce((sum, share) => sum + share, 0)
  const bounds: number[] = []
  let reached = 0
  for (const share of args.shares) {
    reached += share
    bounds.push((reached / total) * DRAW_RANGE)
  }
  const last = args.shares.findLastIndex((share) => share > 0)
  const splits = new Uint8Array(positions.length)
  for (let place = 0; place < positions.length; place += 1) {
    const position = positions[place] ?? 0
    const drawn = args.draw(args.leaders[position] ?? position)
    const split = bounds.findIndex((bound) => drawn < bound)
    splits[place] = split < 0 ? last : split
  }
  return splits
}
