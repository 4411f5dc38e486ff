import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { VirtualGrid, type VirtualGridOptions } from './virtual-grid.ts'
import './grid.css'

interface GridMountProps<Row, Id> extends Omit<VirtualGridOptions<Row, Id>, 'host'> {
  /** Gives the parent the grid to steer: update, reveal, focus. */
  readonly gridRef: RefObject<VirtualGrid<Row, Id> | null>
  /** Called once the grid stands, to put it where it was left. */
  readonly onReady: (grid: VirtualGrid<Row, Id>) => void
}

/** Mounts the framework-free grid; React draws one element and hands over. */
export function GridMount<Row, Id>({ gridRef, onReady, ...options }: GridMountProps<Row, Id>) {
  const hostRef = useRef<HTMLDivElement>(null)
  const onOpen = useEffectEvent(options.onOpen)
  const onActiveChange = useEffectEvent(options.onActiveChange)
  const onError = useEffectEvent(options.onError)
  const ready = useEffectEvent(onReady)
  // The grid outlives changes of the look: those are handed to it below.
  const [first] = useState(options)
  const { look } = options

  useLayoutEffect(() => {
    const host = hostRef.current
    if (host === null) return undefined
    const grid = new VirtualGrid<Row, Id>({
      ...first,
      host,
      onOpen: (row, index) => {
        onOpen(row, index)
      },
      onActiveChange: (index, row) => {
        onActiveChange(index, row)
      },
      onError: (error) => {
        onError(error)
      },
    })
    gridRef.current = grid
    ready(grid)
    return () => {
      grid.close()
      gridRef.current = null
    }
  }, [first, gridRef])

  useEffect(() => {
    if (look !== first.look) gridRef.current?.setLook(look)
  }, [look, first, gridRef])

  return <div ref={hostRef} className="grid-host" />
}
