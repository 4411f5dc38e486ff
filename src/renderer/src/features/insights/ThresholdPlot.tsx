import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'

interface ThresholdPlotProps {
  readonly label: string
  /** Images from each edge to the next one. */
  readonly counts: readonly number[]
  readonly edges: readonly number[]
  /** The edge that the limit lies on. */
  readonly index: number
  readonly falls: 'below' | 'above'
  /** Numbers may go beyond the last edge. */
  readonly isOpenEnded: boolean
  /** What falls out now, in words; read out when the limit moves. */
  readonly valueText: string
  readonly format: (value: number) => string
  readonly onChange: (index: number) => void
}

const PAGE = 10

/** A histogram with a limit that is dragged, or moved with the arrow keys, over it. */
export function ThresholdPlot({
  label,
  counts,
  edges,
  index,
  falls,
  isOpenEnded,
  valueText,
  format,
  onChange,
}: ThresholdPlotProps) {
  const plot = useRef<HTMLDivElement>(null)
  const last = edges.length - 1
  const most = Math.max(1, ...counts)
  const place = (at: number): string => `${(100 * at) / edges.length}%`

  function moveTo(next: number): void {
    const kept = Math.min(last, Math.max(0, next))
    if (kept !== index) onChange(kept)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = placeAfterKey(event.key, index, last)
    if (next === null) return
    event.preventDefault()
    moveTo(next)
  }

  function follow(event: PointerEvent): void {
    const box = plot.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return
    moveTo(Math.round(((event.clientX - box.left) / box.width) * edges.length))
  }

  return (
    <div className="threshold">
      <div
        ref={plot}
        className="threshold-plot"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          follow(event)
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event)
        }}
      >
        <div
          className="threshold-out"
          style={
            falls === 'below'
              ? { insetInlineStart: 0, width: place(index) }
              : { insetInlineStart: place(index), insetInlineEnd: 0 }
          }
        />
        {counts.map((count, at) => (
          <span
            key={edges[at]}
            className="threshold-bar"
            data-out={(falls === 'below' ? at < index : at >= index) || undefined}
            // The root, so that the few at the ends, which the limit is about, are seen beside the many.
            style={{ '--share': Math.sqrt(count / most) } as CSSProperties}
          />
        ))}
        <div
          className="threshold-line"
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={edges[0]}
          aria-valuemax={edges[last]}
          aria-valuenow={edges[index]}
          aria-valuetext={valueText}
          style={{ insetInlineStart: place(index) }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="bar-plot-ticks numeric" aria-hidden>
        {[0, Math.round(last / 2), last].map((at) => (
          <span key={at}>
            {format(edges[at] ?? 0)}
            {at === last && isOpenEnded && '+'}
          </span>
        ))}
      </div>
    </div>
  )
}

function placeAfterKey(key: string, index: number, last: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return index + 1
    case 'ArrowLeft':
    case 'ArrowDown':
      return index - 1
    case 'PageUp':
      return index + PAGE
    case 'PageDown':
      return index - PAGE
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
