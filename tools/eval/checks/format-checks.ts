import type { CheckRow } from './measure-set.ts'

/** Tables in Markdown as docs/quality.md holds them: one a set, measures down, methods across. */
export function formatChecks(rows: readonly CheckRow[]): string {
  return [...Map.groupBy(rows, ({ set }) => set).entries()]
    .map(([set, own]) => `${set}\n\n${tableOf(own)}`)
    .join('\n')
}

function tableOf(rows: readonly CheckRow[]): string {
  const methods = [...new Set(rows.map(({ method }) => method))]
  const measures = [...Map.groupBy(rows, ({ measure }) => measure).entries()]
  const lines = measures.map(([measure, own]) => {
    const counts = own.map(({ n }) => n)
    const cells = methods.map((method) => {
      const row = own.find((one) => one.method === method)
      return row === undefined ? '' : row.value.toFixed(3)
    })
    return [measure, ...cells, String(Math.max(...counts))]
  })
  const head = ['measure', ...methods, 'n']
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
