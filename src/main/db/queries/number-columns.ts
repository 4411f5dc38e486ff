import type { Database } from 'better-sqlite3'
import type { NumberField } from '../../../shared/domain/query/fields.ts'
import { prepare } from '../statements.ts'
import { currentChange } from './change-counter.ts'
import { qualityChange } from './image-quality.ts'
import { changedSince } from './listing-patch.ts'
import { selectNumbers } from './number-list.ts'
import { NUMBER_SOURCES, type NumberSource } from './number-sources.ts'

/**
 * One number of every image by the image's id, 8 bytes each, and the same in order of size where somebody asked for
 * a place: a percentile is then one access, and a histogram of any listing one pass, without a sort at each question.
 */
interface NumberColumn {
  /** NaN where the number is not known. As the store has it, in steps. */
  readonly values: Float64Array
  readonly newestId: number
  readonly change: number
  sorted: Float64Array | null
}

/** A column of a million images takes up to 16 MB. */
const MAX_COLUMNS = 8

const caches = new WeakMap<Database, Map<NumberField, NumberColumn>>()

/** The numbers of a field as they are now; NaN for an image without one, and past the end there is none. */
export function getNumbers(db: Database, field: NumberField): Float64Array {
  return getColumn(db, field).values
}

/** The known numbers of a field, the smallest first. */
export function getSortedNumbers(db: Database, field: NumberField): Float64Array {
  const column = getColumn(db, field)
  column.sorted ??= column.values.filter((value) => !Number.isNaN(value)).sort()
  return column.sorted
}

function getColumn(db: Database, field: NumberField): NumberColumn {
  const cache = caches.get(db) ?? new Map<NumberField, NumberColumn>()
  caches.set(db, cache)
  const source = NUMBER_SOURCES[field]
  const change = source.follows === 'measures' ? qualityChange(db) : currentChange(db)
  const known = cache.get(field)
  const column =
    known?.change === change
      ? known
      : (known !== undefined && patch(db, source, { column: known, change })) ||
        readColumn(db, source, change)
  cache.delete(field)
  cache.set(field, column)
  const oldest = cache.keys().next().value
  if (cache.size > MAX_COLUMNS && oldest !== undefined) cache.delete(oldest)
  return column
}

function readColumn(db: Database, source: NumberSource, change: number): NumberColumn {
  const { column, id, isWhole } = source
  const tail = `${source.rows} AND ${column} IS NOT NULL ORDER BY ${id}`
  const ids = selectNumbers(db, `SELECT ${id} AS n ${tail}`)
  const numbers = isWhole
    ? selectNumbers(db, `SELECT ${column} AS n ${tail}`)
    : (prepare(db, `SELECT ${column} ${tail}`).pluck().all() as number[])
  const newestId = newestImage(db)
  const values = new Float64Array(newestId + 1).fill(Number.NaN)
  for (const [index, imageId] of ids.entries()) values[imageId] = numbers[index] ?? Number.NaN
  return { values, newestId, change, sorted: null }
}

function newestImage(db: Database): number {
  return (prepare(db, 'SELECT max(image_id) FROM image_state').pluck().get() as number | null) ?? 0
}

/** The column with the few images brought up to date that changed since; null where those are not known. */
function patch(
  db: Database,
  source: NumberSource,
  args: { readonly column: NumberColumn; readonly change: number },
): NumberColumn | null {
  const { column, change } = args
  if (source.follows === 'measures') return null
  const { newestId } = column
  const changed = changedSince(db, { since: column.change, change, newestId })
  if (changed === null) return null
  const find = prepare(db, `SELECT ${source.column} ${source.rows} AND ${source.id} = ?`).pluck()
  const { values } = column
  let { sorted } = column
  for (const id of changed) {
    const before = values[id] ?? Number.NaN
    const after = (find.get(id) as number | null | undefined) ?? Number.NaN
    if (Object.is(before, after)) continue
    values[id] = after
    sorted = sorted === null ? null : replaceSorted(sorted, before, after)
  }
  return { values, newestId, change, sorted }
}

/** A sorted list with one number taken out and another put in; NaN stands for none. */
function replaceSorted(sorted: Float64Array, before: number, after: number): Float64Array {
  const removed = Number.isNaN(before) ? sorted : withoutNumber(sorted, before)
  if (Number.isNaN(after)) return removed
  const at = firstNotBelow(removed, after)
  const result = new Float64Array(removed.length + 1)
  result.set(removed.subarray(0, at))
  result[at] = after
  result.set(removed.subarray(at), at + 1)
  return result
}

function withoutNumber(sorted: Float64Array, value: number): Float64Array {
  const at = firstNotBelow(sorted, value)
  const result = new Float64Array(sorted.length - 1)
  result.set(sorted.subarray(0, at))
  result.set(sorted.subarray(at + 1), at)
  return result
}

/** How many numbers of a sorted list are smaller. */
export function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
