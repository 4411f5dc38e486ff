import type { Database } from 'better-sqlite3'
import type { NumberField } from '../../../shared/domain/query/fields.ts'
import { cacheBudget } from '../cache-budget.ts'
import { prepare } from '../statements.ts'
import { currentChange } from './change-counter.ts'
import { qualityChange } from './image-quality.ts'
import { changedSince } from './listing-patch.ts'
import { selectNumbers, type Numbers } from './number-list.ts'
import { NUMBER_SOURCES, type NumberSource } from './number-sources.ts'

/**
 * One number of every image by the image's id, 4 or 8 bytes each, and the same in order of size where somebody asked for
 * a place: a percentile is then one access, and a histogram of any listing one pass, without a sort at each question.
 */
interface NumberColumn {
  /** NaN where the number is not known. As the store has it, in steps. */
  readonly values: Numbers
  readonly newestId: number
  readonly change: number
  sorted: Numbers | null
}

/** A column of a million images takes 4 to 16 MB. */
const MAX_COLUMNS = 8
const MAX_BYTES = 128 * 1024 * 1024

const caches = new WeakMap<Database, Map<NumberField, NumberColumn>>()

/** The numbers of a field as they are now; NaN for an image without one, and past the end there is none. */
export function getNumbers(db: Database, field: NumberField): Numbers {
  return getColumn(db, field).values
}

/** The known numbers of a field, the smallest first. */
export function getSortedNumbers(db: Database, field: NumberField): Numbers {
  const column = getColumn(db, field)
  column.sorted ??= sortKnown(column.values)
  return column.sorted
}

function sortKnown(values: Numbers): Numbers {
  let count = 0
  for (const value of values) count += Number(!Number.isNaN(value))
  const known = ofSameKind(values, count)
  let at = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    known[at] = value
    at += 1
  }
  return known.sort()
}

function ofSameKind(numbers: Numbers, length: number): Numbers {
  return numbers instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)
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
  shrink(cache, cacheBudget(db, MAX_BYTES))
  return column
}

/** Drops the columns that were used longest ago, but never the one in use. */
function shrink(cache: Map<NumberField, NumberColumn>, maxBytes: number): void {
  let bytes = 0
  for (const column of cache.values()) bytes += sizeOf(column)
  for (const [field, column] of cache) {
    if (cache.size <= 1 || (cache.size <= MAX_COLUMNS && bytes <= maxBytes)) return
    cache.delete(field)
    bytes -= sizeOf(column)
  }
}

function sizeOf({ values, sorted }: NumberColumn): number {
  return values.byteLength + (sorted?.byteLength ?? 0)
}

/** What is read at once becomes a list of numbers first, of 8 bytes and more each. */
const IMAGES_A_STEP = 50_000

function readColumn(db: Database, source: NumberSource, change: number): NumberColumn {
  const newestId = newestImage(db)
  let values: Numbers = new Float32Array(newestId + 1).fill(Number.NaN)
  for (let last = 0; last < newestId; last += IMAGES_A_STEP) {
    const range = [last, Math.min(newestId, last + IMAGES_A_STEP)] as const
    const { ids, numbers } = readStep(db, source, range)
    if (!numbers.every((value) => fitsInto(values, value))) values = new Float64Array(values)
    if (ids === null) values.set(numbers, last + 1)
    else for (const [index, id] of ids.entries()) values[id] = numbers[index] ?? Number.NaN
  }
  return { values, newestId, change, sorted: null }
}

/** The known numbers of the images after one up to another, in the order of their ids; null for all ids in between. */
function readStep(
  db: Database,
  { column, id, rows, isWhole }: NumberSource,
  range: readonly [after: number, upTo: number],
): { readonly ids: readonly number[] | null; readonly numbers: readonly number[] } {
  const tail = `${rows} AND ${column} IS NOT NULL AND ${id} > ? AND ${id} <= ? ORDER BY ${id}`
  const numbers = isWhole
    ? selectNumbers(db, `SELECT ${column} AS n ${tail}`, range)
    : (prepare(db, `SELECT ${column} ${tail}`)
        .pluck()
        .all(...range) as number[])
  const isGapless = numbers.length === range[1] - range[0]
  return { ids: isGapless ? null : selectNumbers(db, `SELECT ${id} AS n ${tail}`, range), numbers }
}

function fitsInto(numbers: Numbers, value: number): boolean {
  return numbers instanceof Float64Array || Math.fround(value) === value
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
  let { values, sorted } = column
  for (const id of changed) {
    const before = values[id] ?? Number.NaN
    const after = (find.get(id) as number | null | undefined) ?? Number.NaN
    if (Object.is(before, after)) continue
    if (!Number.isNaN(after) && !fitsInto(values, after)) {
      values = new Float64Array(values)
      sorted = sorted === null ? null : new Float64Array(sorted)
    }
    values[id] = after
    sorted = sorted === null ? null : replaceSorted(sorted, before, after)
  }
  return { values, newestId, change, sorted }
}

/** A sorted list with one number taken out and another put in; NaN stands for none. */
function replaceSorted(sorted: Numbers, before: number, after: number): Numbers {
  const removed = Number.isNaN(before) ? sorted : withoutNumber(sorted, before)
  if (Number.isNaN(after)) return removed
  const at = firstNotBelow(removed, after)
  const result = ofSameKind(removed, removed.length + 1)
  result.set(removed.subarray(0, at))
  result[at] = after
  result.set(removed.subarray(at), at + 1)
  return result
}

function withoutNumber(sorted: Numbers, value: number): Numbers {
  const at = firstNotBelow(sorted, value)
  const result = ofSameKind(sorted, sorted.length - 1)
  result.set(sorted.subarray(0, at))
  result.set(sorted.subarray(at + 1), at)
  return result
}

/** How many numbers of a sorted list are smaller. */
export function firstNotBelow(sorted: Numbers, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Where the last number of a sorted list stands that is not larger; -1 where all are. */
export function lastNotAbove(sorted: Numbers, value: number): number {
  const at = firstNotBelow(sorted, value)
  return sorted[at] === value ? at : at - 1
}
