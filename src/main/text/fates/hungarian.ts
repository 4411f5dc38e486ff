/**
 * Optimal assignment: pairs rows with columns so that the sum of their worths is largest. `worth` has as many columns
 * in every row; a pair of worth 0 is never made. Kuhn and Munkres' method with potentials (shortest augmenting
 * paths), rows x rows x columns steps. Returns the column of each row, null where it stays alone.
 */
export function assign(worth: readonly (readonly number[])[]): (number | null)[] {
  const rows = worth.length
  const columns = worth[0]?.length ?? 0
  if (rows === 0 || columns === 0) return worth.map(() => null)
  if (rows > columns) return invert(assign(transpose(worth, columns)), rows)
  return toPairs(worth, solve(worth, rows, columns))
}

/** The row (from 1, 0 for none) of each column (from 1). */
function solve(worth: readonly (readonly number[])[], rows: number, columns: number): Int32Array {
  const rowOf = new Int32Array(columns + 1)
  const rowPotential = new Float64Array(rows + 1)
  const columnPotential = new Float64Array(columns + 1)
  const previous = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row += 1) {
    const least = new Float64Array(columns + 1).fill(Infinity)
    const isUsed = new Uint8Array(columns + 1)
    rowOf[0] = row
    let column = 0
    do {
      isUsed[column] = 1
      const at = rowOf[column] ?? 0
      let delta = Infinity
      let next = 0
      for (let each = 1; each <= columns; each += 1) {
        if (isUsed[each] === 1) continue
        const cost =
          -(worth[at - 1]?.[each - 1] ?? 0) - (rowPotential[at] ?? 0) - (columnPotential[each] ?? 0)
        if (cost < (least[each] ?? 0)) {
          least[each] = cost
          previous[each] = column
        }
        if ((least[each] ?? 0) < delta) {
          delta = least[each] ?? 0
          next = each
        }
      }
      for (let each = 0; each <= columns; each += 1) {
        if (isUsed[each] === 1) {
          const used = rowOf[each] ?? 0
          rowPotential[used] = (rowPotential[used] ?? 0) + delta
          columnPotential[each] = (columnPotential[each] ?? 0) - delta
        } else least[each] = (least[each] ?? 0) - delta
      }
      column = next
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      const before = previous[column] ?? 0
      rowOf[column] = rowOf[before] ?? 0
      column = before
    }
  }
  return rowOf
}

function toPairs(worth: readonly (readonly number[])[], rowOf: Int32Array): (number | null)[] {
  const pairs: (number | null)[] = worth.map(() => null)
  for (let column = 1; column < rowOf.length; column += 1) {
    const row = (rowOf[column] ?? 0) - 1
    if (row >= 0 && (worth[row]?.[column - 1] ?? 0) > 0) pairs[row] = column - 1
  }
  return pairs
}

function transpose(worth: readonly (readonly number[])[], columns: number): number[][] {
  return Array.from({ length: columns }, (_, column) => worth.map((row) => row[column] ?? 0))
}

function invert(pairs: readonly (number | null)[], rows: number): (number | null)[] {
  const inverted = new Array<number | null>(rows).fill(null)
  pairs.forEach((row, column) => {
    if (row !== null) inverted[row] = column
  })
  return inverted
}
