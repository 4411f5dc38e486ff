import type { BenchRow } from './bench-row.ts'

const HEAD = ['case', 'value', 'unit', 'limit', 'ratio'] as const

/** Columns as wide as their widest cell; numbers to the right. */
export function formatTable(rows: readonly BenchRow[]): string {
  const cells = [HEAD, ...rows.map(toCells)]
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column === 0 || column === 2 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

function toCells(row: BenchRow): readonly string[] {
  return [
    row.case,
    formatNumber(row.value),
    row.unit,
    row.limit === null ? '' : formatNumber(row.limit),
    row.ratio === null ? '' : row.ratio.toFixed(2),
  ]
}

function formatNumber(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  })
}
