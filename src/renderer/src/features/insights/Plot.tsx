import type { UseQueryResult } from '@tanstack/react-query'
import { Table2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { describeError } from '../../api/describe-error.ts'
import { Button } from '../../components/Button.tsx'
import { Callout, Panel } from '../../components/Page.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { queryPath } from './narrowed-query.ts'

interface PlotTable {
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly cells: readonly string[]
    readonly query: string | null
  }[]
}

interface PlotProps<Data> {
  readonly title: string
  readonly answer: Pick<UseQueryResult<Data>, 'data' | 'error'>
  /** What to say in place of the plot, where there is nothing to draw. */
  readonly empty: (data: Data) => ReactNode
  readonly table: (data: Data) => PlotTable
  /** Controls beside the title. */
  readonly aside?: ReactNode
  readonly isWide?: boolean
  readonly children: (data: Data) => ReactNode
}

/** One plot with its heading: what is drawn can be read as a table, and says why where there is nothing yet. */
export function Plot<Data>({
  title,
  answer,
  empty,
  table,
  aside,
  isWide = false,
  children,
}: PlotProps<Data>) {
  const [isTable, setTable] = useState(false)
  const { data, error } = answer
  const nothing = data === undefined ? null : empty(data)
  const hasPlot = data !== undefined && nothing === null
  return (
    <div className={isWide ? 'plot plot-wide' : 'plot'}>
      <Panel
        title={title}
        aside={
          <span className="plot-aside">
            {aside}
            {hasPlot && (
              <Button
                variant="quiet"
                size="small"
                icon={Table2}
                aria-pressed={isTable}
                aria-label={`${title} as a table`}
                onClick={() => {
                  setTable(!isTable)
                }}
              >
                Table
              </Button>
            )}
          </span>
        }
      >
        {data === undefined && error !== null && (
          <Callout tone="error">{describeError(error).title}</Callout>
        )}
        {data === undefined && error === null && <Skeleton height="150px" />}
        {nothing !== null && <p className="plot-empty">{nothing}</p>}
        {hasPlot &&
          (isTable ? <PlotTableView table={table(data)} title={title} /> : children(data))}
      </Panel>
    </div>
  )
}

function PlotTableView({ table, title }: { readonly table: PlotTable; readonly title: string }) {
  return (
    <div className="plot-table" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ cells, query }, row) => (
            <tr key={row}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th key={index} scope="row">
                    {query === null ? cell : <Link href={queryPath(query)}>{cell}</Link>}
                  </th>
                ) : (
                  <td key={index} className="numeric">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
