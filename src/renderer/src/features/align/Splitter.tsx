import { useState, type KeyboardEvent } from 'react'

interface SplitterProps {
  readonly label: string
  readonly controls: string
  /** Width of the side it controls, in pixels. */
  readonly width: number
  readonly min: number
  readonly max: number
  readonly onWidth: (width: number) => void
  readonly onReset: () => void
}

const KEY_STEP = 24

/** A bar between two columns that can be dragged, or moved with the arrow keys. */
export function Splitter({ label, controls, width, min, max, onWidth, onReset }: SplitterProps) {
  const [drag, setDrag] = useState<{ x: number; width: number } | null>(null)
  const set = (next: number) => {
    onWidth(Math.round(Math.min(Math.max(next, min), max)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = new Map([
      ['ArrowLeft', width + KEY_STEP],
      ['ArrowRight', width - KEY_STEP],
      ['Home', max],
      ['End', min],
    ])
    const next = steps.get(event.key)
    if (next === undefined || event.altKey) return
    event.preventDefault()
    set(next)
  }
  return (
    <div
      className={drag === null ? 'splitter' : 'splitter splitter-dragged'}
      role="separator"
      aria-label={label}
      aria-orientation="vertical"
      aria-controls={controls}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ x: event.clientX, width })
      }}
      onPointerMove={(event) => {
        if (drag !== null) set(drag.width + drag.x - event.clientX)
      }}
      onPointerUp={() => {
        setDrag(null)
      }}
      onPointerCancel={() => {
        setDrag(null)
      }}
    />
  )
}
