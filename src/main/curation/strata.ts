import type { Draw } from './draws.ts'
import { pickSmallest } from './pick-smallest.ts'

/**
 * How many to take of each stratum. Equal: as many of each, and what small ones cannot give comes from the others.
 * Proportional: by size, what is lost in rounding going to the largest remainders. Never more than there are.
 */
export function shareOut(
  sizes: readonly number[],
  count: number,
  shares: 'equal' | 'proportional',
): readonly number[] {
  return shares === 'equal' ? shareEqually(sizes, count) : shareInProportion(sizes, count)
}

function shareEqually(sizes: readonly number[], count: number): readonly number[] {
  const quotas = sizes.map(() => 0)
  // The smallest first: what they leave is known when the larger ones are shared out.
  const order = sizes
    .map((_, index) => index)
    .sort((one, other) => at(sizes, one) - at(sizes, other))
  let left = Math.min(count, sumOf(sizes))
  for (const [place, index] of order.entries()) {
    const quota = Math.min(at(sizes, index), Math.floor(left / (order.length - place)))
    quotas[index] = quota
    left -= quota
  }
  return quotas
}

function shareInProportion(sizes: readonly number[], count: number): readonly number[] {
  const total = sumOf(sizes)
  if (count >= total) return sizes
  const exact = sizes.map((size) => (size * count) / total)
  const quotas = exact.map(Math.floor)
  const order = exact
    .map((_, index) => index)
    .sort((one, other) => remainder(exact, other) - remainder(exact, one) || one - other)
  const left = count - sumOf(quotas)
  for (const index of order.slice(0, left)) quotas[index] = at(quotas, index) + 1
  return quotas
}

/** Of each stratum its quota of positions, drawn; all in the order in which they came. */
export function pickOfStrata(
  positions: Uint32Array,
  args: {
    /** Index of the stratum of each position of `positions`, by place. */
    readonly strata: Uint32Array
    readonly quotas: readonly number[]
    readonly draw: Draw
  },
): Uint32Array {
  const { strata, quotas, draw } = args
  const { members, starts } = sortByStratum(positions, strata, quotas.length)
  const chosen = new Uint8Array((positions.at(-1) ?? 0) + 1)
  for (const [stratum, quota] of quotas.entries()) {
    const own = members.subarray(at(starts, stratum), at(starts, stratum + 1))
    for (const position of pickSmallest(own, draw, quota)) chosen[position] = 1
  }
  return positions.filter((position) => chosen[position] === 1)
}

/** The positions stratum by stratum, in each in their order, and where each stratum begins and the last one ends. */
function sortByStratum(
  positions: Uint32Array,
  strata: Uint32Array,
  count: number,
): { readonly members: Uint32Array; readonly starts: readonly number[] } {
  const sizes = new Array<number>(count).fill(0)
  for (const stratum of strata) sizes[stratum] = at(sizes, stratum) + 1
  const starts = [0]
  for (const size of sizes) starts.push(at(starts, starts.length - 1) + size)
  const next = starts.slice()
  const members = new Uint32Array(positions.length)
  for (let place = 0; place < positions.length; place += 1) {
    const stratum = strata[place] ?? 0
    members[at(next, stratum)] = positions[place] ?? 0
    next[stratum] = at(next, stratum) + 1
  }
  return { members, starts }
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0
}

function remainder(values: readonly number[], index: number): number {
  return at(values, index) % 1
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
