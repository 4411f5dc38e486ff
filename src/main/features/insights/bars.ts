import type { InsightBar, InsightHistogram } from '../../../shared/contract/insights.ts'
import type { FieldCounts } from '../../db/queries/insights.ts'

/** Edges of one step from a number up to another, both included. */
export function evenEdges(from: number, to: number, step: number): readonly number[] {
  const count = Math.round((to - from) / step)
  return Array.from({ length: count + 1 }, (_, index) =>
    Number((from + index * step).toPrecision(12)),
  )
}

/** Bars of counts between edges, each with the query that finds its images. */
export function toHistogram(
  edges: readonly number[],
  { known, counts }: FieldCounts,
  queryOf: (bar: {
    readonly from: number
    readonly to: number | null
    readonly isFirst: boolean
  }) => string,
): InsightHistogram {
  const bars = edges.map((from, index): InsightBar => {
    const to = edges[index + 1] ?? null
    const query = queryOf({ from, to, isFirst: index === 0 })
    return { from, to, count: counts[index] ?? 0, query }
  })
  return { known, bars }
}

/**
 * Bars of numbers that queries know by their place alone: a place half a step before the first image of a bar and half a
 * step after the last one is beyond all rounding.
 */
export function toPlacedHistogram(
  field: string,
  edges: readonly number[],
  { known, counts }: FieldCounts,
): InsightHistogram {
  const others = known - 1
  let before = 0
  const bars = edges.map((from, index): InsightBar => {
    const count = counts[index] ?? 0
    const start = before
    before += count
    const place = (rank: number): string => `${((100 * rank) / Math.max(1, others)).toFixed(7)}%`
    const low = start === 0 ? '0%' : place(start - 0.5)
    const high = before >= known ? '100%' : place(before - 0.5)
    return { from, to: edges[index + 1] ?? null, count, query: `${field}:${low}..${high}` }
  })
  return { known, bars }
}

/** As many bars as wanted between the smallest and the largest number, which lies in the last one. */
export function edgesBetween(from: number, to: number, bars: number): readonly number[] {
  if (from === to) return [from]
  return Array.from({ length: bars }, (_, index) => from + ((to - from) * index) / bars)
}
