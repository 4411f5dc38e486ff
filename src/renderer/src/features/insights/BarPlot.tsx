import type { CSSProperties } from 'react'
import { Link } from 'wouter'
import { queryPath } from './narrowed-query.ts'
import { useRovingLinks } from './use-roving-links.ts'

export interface PlotBar {
  /** What the bar is about, such as "20 to 39 characters". */
  readonly label: string
  readonly count: number
  /** The count with its word: "12 captions". */
  readonly counted: string
  readonly query: string
}

interface BarPlotProps {
  readonly label: string
  readonly bars: readonly PlotBar[]
  /** Under the first bar, the middle and the last one. */
  readonly ticks: readonly string[]
}

/** Upright bars, each a way to its images. */
export function BarPlot({ label, bars, ticks }: BarPlotProps) {
  const { tabIndexOf, groupProps } = useRovingLinks()
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const filled = bars.filter(({ count }) => count > 0)
  return (
    <div className="bar-plot">
      <span className="bar-plot-most numeric" aria-hidden>
        {bars.find(({ count }) => count === most)?.counted}
      </span>
      <div className="bar-plot-bars" role="group" aria-label={label} {...groupProps}>
        {bars.map((bar) =>
          bar.count === 0 ? (
            <span key={bar.label} className="bar-plot-slot" />
          ) : (
            <Link
              key={bar.label}
              href={queryPath(bar.query)}
              className="bar-plot-slot"
              tabIndex={tabIndexOf(filled.indexOf(bar))}
              title={`${bar.label}: ${bar.counted}`}
              aria-label={`${bar.label}: ${bar.counted}`}
            >
              <span
                className="bar-plot-bar"
                style={{ '--share': bar.count / most } as CSSProperties}
              />
            </Link>
          ),
        )}
      </div>
      <div className="bar-plot-ticks numeric" aria-hidden>
        {ticks.map((tick, index) => (
          <span key={index}>{tick}</span>
        ))}
      </div>
    </div>
  )
}
