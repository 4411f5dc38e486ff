import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { classNames } from '../../components/class-names.ts'
import type { SplitLength } from './use-align-split.ts'

interface SplitterProps {
  readonly label: string
  /** The id of what it gives its length to. */
  readonly controls: string
  /** Which way the bar lies: an upright one lies before what it controls, a level one under it. */
  readonly orientation: 'vertical' | 'horizontal'
  readonly split: SplitLength
}

const KEY_STEP = 24

/** A bar that can be dragged, or moved with the arrow keys; a double click goes back to the usual place. */
export function Splitter({ label, controls, orientation, split }: SplitterProps) {
  const { length, min, max } = split
  const [drag, setDrag] = useState<{ from: number; length: number } | null>(null)
  const isUpright = orientation === 'vertical'
  const place = ({ clientX, clientY }: PointerEvent) => (isUpright ? -clientX : clientY)
  const set = (next: number) => {
    split.set(Math.round(Math.min(Math.max(next, min), max)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = new Map([
      [isUpright ? 'ArrowLeft' : 'ArrowDown', length + KEY_STEP],
      [isUpright ? 'ArrowRight' : 'ArrowUp', length - KEY_STEP],
      ['Home', isUpright ? max : min],
      ['End', isUpright ? min : max],
    ])
    const next = steps.get(event.key)
    if (next === undefined || event.altKey) return
    event.preventDefault()
    set(next)
  }
  return (
    <div
      className={classNames('splitter', drag !== null && 'splitter-dragged')}
      role="separator"
      aria-label={label}
      aria-orientation={orientation}
      aria-controls={controls}
      aria-valuenow={length}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={() => {
        split.set(null)
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ from: place(event), length })
      }}
      onPointerMove={(event) => {
        if (drag !== null) set(drag.length + place(event) - drag.from)
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
