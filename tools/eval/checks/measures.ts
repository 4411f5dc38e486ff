/** Chance that a supported unit scores higher than an unsupported one, ties counting half; NaN where one side is empty. */
export function areaUnderCurve(
  supported: readonly number[],
  unsupported: readonly number[],
): number {
  const all = [
    ...supported.map((score) => ({ score, isSupported: true })),
    ...unsupported.map((score) => ({ score, isSupported: false })),
  ].sort((left, right) => left.score - right.score)
  let rankSum = 0
  for (let from = 0; from < all.length;) {
    let to = from
    while (to < all.length && all[to]?.score === all[from]?.score) to += 1
    const rank = (from + 1 + to) / 2
    rankSum += rank * all.slice(from, to).filter(({ isSupported }) => isSupported).length
    from = to
  }
  const pairs = supported.length * unsupported.length
  return (rankSum - (supported.length * (supported.length + 1)) / 2) / pairs
}

/** Share of unsupported units below the limit that a given share of the supported ones lies below. */
export function caughtAtRate(
  supported: readonly number[],
  unsupported: readonly number[],
  rate: number,
): number {
  const limit = supported.toSorted((left, right) => left - right)[
    Math.floor(rate * supported.length)
  ]
  return shareOf(unsupported, (score) => limit !== undefined && score < limit)
}

export function shareOf<Item>(items: readonly Item[], is: (item: Item) => boolean): number {
  return items.filter(is).length / items.length
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Chance of picking the right one of those with the lowest score; 0 where nothing has a score. */
export function pickedLowest(
  items: readonly { readonly score: number | null; readonly isRight: boolean }[],
): number {
  const scored = items.filter(({ score }) => score !== null)
  const lowest = Math.min(...scored.map(({ score }) => score ?? Infinity))
  const ties = scored.filter(({ score }) => score === lowest)
  return ties.length === 0 ? 0 : shareOf(ties, ({ isRight }) => isRight)
}

/** Share of wrong ones among those with a mark, when unsupported units are as frequent as `prevalence`. */
export function wrongShare(wrong: number, right: number): number {
  return wrong + right === 0 ? 0 : wrong / (wrong + right)
}
