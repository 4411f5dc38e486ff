import { useEffect, useEffectEvent } from 'react'
import type { Stage } from './use-stage.ts'
import type { Point } from './viewport.ts'

/** Wheel units for one e-fold of zoom; a notch of a usual wheel is 100. */
const WHEEL_UNITS_PER_FOLD = 320
const LINE_HEIGHT = 16

/** Wheel, pinch, drag and double click on the picture. */
export function useStagePointer(element: HTMLElement | null, stage: Stage): void {
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_HEIGHT
    if (event.ctrlKey || event.metaKey) {
      // Browsers report a pinch as a wheel with Ctrl and small steps.
      const step = event.deltaY * unit * (Math.abs(event.deltaY) < 15 ? 3 : 1)
      stage.zoom(Math.exp(-step / WHEEL_UNITS_PER_FOLD), pointIn(event))
    } else {
      stage.pan({ x: -event.deltaX * unit, y: -event.deltaY * unit })
    }
  })
  const onPan = useEffectEvent((by: Point) => {
    stage.pan(by)
  })
  const onDoubleClick = useEffectEvent((event: MouseEvent) => {
    if (stage.view.kind === 'fit') stage.showActual(pointIn(event))
    else stage.fit()
  })
  useEffect(() => {
    if (element === null) return undefined
    const abort = new AbortController()
    const { signal } = abort
    // React listens passively to wheels, and a passive listener cannot keep the page from zooming.
    element.addEventListener(
      'wheel',
      (event) => {
        onWheel(event)
      },
      { passive: false, signal },
    )
    element.addEventListener(
      'dblclick',
      (event) => {
        onDoubleClick(event)
      },
      { signal },
    )
    listenToDrags(element, {
      signal,
      onPan: (by) => {
        onPan(by)
      },
    })
    return () => {
      abort.abort()
    }
  }, [element])
}

interface DragOptions {
  readonly signal: AbortSignal
  readonly onPan: (by: Point) => void
}

function listenToDrags(element: HTMLElement, { signal, onPan }: DragOptions): void {
  let last: Point | null = null
  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return
      last = { x: event.clientX, y: event.clientY }
      element.setPointerCapture(event.pointerId)
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      if (last === null) return
      onPan({ x: event.clientX - last.x, y: event.clientY - last.y })
      last = { x: event.clientX, y: event.clientY }
    },
    { signal },
  )
  const stop = () => {
    last = null
  }
  element.addEventListener('pointerup', stop, { signal })
  element.addEventListener('pointercancel', stop, { signal })
}

function pointIn(event: MouseEvent): Point {
  const element = event.currentTarget
  if (!(element instanceof HTMLElement)) return { x: event.offsetX, y: event.offsetY }
  const box = element.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}
