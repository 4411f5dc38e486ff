/** The value that the given share of the values does not exceed; values need not be sorted. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new Error('Expected at least one value.')
  return value
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
