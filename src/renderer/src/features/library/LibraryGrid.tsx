import { useEffect, useEffectEvent, type RefObject } from 'react'
import type { LibraryRow } from '../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { GridMount } from '../../grid/GridMount.tsx'
import type { GridLook, VirtualGrid } from '../../grid/virtual-grid.ts'
import { reportError } from '../../notices/report-error.ts'
import { useOthersOnImages } from '../people/people-here.ts'
import { libraryPages } from './library-pages.ts'
import { setOthers } from './people-on-rows.ts'
import './LibraryGrid.css'

export type LibraryVirtualGrid = VirtualGrid<LibraryRow, ImageId>

interface LibraryGridProps {
  readonly gridRef: RefObject<LibraryVirtualGrid | null>
  readonly look: GridLook<LibraryRow>
  readonly onOpen: (row: LibraryRow) => void
  readonly onActiveChange: (index: number, row: LibraryRow | undefined) => void
}

/** The library's rows as tiles or table. */
export function LibraryGrid({ gridRef, look, onOpen, onActiveChange }: LibraryGridProps) {
  const update = useEffectEvent(() => {
    gridRef.current?.update()
  })
  useEffect(() => libraryPages.subscribe(update), [])
  const others = useOthersOnImages()
  useEffect(() => {
    setOthers(others)
    gridRef.current?.redraw()
  }, [others, gridRef])
  return (
    <GridMount
      gridRef={gridRef}
      label="Images"
      look={look}
      cache={libraryPages.cache}
      selection={libraryPages.selection}
      idOf={idOf}
      onOpen={onOpen}
      onActiveChange={onActiveChange}
      onError={reportError}
      onReady={(grid) => {
        grid.restore(libraryPages.place)
      }}
    />
  )
}

function idOf(row: LibraryRow): ImageId {
  return row.id
}
