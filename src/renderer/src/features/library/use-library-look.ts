import { useMemo } from 'react'
import type { LibraryRow } from '../../../../shared/contract/library.ts'
import type { Sort } from '../../../../shared/domain/sort.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { tableGeometry, tileGeometry } from '../../grid/geometry.ts'
import type { GridLook } from '../../grid/virtual-grid.ts'
import {
  createTableHeader,
  createTableRow,
  TABLE_HEADER_HEIGHT,
  TABLE_LINE_HEIGHT,
} from './table-row.ts'
import { createTile, TILE_PICTURE_RATIO } from './tile.ts'

interface LookOptions {
  readonly layout: 'grid' | 'table'
  readonly tileSizePx: number
  /** Null where a model puts the images in order. */
  readonly sort: Sort | null
}

/** Tiles narrower than this show pictures only. */
const MIN_TEXT_TILE_PX = 140

/** How the grid draws the library; a new object whenever that changes. */
export function useLibraryLook({ layout, tileSizePx, sort }: LookOptions): GridLook<LibraryRow> {
  const run = useRun()
  // Tiles do not depend on the sort, so a change of it must not build them anew.
  const tableSort = layout === 'table' ? sort : undefined
  return useMemo(() => {
    if (tableSort !== undefined) {
      return {
        kind: 'table',
        geometry: (width) =>
          tableGeometry({
            width,
            lineHeight: TABLE_LINE_HEIGHT,
            headerHeight: TABLE_HEADER_HEIGHT,
          }),
        createItem: createTableRow,
        header: createTableHeader(tableSort, (next) => run('library.setSort', { sort: next })),
        headerHeight: TABLE_HEADER_HEIGHT,
      }
    }
    const isSharp = window.devicePixelRatio > 1
    const isSmall = tileSizePx < MIN_TEXT_TILE_PX
    const pictureSize = tileSizePx > (isSharp ? 150 : 260) ? 512 : 256
    return {
      kind: 'tiles',
      geometry: (width) =>
        tileGeometry({
          width,
          tileSize: tileSizePx,
          pictureRatio: TILE_PICTURE_RATIO,
          textHeight: isSmall ? 2 : 58,
        }),
      createItem: () => createTile({ pictureSize, isSmall }),
      headerHeight: 0,
    }
  }, [tableSort, tileSizePx, run])
}
