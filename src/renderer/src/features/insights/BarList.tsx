import type { CSSProperties } from 'react'
import { Link } from 'wouter'
import type { PlotBar } from './BarPlot.tsx'
import { queryPath } from './narrowed-query.ts'
import { useRovingLinks } from './use-roving-links.ts'

interface ListedBar extends PlotBar {
  /** Beside the bar: the count, and maybe a share. */
  readonly value: string
}

/** Names with lying bars, each a way to its images. */
export function BarList({
  label,
  bars,
  isNarrow = false,
}: {
  readonly label: string
  readonly bars: readonly ListedBar[]
  /** Two columns where there is room. */
  readonly isNarrow?: boolean
}) {
  const { tabIndexOf, groupProps } = useRovingLinks()
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <div
      className={isNarrow ? 'bar-list bar-list-narrow' : 'bar-list'}
      role="group"
      aria-label={label}
      {...groupProps}
    >
      {bars.map((bar, index) => (
        <Link
          key={bar.label}
          href={queryPath(bar.query)}
          className="bar-list-row"
          tabIndex={tabIndexOf(index)}
          title={`${bar.label}: ${bar.counted}`}
        >
          <span className="bar-list-label">{bar.label}</span>
          <span className="bar-list-track">
            {bar.count > 0 && (
              <span
                className="bar-list-bar"
                style={{ '--share': bar.count / most } as CSSProperties}
              />
            )}
          </span>
          <span className="bar-list-value numeric" aria-hidden>
            {bar.value}
          </span>
          <span className="visually-hidden">{bar.counted}</span>
        </Link>
      ))}
    </div>
  )
}
