import type { InsightHistogram } from '../../../../shared/contract/insights.ts'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import type { PlotBar } from './BarPlot.tsx'

interface HistogramWords {
  /** "20 to 39 characters" */
  readonly label: (from: number, to: number | null) => string
  /** Of what there is a count. */
  readonly noun: string
}

/** The bars of a histogram with their words. */
export function toBars({ bars }: InsightHistogram, words: HistogramWords): readonly PlotBar[] {
  return bars.map(({ from, to, count, query }) => ({
    label: words.label(from, to),
    count,
    counted: formatCounted(count, words.noun),
    query,
  }))
}

/** A table of the same bars. */
export function toTable(bars: readonly PlotBar[], columns: readonly string[]) {
  return {
    columns,
    rows: bars.map(({ label, count, query }) => ({
      cells: [label, formatCount(count)],
      query: count === 0 ? null : query,
    })),
  }
}

export function formatShare(share: number): string {
  const percent = share * 100
  return `${percent.toFixed(percent > 0 && percent < 10 ? 1 : 0)} %`
}
