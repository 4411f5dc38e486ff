interface Place {
  readonly index: number
  readonly total: number
  readonly columns: number
  /** Whole lines that fit the view, at least one. */
  readonly linesPerPage: number
}

/** Where a key moves the active cell; undefined for keys that do not move it. */
export function movedIndex(key: string, place: Place): number | undefined {
  const { index, total, columns, linesPerPage } = place
  if (total === 0) return undefined
  const step = stepOf(key, columns, linesPerPage)
  if (step !== undefined) {
    const target = index + step
    // Vertical moves stay in their column; a short last line lends its last cell.
    if (target < 0) return Math.abs(step) === 1 ? 0 : index % columns
    if (target < total) return target
    const hasLineBelow = Math.floor((total - 1) / columns) > Math.floor(index / columns)
    return hasLineBelow || Math.abs(step) === 1 ? total - 1 : index
  }
  if (key === 'Home') return 0
  if (key === 'End') return total - 1
  return undefined
}

function stepOf(key: string, columns: number, linesPerPage: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return -1
    case 'ArrowRight':
      return 1
    case 'ArrowUp':
      return -columns
    case 'ArrowDown':
      return columns
    case 'PageUp':
      return -columns * linesPerPage
    case 'PageDown':
      return columns * linesPerPage
    default:
      return undefined
  }
}
