/** One line of the benchmark table. */
export interface BenchRow {
  readonly case: string
  readonly value: number
  readonly unit: string
  /** What the value is held against, measured in the same run; null where there is none. */
  readonly limit: number | null
  /** How much of the limit is reached, 1 being all; null where there is no limit. */
  readonly ratio: number | null
}
