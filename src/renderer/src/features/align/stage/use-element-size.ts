import { useState } from 'react'
import type { Size } from './viewport.ts'

interface MeasuredElement {
  readonly size: Size
  readonly element: HTMLElement | null
  /** The ref of the element to measure. */
  readonly ref: (element: HTMLElement | null) => () => void
}

/** Follows the size of an element; zero until it is on the page. */
export function useElementSize(): MeasuredElement {
  const [measured, setMeasured] = useState<{ size: Size; element: HTMLElement | null }>({
    size: { width: 0, height: 0 },
    element: null,
  })
  const [ref] = useState(() => (element: HTMLElement | null) => {
    if (element === null) return () => undefined
    const observer = new ResizeObserver(() => {
      const size = { width: element.clientWidth, height: element.clientHeight }
      setMeasured({ size, element })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
    }
  })
  return { ...measured, ref }
}
