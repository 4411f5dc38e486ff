/** More rows make a run no faster, and keep whoever waits for longer. */
const MAX_ROWS = 32
/**
 * What a run costs besides its tokens, in tokens: 35 with the encoder that comes with Realign, some 10 with CLIP's ViT-B/16,
 * on two cores.
 */
const RUN_TOKENS = 32

/**
 * Cuts rows, by their numbers of tokens in ascending order, into batches, so that all runs together cost least: each row of a
 * batch is filled up to its longest one, and filling costs as much as words. Answers how many rows each batch has.
 */
export function planTextBatches(lengths: readonly number[]): number[] {
  /** For each number of rows from the shortest on: the least cost, and how many rows the last batch of it has. */
  const plans: { readonly cost: number; readonly last: number }[] = [{ cost: 0, last: 0 }]
  for (const [index, longest] of lengths.entries()) {
    let best = { cost: Infinity, last: 0 }
    for (let rows = 1; rows <= Math.min(MAX_ROWS, index + 1); rows += 1) {
      const before = plans[index + 1 - rows]?.cost ?? 0
      const cost = before + RUN_TOKENS + rows * longest
      if (cost < best.cost) best = { cost, last: rows }
    }
    plans.push(best)
  }
  const batches: number[] = []
  for (let end = lengths.length; end > 0; end -= batches.at(-1) ?? end) {
    batches.push(plans[end]?.last ?? end)
  }
  return batches.reverse()
}
