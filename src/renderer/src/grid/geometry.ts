/** Where things are in a grid of equal cells. All lengths are CSS pixels. */
export interface GridGeometry {
  readonly columns: number
  readonly cellWidth: number
  /** From the top of one line to the top of the next. */
  readonly lineHeight: number
  readonly gap: number
  readonly paddingTop: number
  readonly paddingBottom: number
  readonly paddingInline: number
}

interface TileOptions {
  readonly width: number
  /** Wanted width of a tile; tiles grow to fill the line. */
  readonly tileSize: number
  /** Height of the picture as a share of the tile's width. */
  readonly pictureRatio: number
  readonly textHeight: number
}

const TILE_GAP = 14
const TILE_PADDING = 16

export function tileGeometry({
  width,
  tileSize,
  pictureRatio,
  textHeight,
}: TileOptions): GridGeometry {
  const inner = Math.max(1, width - 2 * TILE_PADDING)
  const columns = Math.max(1, Math.round((inner + TILE_GAP) / (tileSize + TILE_GAP)))
  const cellWidth = (inner - (columns - 1) * TILE_GAP) / columns
  return {
    columns,
    cellWidth,
    lineHeight: Math.round(cellWidth * pictureRatio) + textHeight + TILE_GAP,
    gap: TILE_GAP,
    paddingTop: 14,
    paddingBottom: 14,
    paddingInline: TILE_PADDING,
  }
}

interface TableOptions {
  readonly width: number
  readonly lineHeight: number
  readonly headerHeight: number
}

export function tableGeometry({ width, lineHeight, headerHeight }: TableOptions): GridGeometry {
  return {
    columns: 1,
    cellWidth: width,
    lineHeight,
    gap: 0,
    paddingTop: headerHeight,
    paddingBottom: 0,
    paddingInline: 0,
  }
}

export function lineCount({ columns }: GridGeometry, total: number): number {
  return Math.ceil(total / columns)
}

export function contentHeight(geometry: GridGeometry, total: number): number {
  const lines = lineCount(geometry, total)
  const { lineHeight, gap, paddingTop, paddingBottom } = geometry
  return lines === 0 ? 0 : paddingTop + lines * lineHeight - gap + paddingBottom
}

export function lineTop(geometry: GridGeometry, line: number): number {
  return geometry.paddingTop + line * geometry.lineHeight
}

export interface View {
  readonly total: number
  readonly top: number
  readonly height: number
}

/** Lines that follow each other; none where `last` is before `first`. */
export interface Lines {
  readonly first: number
  readonly last: number
}

interface Overscan {
  readonly above: number
  readonly below: number
}

/**
 * The lines that a view shows, with some more on both sides; `last` is before `first` when there are none. Always as
 * many of them but at the ends, wherever the view begins within a line, so that a scroll needs no lines it has not.
 */
export function visibleLines(
  geometry: GridGeometry,
  { total, top, height }: View,
  { above, below }: Overscan,
): Lines {
  const lines = lineCount(geometry, total)
  const { lineHeight, paddingTop } = geometry
  const start = Math.floor((top - paddingTop) / lineHeight)
  const shown = Math.ceil(height / lineHeight) + 1
  return {
    first: Math.max(0, Math.min(start - above, lines - 1)),
    last: Math.min(lines - 1, start + shown - 1 + below),
  }
}

/** The nearest scroll position that shows a line whole; `headerHeight` is covered by a sticky header. */
export function scrollToShow(
  geometry: GridGeometry,
  line: number,
  { top, height, headerHeight }: { top: number; height: number; headerHeight: number },
): number {
  const start = lineTop(geometry, line) - Math.max(geometry.gap, headerHeight)
  const end = lineTop(geometry, line) + geometry.lineHeight
  if (start < top) return Math.max(0, start)
  if (end > top + height) return end - height
  return top
}
