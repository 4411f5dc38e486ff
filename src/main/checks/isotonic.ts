interface IsotonicSample {
  readonly score: number
  readonly isSupported: boolean
  readonly weight: number
}

/** A place of the curve that turns scores into probabilities; between two places it is a straight line. */
export interface IsotonicKnot {
  readonly score: number
  readonly probability: number
}

interface Block {
  readonly score: number
  readonly share: number
  readonly weight: number
}

/**
 * The rising curve that fits best, by pooling adjacent violators (Ayer et al., 1955). Each pooled block is one knot at
 * its mean score; its share is drawn to one half by one row's worth, so that no probability is exactly 0 or 1.
 */
export function fitIsotonic(samples: readonly IsotonicSample[]): readonly IsotonicKnot[] {
  const sorted = samples.toSorted((left, right) => left.score - right.score)
  const blocks: Block[] = []
  for (const { score, isSupported, weight } of joinTies(sorted)) {
    let block: Block = { score, share: isSupported, weight }
    for (let last = blocks.at(-1); last && last.share >= block.share; last = blocks.at(-1)) {
      block = pool(last, block)
      blocks.pop()
    }
    blocks.push(block)
  }
  return blocks
    .map(({ score, share, weight }) => ({
      score,
      probability: (share * weight + 0.5) / (weight + 1),
    }))
    .reduce<IsotonicKnot[]>(keepRising, [])
}

/** Probability at a score; flat outside the curve. Null where there is no curve. */
export function readIsotonic(knots: readonly IsotonicKnot[], score: number): number | null {
  const above = knots.findIndex((knot) => knot.score >= score)
  const right = above === -1 ? knots.at(-1) : knots[above]
  if (right === undefined) return null
  const left = above <= 0 ? undefined : knots[above - 1]
  if (left === undefined || above === -1) return right.probability
  const share = (score - left.score) / (right.score - left.score)
  return left.probability + share * (right.probability - left.probability)
}

/** Rows of one score are one row, else their order would decide. */
function joinTies(
  sorted: readonly IsotonicSample[],
): { score: number; isSupported: number; weight: number }[] {
  const joined: { score: number; isSupported: number; weight: number }[] = []
  for (const { score, isSupported, weight } of sorted) {
    const last = joined.at(-1)
    const share = isSupported ? 1 : 0
    if (last?.score !== score) {
      joined.push({ score, isSupported: share, weight })
      continue
    }
    last.isSupported = (last.isSupported * last.weight + share * weight) / (last.weight + weight)
    last.weight += weight
  }
  return joined
}

function pool(left: Block, right: Block): Block {
  const weight = left.weight + right.weight
  const mean = (one: number, other: number): number =>
    (one * left.weight + other * right.weight) / weight
  return { score: mean(left.score, right.score), share: mean(left.share, right.share), weight }
}

/** The pull to one half moves small blocks more than large ones, which may turn two of them round. */
function keepRising(knots: IsotonicKnot[], knot: IsotonicKnot): IsotonicKnot[] {
  const floor = knots.at(-1)?.probability ?? 0
  return [...knots, { ...knot, probability: Math.max(floor, knot.probability) }]
}
